// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QObject>

#include <memory>

class QMenu;
class QSystemTrayIcon;

namespace presently::ui {

class Theme;

//! \brief The program's place in the tray: one's own state by shape, open, set status, quit.
//!
//! Where the desktop has no tray nothing is shown, and isAvailable() says so: then closing the
//! window must quit, or nobody could come back.
class TrayIcon : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrayIcon)

public:
    explicit TrayIcon(Theme &theme, QObject *parent = nullptr);
    ~TrayIcon() override;

    [[nodiscard]] static bool isAvailable();
    void show();
    //! \a status: what others see of us; Unknown while our link is down.
    void setOwnStatus(Status status);
    void setUnreadCount(int count);
    [[nodiscard]] QMenu &menu() const { return *m_menu; }
    //! What the person wished last: the menu changes its status and keeps the rest.
    void setIntent(const Intent &intent) { m_intent = intent; }

Q_SIGNALS:
    void openRequested();
    void intentChosen(const presently::Intent &intent);
    void quitRequested();

private:
    void refresh();

    Theme &m_theme;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon;
    Status m_status = Status::Unknown;
    Intent m_intent;
    int m_unread = 0;
};

} // namespace presently::ui
