// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QHash>
#include <QSet>

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
    //! Empty for somebody who is gone.
    [[nodiscard]] UserId userOf(PersonKey person) const;
    //! The person with this id, made when there is none.
    [[nodiscard]] Expected<PersonKey, Error> ensure(const UserId &user, WallTime now);
    void add(PersonKey person);
    void remove(PersonKey person);
    //! Everybody who is known so far.
    [[nodiscard]] QSet<PersonKey> keys() const { return {m_users.keyBegin(), m_users.keyEnd()}; }
    [[nodiscard]] qsizetype size() const { return m_keys.size(); }

private:
    void remember(PersonKey person, const UserId &user) const;

    ServerDatabase &m_database;
    // What was asked for once; another process may have added people meanwhile.
    mutable QHash<UserId, PersonKey> m_keys;
    mutable QHash<PersonKey, UserId> m_users;
};

} // namespace presently::net
