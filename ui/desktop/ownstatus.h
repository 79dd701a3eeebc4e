// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QAbstractButton>

#include <functional>

class QMenu;

namespace presently {
class Session;
}

namespace presently::ui {

class Theme;

//! Fills \a menu with what a person may want shown: the four wishes, a text, and for how long.
//! \a choose gets the wish; \a askText is called for "Set a message".
void fillStatusMenu(QMenu &menu, const Theme &theme, const Intent &current,
    std::function<void(const Intent &)> choose, std::function<void()> askText);

//! \brief One's own avatar, name and status; a click opens the status menu.
class OwnStatusButton : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OwnStatusButton)

public:
    OwnStatusButton(Session &session, Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    //! Stands behind the name; empty: there is only one, and everybody knows it.
    void setServer(const QString &server);
    void openMenu();

Q_SIGNALS:
    void quitRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void refresh();
    void addAppearanceMenu(QMenu &menu);
    [[nodiscard]] QString intentLine() const;
    [[nodiscard]] QString statusLine() const;
    void askText();

    Session &m_session;
    Theme &m_theme;
    QString m_server;
    bool m_showsFocus = false;
};

} // namespace presently::ui
