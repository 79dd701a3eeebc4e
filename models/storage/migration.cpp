// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/migration.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

Expected<void, Error> runMigration(SqlConnection &connection, const Migration &migration, int next)
{
    Transaction transaction(connection);
    for (const Sql sql : migration) {
        if (auto done = connection.run(sql); !done)
            return done;
    }
    if (auto done = connection.setSchemaVersion(next); !done)
        return done;
    return transaction.commit();
}

} // namespace

Expected<void, Error> migrate(SqlConnection &connection, std::span<const Migration> migrations)
{
    const auto version = connection.schemaVersion();
    if (!version)
        return Unexpected{version.error()};
    const auto known = static_cast<int>(migrations.size());
    if (*version < 0 || *version > known) {
        return Unexpected{Error{ErrorCode::StorageFailed, u"user_version"_s,
            u"schema %1 is newer than %2, the newest this program knows"_s.arg(*version).arg(known),
            {}}};
    }
    for (int next = *version + 1; next <= known; ++next) {
        if (auto done = runMigration(connection, migrations[next - 1], next); !done)
            return done;
    }
    return {};
}

} // namespace presently
