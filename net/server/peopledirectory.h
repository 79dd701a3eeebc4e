// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"
#include "models/storage/peopletable.h"

#include <QHash>
#include <QSet>

#include <array>
#include <optional>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

//! \brief Which person a name on the wire means, and back, without asking the database twice.
//!
//! Ownership: borrows the database.
//! Threading: the database's thread.
class PeopleDirectory
{
public:
    explicit PeopleDirectory(ServerDatabase &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Expected<void, Error> load();
    //! None: nobody has this id.
    [[nodiscard]] std::optional<PersonKey> find(const UserId &user) const;
    //! The same for any kind of id.
    [[nodiscard]] std::optional<PersonKey> find(PersonIdKind kind, const QString &id) const;
    //! Empty for somebody who is gone.
    [[nodiscard]] UserId userOf(PersonKey person) const { return idsOf(person).mtchat; }
    //! All names of \a person; empty and 0 for somebody who is gone.
    [[nodiscard]] PersonIds idsOf(PersonKey person) const;
    //! The person with this id, made when there is none.
    [[nodiscard]] Expected<PersonKey, Error> ensure(const UserId &user, WallTime now);
    void add(PersonKey person);
    void remove(PersonKey person);
    //! Everybody who is known so far.
    [[nodiscard]] QSet<PersonKey> keys() const { return {m_ids.keyBegin(), m_ids.keyEnd()}; }
    [[nodiscard]] qsizetype size() const { return m_ids.size(); }

private:
    void remember(const PersonRecord &person) const;
    [[nodiscard]] QHash<QString, PersonKey> &keysOf(PersonIdKind kind) const
    {
        return m_keys[std::size_t(kind)];
    }

    ServerDatabase &m_database;
    // What was asked for once; another process may have added people meanwhile.
    mutable std::array<QHash<QString, PersonKey>, PersonIdKindCount> m_keys;
    mutable QHash<PersonKey, PersonIds> m_ids;
};

} // namespace presently::net
