// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/sqlerror.h"

#include <QSqlError>

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

// The primary result codes of sqlite3.h; the extended ones have them in their low byte.
constexpr int ResultError = 1;
constexpr int ResultCorrupt = 11;
constexpr int ResultFull = 13;
constexpr int ResultConstraint = 19;
constexpr int ResultNotADatabase = 26;

// "UNIQUE constraint failed: people.login_key" names what was taken.
QString constrainedColumn(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(": "_L1);
    if (colon < 0)
        return {};
    const QString columns = text.mid(colon + 2).section(u',', -1).trimmed();
    return columns.section(u'.', -1).section(u' ', 0, 0);
}

} // namespace

Error storageError(const QSqlError &error)
{
    const QString detail = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case ResultFull:
        return {ErrorCode::StorageFull, {}, detail, {}};
    case ResultCorrupt:
    case ResultNotADatabase:
        return {ErrorCode::StorageCorrupt, {}, detail, {}};
    case ResultConstraint:
        return {ErrorCode::Conflict, constrainedColumn(detail), detail, {}};
    case ResultError:
        // Our statements are fixed: a table that they miss, or make twice, is damage.
        if (detail.startsWith("no such "_L1) || detail.endsWith("already exists"_L1))
            return {ErrorCode::StorageCorrupt, {}, detail, {}};
        [[fallthrough]];
    default:
        return {ErrorCode::StorageFailed, {}, detail, {}};
    }
}

} // namespace presently
