// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStyledItemDelegate>

namespace presently::ui {

class Theme;

//! \brief A person who can be picked: avatar, name, login, and a box at the end.
//!
//! A click is the view's business: the box is only painted. Space reaches the check state as ever.
class PersonDelegate : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PersonDelegate)

public:
    //! Beside Qt::DisplayRole, which holds the whole for a screen reader.
    enum Role { UserRole = Qt::UserRole + 1, NameRole, LoginRole };

    explicit PersonDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    void paintBox(QPainter &painter, const QRect &box, bool isPicked) const;

    const Theme &m_theme;
};

} // namespace presently::ui
