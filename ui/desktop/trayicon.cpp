// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/trayicon.h"

#include "ui/common/wording.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/theme.h"

#include <QMenu>
#include <QPainter>
#include <QSystemTrayIcon>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

QPixmap trayPixmap(int size, Status status, const Palette &colours)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QIcon(u":/presently/icons/application.svg"_s).paint(&painter, QRect(0, 0, size, size));
    const qreal dot = size * 0.46;
    const qreal ring = std::max(1.0, size / 20.0);
    const QRectF at(size - dot - ring, size - dot - ring, dot, dot);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.surface);
    painter.drawEllipse(at.adjusted(-ring, -ring, ring, ring));
    paintPresenceDot(painter, at, status, colours);
    return pixmap;
}

} // namespace

TrayIcon::TrayIcon(Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_menu(std::make_unique<QMenu>())
    , m_icon(new QSystemTrayIcon(this))
{
    QAction *open = m_menu->addAction(tr("Open Presently"));
    connect(open, &QAction::triggered, this, &TrayIcon::openRequested);
    m_menu->addSeparator();
    for (const IntentStatus status :
        {IntentStatus::Auto, IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible}) {
        connect(m_menu->addAction(intentName(status)), &QAction::triggered, this, [this, status] {
            // The message stays: it was not what was chosen anew.
            Q_EMIT intentChosen(Intent{status, m_intent.customMessage, std::nullopt});
        });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Quit")), &QAction::triggered, this, &TrayIcon::quitRequested);
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon, &QSystemTrayIcon::activated, this,
        [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                Q_EMIT openRequested();
        });
    connect(&theme, &Theme::changed, this, &TrayIcon::refresh);
    refresh();
}

TrayIcon::~TrayIcon()
{
    m_icon->setContextMenu(nullptr);
}

bool TrayIcon::isAvailable()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void TrayIcon::show()
{
    if (isAvailable())
        m_icon->show();
}

void TrayIcon::setOwnStatus(Status status)
{
    if (m_status == status)
        return;
    m_status = status;
    refresh();
}

void TrayIcon::setUnreadCount(int count)
{
    if (m_unread == count)
        return;
    m_unread = count;
    refresh();
}

void TrayIcon::refresh()
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(trayPixmap(size, m_status, m_theme.palette()));
    m_icon->setIcon(icon);
    //: Tooltip of the tray icon. %1: own status.
    QString text = tr("Presently — %1").arg(statusName(m_status));
    if (m_unread > 0)
        //: Tooltip of the tray icon. %1: "Presently — Online", %2: "5 unread".
        text = tr("%1, %2").arg(text, unreadText(m_unread));
    m_icon->setToolTip(text);
}

} // namespace presently::ui
