// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/conversationsortmodel.h"

namespace presently {

ConversationSortModel::ConversationSortModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    // The proxy sorts and filters anew when a change names these roles, so they must be the ones
    // that come with every change of a conversation but not with a change of presence.
    setSortRole(LastMessageAtRole);
    setFilterRole(IsArchivedRole);
    setDynamicSortFilter(true);
    sort(0);
}

void ConversationSortModel::setSearch(const QString &text)
{
    const QString folded = text.trimmed().toCaseFolded();
    if (folded == m_search)
        return;
    m_search = folded;
    invalidateFilter();
}

int ConversationSortModel::rowOf(const QString &conversationId) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (index(row, 0).data(ConversationIdRole).toString() == conversationId)
            return row;
    }
    return -1;
}

bool ConversationSortModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const bool leftPinned = left.data(IsPinnedRole).toBool();
    const bool rightPinned = right.data(IsPinnedRole).toBool();
    if (leftPinned != rightPinned)
        return leftPinned;
    const auto leftAt = left.data(LastMessageAtRole).value<WallTime>();
    const auto rightAt = right.data(LastMessageAtRole).value<WallTime>();
    if (leftAt != rightAt)
        return leftAt > rightAt;
    return left.data(ConversationIdRole).toString() < right.data(ConversationIdRole).toString();
}

bool ConversationSortModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_search.isEmpty())
        return !index.data(IsArchivedRole).toBool();
    return index.data(Qt::DisplayRole).toString().toCaseFolded().contains(m_search);
}

} // namespace presently
