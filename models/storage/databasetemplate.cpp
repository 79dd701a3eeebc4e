// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/databasetemplate.h"

#include "models/storage/statement.h"

#include <QUuid>

namespace presently {

using namespace Qt::Literals::StringLiterals;

namespace {

//! In an order in which everything that is referred to is there already. The words of messages are
//! indexed anew as these come.
constexpr Sql Copying[]{
    "INSERT INTO people SELECT * FROM template.people",
    "INSERT INTO contacts SELECT * FROM template.contacts",
    "INSERT INTO sessions SELECT * FROM template.sessions",
    "INSERT INTO retired_refresh_hashes SELECT * FROM template.retired_refresh_hashes",
    "INSERT INTO presence_memory SELECT * FROM template.presence_memory",
    "INSERT INTO detached_leases SELECT * FROM template.detached_leases",
    "INSERT INTO settings SELECT * FROM template.settings",
    "INSERT INTO conversations SELECT * FROM template.conversations",
    "INSERT INTO direct_conversations SELECT * FROM template.direct_conversations",
    "INSERT INTO access_scopes SELECT * FROM template.access_scopes",
    "INSERT INTO access_scope_values SELECT * FROM template.access_scope_values",
    "INSERT INTO participants SELECT * FROM template.participants",
    "INSERT INTO messages SELECT * FROM template.messages",
    "INSERT INTO revisions SELECT * FROM template.revisions",
    "INSERT INTO attachments SELECT * FROM template.attachments",
};

Expected<void, Error> fill(SqlConnection &connection)
{
    Transaction transaction(connection);
    for (const Sql copying : Copying) {
        if (auto done = connection.run(copying); !done)
            return done;
    }
    return transaction.commit();
}

} // namespace

Expected<std::unique_ptr<DatabaseTemplate>, Error> DatabaseTemplate::make()
{
    const QString name = u"file:presently-%1?mode=memory&cache=shared"_s.arg(
        QUuid::createUuid().toString(QUuid::WithoutBraces));
    std::unique_ptr<DatabaseTemplate> made(new DatabaseTemplate(name));
    auto database = ServerDatabase::open(name);
    if (!database)
        return Unexpected{database.error()};
    made->m_database = *std::move(database);
    return made;
}

Expected<std::unique_ptr<ServerDatabase>, Error> DatabaseTemplate::copy() const
{
    auto copy = ServerDatabase::open(u":memory:"_s);
    if (!copy)
        return copy;
    SqlConnection &connection = (*copy)->connection();
    {
        Statement attach(connection, "ATTACH DATABASE ? AS template");
        if (auto done = attach.bind(m_name).run(); !done)
            return Unexpected{done.error()};
    }
    if (auto done = fill(connection); !done)
        return Unexpected{done.error()};
    if (auto done = connection.run("DETACH DATABASE template"); !done)
        return Unexpected{done.error()};
    return copy;
}

} // namespace presently
