// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/conversationrecords.h"

#include <algorithm>

namespace presently {
namespace {

bool levelMatches(const QStringList &row, const QStringList &viewer)
{
    return row.isEmpty()
        || std::ranges::any_of(row, [&](const QString &value) { return viewer.contains(value); });
}

} // namespace

bool scopeMatches(const AccessScope &row, const AccessScope &viewer)
{
    return levelMatches(row.level0, viewer.level0) && levelMatches(row.level1, viewer.level1)
        && levelMatches(row.level2, viewer.level2);
}

bool anyScopeMatches(const QList<AccessScope> &rows, const AccessScope &viewer)
{
    return std::ranges::any_of(
        rows, [&](const AccessScope &row) { return scopeMatches(row, viewer); });
}

} // namespace presently
