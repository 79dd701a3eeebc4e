// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/desktopprogram.h"

#include "app/desktop/firstpaint.h"
#include "app/desktop/logging.h"
#include "models/store/session.h"
#include "ui/common/wording.h"
#include "ui/desktop/mainwindow.h"
#include "ui/desktop/trayicon.h"
#include "ui/desktop/windowactivity.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QSettings>

using namespace Qt::Literals::StringLiterals;

//! \file
//! The part of DesktopProgram that has to do with the window and what surrounds it.

namespace presently::app {

namespace {

constexpr auto GeometryKey = "window/geometry"_L1;
constexpr auto AppearanceKey = "window/appearance"_L1; //!< absent: like the system
constexpr auto LightName = "light"_L1;
constexpr auto DarkName = "dark"_L1;

//! A damaged cache may take a while to be set aside; the window does not wait for it.
constexpr std::chrono::milliseconds LongestWaitForCache{120};

ConversationId busiestOf(const ConversationList &conversations)
{
    ConversationId busiest;
    int most = 0;
    for (int row = 0; row < conversations.count(); ++row) {
        const Conversation &conversation = conversations.at(row);
        if (conversation.participantCount > most) {
            most = conversation.participantCount;
            busiest = conversation.id;
        }
    }
    return busiest;
}

} // namespace

void DesktopProgram::openWindow()
{
    m_reopened.clear();
    m_window = std::make_unique<ui::MainWindow>(m_hub->list(), m_theme, m_clock);
    if (const QString file = m_profile.interfaceSettingsFile(); !file.isEmpty())
        m_window->restoreGeometry(
            QSettings(file, QSettings::IniFormat).value(QString(GeometryKey)).toByteArray());
    connectWindow();
    m_activity.watchWindow(m_window->activity());

    auto *firstPaint = new FirstPaint(*m_window);
    connect(firstPaint, &FirstPaint::painted, this, [this] {
        const ClientRuntime *shown = m_hub->current();
        qCDebug(startupLog, "first paint, %s the cache",
            shown && shown->isCacheRestored() ? "with" : "without");
        startPlatform();
        startTray();
        restoreOthers();
        if (!m_notice.isEmpty())
            notify(std::exchange(m_notice, {}));
        QMetaObject::invokeMethod(
            this, [] { qCDebug(startupLog, "ready for input"); }, Qt::QueuedConnection);
    });

    // The list is painted full at once rather than empty first.
    const auto show = [this] {
        if (!m_window || m_window->isVisible() || m_isQuitting)
            return;
        reopenConversation();
        m_window->show();
    };
    const ClientRuntime *shown = m_hub->current();
    if (shown->isCacheRestored()) {
        show();
        return;
    }
    connect(shown, &ClientRuntime::cacheRestored, m_window.get(), show);
    QTimer::singleShot(LongestWaitForCache, m_window.get(), show);
}

void DesktopProgram::connectWindow()
{
    ui::MainWindow *window = m_window.get();
    connect(window, &ui::MainWindow::quitRequested, this, &DesktopProgram::quit);
    connect(window, &ui::MainWindow::addAccountRequested, this, &DesktopProgram::addAccount);
    connect(window, &ui::MainWindow::signOutRequested, this, [this] {
        if (ClientRuntime *shown = m_hub->current())
            shown->signOut();
    });
    connect(window, &ui::MainWindow::signInRequested, this, [this] {
        if (ClientRuntime *shown = m_hub->current())
            askForSignIn(*shown, {ErrorCode::KeychainEntryNotFound, {}, {}, {}});
    });
    connect(window, &ui::MainWindow::linkActivated, this,
        [](const QUrl &url) { QDesktopServices::openUrl(url); });
    window->setClosesToTray(m_tray != nullptr);

    // While this window stands: its own connections came first, so it has the page already.
    AccountList *list = &m_hub->list();
    connect(list, &AccountList::currentChanged, window, [this] { onCurrentChanged(); });
    connect(list, &ListStore::changed, window, [this] { refreshTray(); });
    connect(list, &AccountList::totalUnreadChanged, window, [this] { refreshTray(); });
}

void DesktopProgram::onCurrentChanged()
{
    const ClientRuntime *shown = m_hub->current();
    if (!shown || m_isQuitting)
        return;
    reopenConversation();
    refreshTray();
    // The next start begins with it.
    if (!m_profile.accounts().contains(shown->account()))
        return;
    if (const auto saved = m_profile.remember(shown->account()); !saved)
        notify(ui::errorWords(saved.error()).joined());
}

void DesktopProgram::closeWindow()
{
    if (!m_window)
        return;
    if (const QString file = m_profile.interfaceSettingsFile(); !file.isEmpty()) {
        QSettings settings(file, QSettings::IniFormat);
        settings.setValue(QString(GeometryKey), m_window->saveGeometry());
        const QList<ClientRuntime *> runtimes = m_hub->runtimes();
        for (const ClientRuntime *runtime : runtimes) {
            if (const auto open = m_window->openConversationOf(runtime->session()))
                settings.setValue(conversationKey(*runtime), open->value);
        }
    }
    m_window->hide();
    // It may be telling us something right now.
    m_window.release()->deleteLater();
}

//! People go on where they left off, once an account and window. A demo has no yesterday: it opens
//! where most people are.
void DesktopProgram::reopenConversation()
{
    ClientRuntime *shown = m_hub->current();
    if (!shown || m_reopened.contains(&shown->session()))
        return;
    m_reopened.insert(&shown->session());
    ConversationList &conversations = shown->session().conversations();
    if (m_demoPerson) {
        connect(&conversations, &ConversationList::loadedChanged, m_window.get(),
            [this, &conversations] {
                const ConversationId busiest = busiestOf(conversations);
                if (!busiest.isEmpty())
                    m_window->reopen(busiest);
            });
        return;
    }
    ConversationId last;
    if (const QString file = m_profile.interfaceSettingsFile(); !file.isEmpty())
        last = {QSettings(file, QSettings::IniFormat).value(conversationKey(*shown)).toString()};
    m_window->reopen(last);
}

QString DesktopProgram::conversationKey(const ClientRuntime &runtime) const
{
    return "conversation/"_L1 + QFileInfo(m_profile.cacheFile(runtime.account())).baseName();
}

void DesktopProgram::startPlatform()
{
    if (m_platform)
        return;
    m_platform = Platform::ofThisMachine();
    m_activity.watchPlatform(*m_platform);
    const auto tellAll = [this](void (ClientRuntime::*what)()) {
        return [this, what] {
            const QList<ClientRuntime *> runtimes = m_hub->runtimes();
            for (ClientRuntime *runtime : runtimes)
                (runtime->*what)();
        };
    };
    connect(m_platform->sleep.get(), &SleepSource::aboutToSleep, this,
        tellAll(&ClientRuntime::aboutToSleep));
    connect(m_platform->sleep.get(), &SleepSource::woke, this, tellAll(&ClientRuntime::woke));
    connect(m_platform->network.get(), &NetworkSource::networkChanged, this,
        tellAll(&ClientRuntime::networkChanged));
    connect(m_platform->appearance.get(), &AppearanceSource::appearanceChanged, this,
        &DesktopProgram::followSystemAppearance);
}

void DesktopProgram::followSystemAppearance()
{
    const AppearanceSource &source = *m_platform->appearance;
    if (const std::optional<bool> isDark = source.isDark())
        m_theme.setSystemDark(*isDark);
    m_theme.setMotion(source.isMotionReduced() ? ui::Motion::Reduced : ui::Motion::Full);
}

void DesktopProgram::restoreAppearance()
{
    const QString file = m_profile.interfaceSettingsFile();
    if (file.isEmpty())
        return;
    const QString kept
        = QSettings(file, QSettings::IniFormat).value(QString(AppearanceKey)).toString();
    if (kept == LightName)
        m_theme.setAppearance(ui::Appearance::Light);
    else if (kept == DarkName)
        m_theme.setAppearance(ui::Appearance::Dark);
    connect(&m_theme, &ui::Theme::changed, this, [this, file] {
        const ui::Appearance chosen = m_theme.appearance();
        QSettings settings(file, QSettings::IniFormat);
        if (chosen == ui::Appearance::FollowSystem)
            settings.remove(QString(AppearanceKey));
        else
            settings.setValue(QString(AppearanceKey),
                QString(chosen == ui::Appearance::Dark ? DarkName : LightName));
    });
}

void DesktopProgram::startTray()
{
    if (m_tray || !ui::TrayIcon::isAvailable())
        return;
    m_tray = std::make_unique<ui::TrayIcon>(m_theme);
    connect(m_tray.get(), &ui::TrayIcon::quitRequested, this, &DesktopProgram::quit);
    connect(m_tray.get(), &ui::TrayIcon::openRequested, this, [this] {
        if (!m_window)
            return;
        m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
        m_window->show();
        m_window->raise();
        m_window->activateWindow();
    });
    connect(m_tray.get(), &ui::TrayIcon::intentChosen, this, [this](const Intent &intent) {
        if (ClientRuntime *shown = m_hub->current())
            shown->session().submit(SetIntentCommand{intent});
    });
    m_tray->show();
    if (m_window)
        m_window->setClosesToTray(true);
    refreshTray();
}

//! The status of the account that is shown, what is unread in all.
void DesktopProgram::refreshTray()
{
    const ClientRuntime *shown = m_hub->current();
    if (!m_tray || !shown)
        return;
    m_tray->setOwnStatus(shown->session().ownStatus());
    m_tray->setIntent(shown->session().intent());
    m_tray->setUnreadCount(m_hub->list().totalUnread());
}

void DesktopProgram::notify(const QString &words)
{
    if (m_window)
        m_window->showNotice(words);
    else
        m_notice = words;
}

} // namespace presently::app
