// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

namespace presently {
class AccountList;
class Session;
} // namespace presently

namespace presently::ui {

class Theme;

//! \brief One account in the menu: avatar and dot, name, server, what is unread, and how to get
//! there by key.
//!
//! The keyboard stays with the menu: the row looks chosen while its action is the active one.
//! Ownership: borrows all that it is given.
class AccountRow : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountRow)

public:
    AccountRow(
        AccountList &accounts, Session &session, const Theme &theme, QWidget *parent = nullptr);

    void setActive(bool active);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    //! By the pointer.
    void pointedAt();

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;

private:
    void refresh();
    [[nodiscard]] int row() const;
    [[nodiscard]] QString secondLine() const;
    [[nodiscard]] QString shortcutText() const;
    int paintEnd(QPainter &painter) const;

    AccountList &m_accounts;
    Session &m_session;
    const Theme &m_theme;
    bool m_isActive = false;
};

} // namespace presently::ui
