// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"
#include "models/core/preferences.h"

#include <QList>
#include <QString>

#include <optional>

namespace presently {

class SqlConnection;

//! \brief One person's names on the wire, one for each way of naming people. Unique each, given at
//! creation, never changed.
struct PersonIds {
    UserId mtchat; //!< 1 to 255 bytes of any text; a UUID unless given
    QString objectId; //!< 24 hexadecimal digits, for `friends` and `devices`
    QString userStatus; //!< "user_<n>" unless given
    qint64 polling = 0; //!< a positive number; the key unless given

    bool operator==(const PersonIds &) const = default;
};

enum class PersonIdKind { Mtchat, ObjectId, UserStatus, Polling };
inline constexpr std::size_t PersonIdKindCount = 4;

//! The name of that kind, as text.
[[nodiscard]] inline QString idOfKind(const PersonIds &ids, PersonIdKind kind)
{
    switch (kind) {
    case PersonIdKind::Mtchat:
        return ids.mtchat.value;
    case PersonIdKind::ObjectId:
        return ids.objectId;
    case PersonIdKind::UserStatus:
        return ids.userStatus;
    case PersonIdKind::Polling:
        break;
    }
    return QString::number(ids.polling);
}

//! \brief A person to be made. What is empty or 0 in `ids` is chosen.
struct NewPerson {
    std::optional<QString> login; //!< none: nobody can sign in as this person
    QString displayName;
    QString company;
    QString email;
    QString phone;
    std::optional<QString> passwordHash;
    PersonIds ids;
};

//! \brief A person as the server knows them.
struct PersonRecord {
    PersonKey key{};
    std::optional<QString> login;
    QString displayName;
    QString company; //!< default for new conversations, as email and phone
    QString email;
    QString phone;
    PersonIds ids;
    PresencePreferences preferences;
    WallTime createdAt;

    bool operator==(const PersonRecord &) const = default;
};

//! \brief Two people who have each other as contacts.
struct ContactPair {
    PersonKey first{};
    PersonKey second{};
};

//! \brief The people of a server, how they sign in, and who is whose contact.
//!
//! Errors:    NotFound for an unknown person; Conflict with `field` "login" or the kind of id when
//!            it is taken; else as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class PeopleTable
{
public:
    explicit PeopleTable(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    [[nodiscard]] Expected<PersonRecord, Error> add(const NewPerson &person, WallTime now);
    //! The person with this mtchat id, made without a login when there is none.
    [[nodiscard]] Expected<PersonRecord, Error> ensure(
        const UserId &mtchatId, const QString &displayName, WallTime now);
    //! Their messages stay, without a sender.
    [[nodiscard]] Expected<void, Error> remove(PersonKey person);

    [[nodiscard]] Expected<PersonRecord, Error> find(PersonKey person) const;
    //! Logins are compared without regard to case.
    [[nodiscard]] Expected<PersonRecord, Error> findByLogin(const QString &login) const;
    //! NotFound also when several people have this address.
    [[nodiscard]] Expected<PersonRecord, Error> findByEmail(const QString &email) const;
    [[nodiscard]] Expected<PersonRecord, Error> findById(
        PersonIdKind kind, const QString &id) const;
    [[nodiscard]] Expected<QList<PersonRecord>, Error> all() const;
    //! People whose name or login contains \a text, in any case; by name.
    [[nodiscard]] Expected<QList<PersonRecord>, Error> search(const QString &text, int limit) const;

    //! None: this person has no password yet.
    [[nodiscard]] Expected<std::optional<QString>, Error> passwordHash(PersonKey person) const;
    [[nodiscard]] Expected<void, Error> setPasswordHash(PersonKey person, const QString &hash);
    [[nodiscard]] Expected<void, Error> setDisplayName(PersonKey person, const QString &name);
    [[nodiscard]] Expected<void, Error> setPreferences(
        PersonKey person, const PresencePreferences &preferences);

    //! Contacts are mutual. Adding twice, or removing what is not there, changes nothing.
    [[nodiscard]] Expected<void, Error> addContact(PersonKey person, PersonKey other);
    [[nodiscard]] Expected<void, Error> removeContact(PersonKey person, PersonKey other);
    [[nodiscard]] Expected<QList<PersonKey>, Error> contactsOf(PersonKey person) const;
    [[nodiscard]] Expected<QList<ContactPair>, Error> allContacts() const;

private:
    SqlConnection &m_sql;
};

} // namespace presently
