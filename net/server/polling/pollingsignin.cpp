// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/polling/pollingsignin.h"

#include "models/storage/serverdatabase.h"
#include "net/server/peopledirectory.h"
#include "net/server/polling/pollingcaller.h"
#include "net/server/polling/pollingreplies.h"
#include "net/server/sessionservice.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/polling/signinbodies.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using polling::Failure;

namespace {

//! Reads the body of \a request by \a read.
template <typename Read>
auto bodyOf(const HttpRequest &request, Read read) -> std::invoke_result_t<Read, QJsonObject>
{
    const auto object = parseObject(request.body);
    if (!object)
        return Unexpected{object.error()};
    return read(*object);
}

polling::Account accountOf(const PersonRecord &person)
{
    polling::Account account;
    account.id = person.ids.polling;
    account.email = person.email;
    account.username = person.login.value_or(QString());
    account.firstName = person.displayName.section(u' ', 0, 0);
    account.lastName = person.displayName.section(u' ', 1);
    account.joined = person.createdAt;
    return account;
}

polling::Tokens tokensOf(const mtchat::SessionGrant &grant)
{
    return {grant.token, grant.refreshToken};
}

HttpResponse refused(const Error &error)
{
    switch (error.code) {
    case ErrorCode::InvalidCredentials:
        return failureReply(
            401, {Failure::Shape::Error, u"Invalid credentials"_s, std::nullopt, {}});
    case ErrorCode::RateLimited:
        return tooManyReply(error.retryAfter.value_or(Milliseconds::zero()));
    default:
        return brokenReply(error);
    }
}

HttpResponse welcome(ServerDatabase &database, const PeopleDirectory &people,
    const Expected<mtchat::SessionGrant, Error> &grant)
{
    if (!grant)
        return refused(grant.error());
    const auto key = people.find(grant->user.person.user);
    if (!key)
        return brokenReply({ErrorCode::NotFound, u"person"_s, u"is gone"_s, std::nullopt});
    const auto person = database.people().find(*key);
    if (!person)
        return brokenReply(person.error());
    return pollingReply(
        200, polling::toJson(polling::SignInReply{accountOf(*person), tokensOf(*grant)}));
}

} // namespace

QString PollingSignIn::loginOf(const QString &email) const
{
    const auto byEmail = m_context.database.people().findByEmail(email);
    const auto byLogin = m_context.database.people().findByLogin(email);
    if (!byLogin && byEmail && byEmail->login)
        return *byEmail->login;
    return email;
}

void PollingSignIn::signIn(const HttpRequest &request, const Responder &responder)
{
    const auto body = bodyOf(request, polling::signInRequestFromJson);
    if (!body)
        return responder.respond(failureReply(400, polling::failureOf(body.error())));
    const auto device = namedDevice(request.head);
    if (!device)
        return responder.respond(failureReply(400, polling::failureOf(device.error())));
    mtchat::SignInRequest wanted;
    wanted.login = loginOf(body->email);
    wanted.password = body->password;
    wanted.device.id = device->value_or(DeviceId{});
    wanted.device.type = DeviceType::Web;
    wanted.device.name = QString::fromUtf8(request.head.headers.value("User-Agent"));
    m_context.sessions.signIn(wanted, request.head.peer.address,
        [&database = m_context.database, &people = m_context.people, responder](
            const auto &grant) { responder.respond(welcome(database, people, grant)); });
}

HttpResponse PollingSignIn::refresh(const HttpRequest &request)
{
    const auto token = bodyOf(request, polling::refreshRequestFromJson);
    if (!token)
        return failureReply(400, polling::failureOf(token.error()));
    const auto grant = m_context.sessions.refresh(token->toUtf8());
    if (grant)
        return pollingReply(200, polling::toJson(tokensOf(*grant)));
    return grant.error().code == ErrorCode::Unauthenticated ? badTokenReply()
                                                            : refused(grant.error());
}

} // namespace presently::net
