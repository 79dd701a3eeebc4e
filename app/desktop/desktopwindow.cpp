// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/desktopprogram.h"

#include "app/desktop/firstpaint.h"
#include "app/desktop/logging.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
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

Status ownStatus(Session &session)
{
    if (session.link().state != LinkState::Online)
        return Status::Unknown;
    switch (session.intent().status) {
    case IntentStatus::Auto:
        return Status::Online;
    case IntentStatus::Away:
        return Status::Away;
    case IntentStatus::Busy:
        return Status::Busy;
    case IntentStatus::Invisible:
        break;
    }
    return Status::Offline;
}

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
    m_window = std::make_unique<ui::MainWindow>(m_runtime->session(), m_theme, m_clock);
    if (const QString file = m_profile.interfaceSettingsFile(); !file.isEmpty())
        m_window->restoreGeometry(
            QSettings(file, QSettings::IniFormat).value(QString(GeometryKey)).toByteArray());
    connectWindow();
    m_activity.watchWindow(m_window->activity());

    auto *firstPaint = new FirstPaint(*m_window);
    connect(firstPaint, &FirstPaint::painted, this, [this] {
        qCDebug(startupLog, "first paint, %s the cache",
            m_runtime->isCacheRestored() ? "with" : "without");
        startPlatform();
        startTray();
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
    if (m_runtime->isCacheRestored()) {
        show();
        return;
    }
    connect(m_runtime.get(), &ClientRuntime::cacheRestored, m_window.get(), show);
    QTimer::singleShot(LongestWaitForCache, m_window.get(), show);
}

void DesktopProgram::connectWindow()
{
    ui::MainWindow *window = m_window.get();
    connect(window, &ui::MainWindow::quitRequested, this, &DesktopProgram::quit);
    connect(window, &ui::MainWindow::signOutRequested, this, [this] { m_runtime->signOut(); });
    connect(window, &ui::MainWindow::signInRequested, this, [this] {
        askForSignIn({ErrorCode::KeychainEntryNotFound, {}, {}, {}});
    });
    connect(window, &ui::MainWindow::linkActivated, this,
        [](const QUrl &url) { QDesktopServices::openUrl(url); });
    window->setClosesToTray(m_tray != nullptr);

    Session *session = &m_runtime->session();
    connect(session, &Session::linkChanged, this, &DesktopProgram::refreshTray);
    connect(session, &Session::intentChanged, this, &DesktopProgram::refreshTray);
    connect(
        &session->conversations(), &ConversationList::totalUnreadChanged, this, [this](int unread) {
            if (m_tray)
                m_tray->setUnreadCount(unread);
        });
}

void DesktopProgram::closeWindow()
{
    if (!m_window)
        return;
    if (const QString file = m_profile.interfaceSettingsFile(); !file.isEmpty()) {
        QSettings settings(file, QSettings::IniFormat);
        settings.setValue(QString(GeometryKey), m_window->saveGeometry());
        settings.setValue(conversationKey(), m_window->openConversation().value);
    }
    m_window->hide();
    // It may be telling us something right now.
    m_window.release()->deleteLater();
}

//! People go on where they left off. A demo has no yesterday: it opens where most people are.
void DesktopProgram::reopenConversation()
{
    ConversationList &conversations = m_runtime->session().conversations();
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
        last = {QSettings(file, QSettings::IniFormat).value(conversationKey()).toString()};
    m_window->reopen(last);
}

QString DesktopProgram::conversationKey() const
{
    return "conversation/"_L1 + QFileInfo(m_profile.cacheFile(m_runtime->account())).baseName();
}

void DesktopProgram::startPlatform()
{
    if (m_platform)
        return;
    m_platform = Platform::ofThisMachine();
    m_activity.watchPlatform(*m_platform);
    connect(m_platform->sleep.get(), &SleepSource::aboutToSleep, this, [this] {
        if (m_runtime)
            m_runtime->aboutToSleep();
    });
    connect(m_platform->sleep.get(), &SleepSource::woke, this, [this] {
        if (m_runtime)
            m_runtime->woke();
    });
    connect(m_platform->network.get(), &NetworkSource::networkChanged, this, [this] {
        if (m_runtime)
            m_runtime->networkChanged();
    });
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
        if (m_runtime)
            m_runtime->session().submit(SetIntentCommand{intent});
    });
    m_tray->show();
    if (m_window)
        m_window->setClosesToTray(true);
    refreshTray();
}

void DesktopProgram::refreshTray()
{
    if (!m_tray || !m_runtime)
        return;
    m_tray->setOwnStatus(ownStatus(m_runtime->session()));
    m_tray->setIntent(m_runtime->session().intent());
}

void DesktopProgram::notify(const QString &words)
{
    if (m_window)
        m_window->showNotice(words);
    else
        m_notice = words;
}

} // namespace presently::app
