// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/peopletable.h"

#include "models/core/uuid.h"
#include "models/storage/statement.h"
#include "models/storage/textkey.h"

#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;

// Every read of a person has the columns that readPerson() expects.
#define SELECT_PEOPLE                                                                              \
    "SELECT person, login, name, company, email, phone, mtchat_id, object_id, user_status_id,"     \
    " polling_id, last_seen_detail, on_hide, created_at FROM people"

namespace presently {
namespace {

constexpr qsizetype MaximumIdBytes = 255;

PersonRecord readPerson(const Statement &row)
{
    PersonRecord person;
    person.key = row.person(0);
    person.login = row.optionalText(1);
    person.displayName = row.text(2);
    person.company = row.text(3);
    person.email = row.text(4);
    person.phone = row.text(5);
    person.ids = {UserId{row.text(6)}, row.text(7), row.text(8), row.integer(9)};
    person.preferences.lastSeen = static_cast<LastSeenDetail>(row.integer(10));
    person.preferences.onHide = static_cast<OnHide>(row.integer(11));
    person.createdAt = row.time(12);
    return person;
}

Error unknownPerson()
{
    return {ErrorCode::NotFound, u"person"_s, {}, {}};
}

Expected<PersonRecord, Error> onePerson(Statement &select)
{
    auto person = select.first(readPerson);
    if (!person)
        return Unexpected{person.error()};
    if (!*person)
        return Unexpected{unknownPerson()};
    return **person;
}

Expected<void, Error> changeOne(Statement &update)
{
    if (auto done = update.run(); !done)
        return done;
    if (update.changedRows() == 0)
        return Unexpected{unknownPerson()};
    return {};
}

QString randomObjectId(WallTime now)
{
    // The shape of the ids that document databases make: seconds, then chance.
    const auto seconds = static_cast<quint32>(now.time_since_epoch().count() / 1000);
    return u"%1%2"_s.arg(seconds, 8, 16, QChar(u'0'))
        .arg(QRandomGenerator::global()->generate64(), 16, 16, QChar(u'0'));
}

bool isObjectId(const QString &text)
{
    return text.size() == 24 && std::ranges::all_of(text, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
}

std::optional<Error> invalidField(const NewPerson &person)
{
    const auto invalid = [](const QString &field, const QString &expected) {
        return Error{ErrorCode::InvalidField, field, expected, {}};
    };
    if (person.ids.mtchat.value.toUtf8().size() > MaximumIdBytes)
        return invalid(u"mtchat"_s, u"1 to 255 bytes"_s);
    if (!person.ids.objectId.isEmpty() && !isObjectId(person.ids.objectId))
        return invalid(u"object_id"_s, u"24 lower-case hexadecimal digits"_s);
    if (person.ids.userStatus.toUtf8().size() > MaximumIdBytes)
        return invalid(u"user_status"_s, u"1 to 255 bytes"_s);
    if (person.ids.polling < 0)
        return invalid(u"polling"_s, u"a positive number"_s);
    if (person.login && person.login->isEmpty())
        return invalid(u"login"_s, u"some text"_s);
    return std::nullopt;
}

// The lowest number above all that are taken, as a polling id and as "user_<n>".
Expected<qint64, Error> freeNumber(SqlConnection &connection)
{
    Statement next(connection,
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'people'), 0),"
        " coalesce((SELECT max(polling_id) FROM people), 0)) + 1");
    auto number = next.first([](const Statement &row) { return row.integer(0); });
    if (!number)
        return Unexpected{number.error()};
    for (qint64 candidate = number->value_or(1);; ++candidate) {
        Statement taken(connection, "SELECT 1 FROM people WHERE user_status_id = ?");
        taken.bind(u"user_%1"_s.arg(candidate));
        auto found = taken.first([](const Statement &row) { return row.integer(0); });
        if (!found)
            return Unexpected{found.error()};
        if (!*found)
            return candidate;
    }
}

Expected<PersonIds, Error> completeIds(SqlConnection &connection, PersonIds ids, WallTime now)
{
    if (ids.mtchat.isEmpty())
        ids.mtchat = UserId{makeUuidV7(now)};
    if (ids.objectId.isEmpty())
        ids.objectId = randomObjectId(now);
    if (!ids.userStatus.isEmpty() && ids.polling != 0)
        return ids;
    const auto number = freeNumber(connection);
    if (!number)
        return Unexpected{number.error()};
    if (ids.userStatus.isEmpty())
        ids.userStatus = u"user_%1"_s.arg(*number);
    if (ids.polling == 0)
        ids.polling = *number;
    return ids;
}

} // namespace

Expected<PersonRecord, Error> PeopleTable::add(const NewPerson &person, WallTime now)
{
    if (const auto invalid = invalidField(person))
        return Unexpected{*invalid};
    Transaction transaction(m_sql);
    const auto ids = completeIds(m_sql, person.ids, now);
    if (!ids)
        return Unexpected{ids.error()};
    Statement insert(m_sql,
        "INSERT INTO people (login, login_key, name, name_key, company, email, phone,"
        " password_hash, mtchat_id, object_id, user_status_id, polling_id, last_seen_detail,"
        " on_hide, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const auto loginKey = person.login ? std::optional(textKey(*person.login)) : std::nullopt;
    const PresencePreferences preferences;
    insert.bind(person.login).bind(loginKey).bind(person.displayName);
    insert.bind(textKey(person.displayName)).bind(person.company).bind(person.email);
    insert.bind(person.phone).bind(person.passwordHash).bind(ids->mtchat).bind(ids->objectId);
    insert.bind(ids->userStatus).bind(ids->polling).bind(static_cast<int>(preferences.lastSeen));
    insert.bind(static_cast<int>(preferences.onHide)).bind(now);
    if (auto done = insert.run(); !done) {
        Error error = done.error();
        if (error.field == "login_key"_L1)
            error.field = u"login"_s;
        return Unexpected{error};
    }
    const PersonKey key{insert.insertedKey()};
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return find(key);
}

Expected<PersonRecord, Error> PeopleTable::ensure(
    const UserId &mtchatId, const QString &displayName, WallTime now)
{
    auto known = findById(PersonIdKind::Mtchat, mtchatId.value);
    if (known || known.error().code != ErrorCode::NotFound)
        return known;
    if (mtchatId.isEmpty())
        return Unexpected{Error{ErrorCode::InvalidField, u"mtchat"_s, u"1 to 255 bytes"_s, {}}};
    NewPerson person;
    person.displayName = displayName.isEmpty() ? mtchatId.value : displayName;
    person.ids.mtchat = mtchatId;
    return add(person, now);
}

Expected<void, Error> PeopleTable::remove(PersonKey person)
{
    Statement statement(m_sql, "DELETE FROM people WHERE person = ?");
    return changeOne(statement.bind(person));
}

Expected<PersonRecord, Error> PeopleTable::find(PersonKey person) const
{
    Statement select(m_sql, SELECT_PEOPLE " WHERE person = ?");
    return onePerson(select.bind(person));
}

Expected<PersonRecord, Error> PeopleTable::findByLogin(const QString &login) const
{
    Statement select(m_sql, SELECT_PEOPLE " WHERE login_key = ?");
    return onePerson(select.bind(textKey(login)));
}

Expected<PersonRecord, Error> PeopleTable::findByEmail(const QString &email) const
{
    Statement select(
        m_sql, SELECT_PEOPLE " WHERE email <> '' AND email = ? COLLATE NOCASE LIMIT 2");
    const auto found = select.bind(email).all(readPerson);
    if (!found)
        return Unexpected{found.error()};
    if (found->size() != 1)
        return Unexpected{unknownPerson()};
    return found->first();
}

Expected<PersonRecord, Error> PeopleTable::findById(PersonIdKind kind, const QString &id) const
{
    // SQLite would take "1e1" for 10.
    if (kind == PersonIdKind::Polling && QString::number(id.toLongLong()) != id)
        return Unexpected{unknownPerson()};
    Statement select(m_sql,
        SELECT_PEOPLE ""
                      " WHERE person = CASE $1"
                      " WHEN 0 THEN (SELECT person FROM people WHERE mtchat_id = $2)"
                      " WHEN 1 THEN (SELECT person FROM people WHERE object_id = $2)"
                      " WHEN 2 THEN (SELECT person FROM people WHERE user_status_id = $2)"
                      " ELSE (SELECT person FROM people WHERE polling_id = $2) END");
    return onePerson(select.bind(static_cast<int>(kind)).bind(id));
}

Expected<QList<PersonRecord>, Error> PeopleTable::all() const
{
    Statement select(m_sql, SELECT_PEOPLE " ORDER BY person");
    return select.all(readPerson);
}

Expected<QList<PersonRecord>, Error> PeopleTable::search(const QString &text, int limit) const
{
    Statement select(m_sql,
        SELECT_PEOPLE ""
                      " WHERE instr(name_key, $1) > 0 OR instr(coalesce(login_key, ''), $1) > 0"
                      " ORDER BY name_key, person LIMIT $2");
    return select.bind(textKey(text)).bind(std::max(limit, 0)).all(readPerson);
}

Expected<std::optional<QString>, Error> PeopleTable::passwordHash(PersonKey person) const
{
    Statement select(m_sql, "SELECT password_hash FROM people WHERE person = ?");
    const auto hash
        = select.bind(person).first([](const Statement &row) { return row.optionalText(0); });
    if (!hash)
        return Unexpected{hash.error()};
    if (!*hash)
        return Unexpected{unknownPerson()};
    return **hash;
}

Expected<void, Error> PeopleTable::setPasswordHash(PersonKey person, const QString &hash)
{
    Statement update(m_sql, "UPDATE people SET password_hash = ? WHERE person = ?");
    return changeOne(update.bind(hash).bind(person));
}

Expected<void, Error> PeopleTable::setDisplayName(PersonKey person, const QString &name)
{
    Statement update(m_sql, "UPDATE people SET name = ?, name_key = ? WHERE person = ?");
    return changeOne(update.bind(name).bind(textKey(name)).bind(person));
}

Expected<void, Error> PeopleTable::setPreferences(
    PersonKey person, const PresencePreferences &preferences)
{
    Statement update(m_sql, "UPDATE people SET last_seen_detail = ?, on_hide = ? WHERE person = ?");
    update.bind(static_cast<int>(preferences.lastSeen)).bind(static_cast<int>(preferences.onHide));
    return changeOne(update.bind(person));
}

Expected<void, Error> PeopleTable::addContact(PersonKey person, PersonKey other)
{
    if (person == other)
        return {};
    for (const PersonKey one : {person, other}) {
        if (auto found = find(one); !found)
            return Unexpected{found.error()};
    }
    Statement insert(
        m_sql, "INSERT OR IGNORE INTO contacts (person, other) VALUES ($1, $2), ($2, $1)");
    return insert.bind(person).bind(other).run();
}

Expected<void, Error> PeopleTable::removeContact(PersonKey person, PersonKey other)
{
    Statement statement(m_sql,
        "DELETE FROM contacts WHERE (person = $1 AND other = $2) OR (person = $2 AND other = $1)");
    return statement.bind(person).bind(other).run();
}

Expected<QList<PersonKey>, Error> PeopleTable::contactsOf(PersonKey person) const
{
    Statement select(m_sql, "SELECT other FROM contacts WHERE person = ? ORDER BY other");
    return select.bind(person).all([](const Statement &row) { return row.person(0); });
}

Expected<QList<ContactPair>, Error> PeopleTable::allContacts() const
{
    Statement select(m_sql, "SELECT person, other FROM contacts WHERE person < other");
    return select.all([](const Statement &row) {
        return ContactPair{row.person(0), row.person(1)};
    });
}

} // namespace presently
