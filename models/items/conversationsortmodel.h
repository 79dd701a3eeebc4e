// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/items/roles.h"

#include <QSortFilterProxyModel>

namespace presently {

//! \brief Pinned first, then by the last message; without the archived, or only those that match
//! what was typed (then the archived too).
class ConversationSortModel : public QSortFilterProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationSortModel)

public:
    explicit ConversationSortModel(QObject *parent = nullptr);

    void setSearch(const QString &text);
    [[nodiscard]] const QString &search() const { return m_search; }
    [[nodiscard]] int rowOf(const QString &conversationId) const; //!< -1: not shown

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_search; //!< case-folded
};

} // namespace presently
