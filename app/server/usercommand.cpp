// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/usercommand.h"

#include "app/server/databaseplace.h"
#include "models/text/cleantext.h"
#include "net/server/passwordhasher.h"

#include <QFileInfo>

namespace presently::app {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype minPasswordBytes = 8;
constexpr qsizetype maxPasswordBytes = 1024;
constexpr qsizetype maxLoginLength = 100;

UserCommandResult failed(const QString &text)
{
    return {false, text};
}

UserCommandResult failed(const QString &login, const Error &error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
        return failed(u"Nobody has the login \"%1\"."_s.arg(login));
    case ErrorCode::Conflict:
        return failed(u"The login \"%1\" is taken."_s.arg(login));
    default:
        return failed(u"%1: %2"_s.arg(login, error.detail));
    }
}

Expected<QString, QString> hashOf(const QByteArray &password, const net::ServerOptions &options)
{
    QByteArray secret = password;
    while (secret.endsWith('\n') || secret.endsWith('\r'))
        secret.chop(1);
    if (secret.size() < minPasswordBytes || secret.size() > maxPasswordBytes)
        return Unexpected{u"A password of 8 to 1024 bytes is needed on standard input."_s};
    const auto hash = net::PasswordHasher::hashNow(secret, options.auth);
    if (!hash)
        return Unexpected{hash.error().detail};
    return QString::fromLatin1(*hash);
}

UserCommandResult add(ServerDatabase &database, const ServerArguments &arguments,
    const QByteArray &password, const Clock &clock)
{
    if (cleanName(arguments.login, maxLoginLength) != arguments.login)
        return failed(u"A login has 1 to 100 visible characters."_s);
    const auto hash = hashOf(password, arguments.options);
    if (!hash)
        return failed(hash.error());
    NewPerson person;
    person.login = arguments.login;
    person.displayName = arguments.login;
    person.passwordHash = *hash;
    const auto added = database.people().add(person, clock.wallNow());
    if (!added)
        return failed(arguments.login, added.error());
    return {true, u"%1\t%2\n"_s.arg(arguments.login, added->ids.mtchat.value)};
}

UserCommandResult changePassword(ServerDatabase &database, const ServerArguments &arguments,
    const QByteArray &password, const Clock &clock)
{
    const auto person = database.people().findByLogin(arguments.login);
    if (!person)
        return failed(arguments.login, person.error());
    const auto hash = hashOf(password, arguments.options);
    if (!hash)
        return failed(hash.error());
    if (const auto set = database.people().setPasswordHash(person->key, *hash); !set)
        return failed(arguments.login, set.error());
    // Whoever knew the old one is signed out everywhere.
    if (const auto ended = database.sessions().revokeAll(person->key, clock.wallNow()); !ended)
        return failed(arguments.login, ended.error());
    return {true, {}};
}

UserCommandResult remove(ServerDatabase &database, const QString &login)
{
    const auto person = database.people().findByLogin(login);
    if (!person)
        return failed(login, person.error());
    if (const auto removed = database.people().remove(person->key); !removed)
        return failed(login, removed.error());
    return {true, {}};
}

UserCommandResult list(ServerDatabase &database)
{
    const auto people = database.people().all();
    if (!people)
        return failed(people.error().detail);
    QString text;
    for (const PersonRecord &person : *people) {
        if (person.login)
            text += u"%1\t%2\t%3\n"_s.arg(
                *person.login, person.ids.mtchat.value, person.displayName);
    }
    return {true, text};
}

} // namespace

bool needsPassword(UserAction action)
{
    return action == UserAction::Add || action == UserAction::ChangePassword;
}

UserCommandResult runUserCommand(
    const ServerArguments &arguments, const QByteArray &password, const Clock &clock)
{
    const bool makesNothing = arguments.userAction != UserAction::Add;
    const QString place = databasePath(arguments.options.storage);
    if (makesNothing && !QFileInfo::exists(place))
        return failed(u"%1: there is no such file, or it cannot be read."_s.arg(place));
    auto database = openDatabase(arguments.options.storage);
    if (!database)
        return failed(u"%1: %2"_s.arg(database.error().field, database.error().detail));
    switch (arguments.userAction) {
    case UserAction::Add:
        return add(**database, arguments, password, clock);
    case UserAction::ChangePassword:
        return changePassword(**database, arguments, password, clock);
    case UserAction::Remove:
        return remove(**database, arguments.login);
    case UserAction::List:
        break;
    }
    return list(**database);
}

} // namespace presently::app
