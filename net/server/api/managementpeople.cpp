// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"
#include "net/server/api/apianswers.h"
#include "net/server/api/apiquestion.h"
#include "net/server/api/routes.h"
#include "net/wire/mtchat/restmanagement.h"
#include "net/wire/mtchat/restpeople.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using mtchat::ApiErrorCode;

namespace {

constexpr qsizetype MinPasswordLength = 8;
constexpr qsizetype MaxPasswordLength = 1024;
constexpr qsizetype MaxLoginLength = 64;

mtchat::PersonDetails detailsOf(const PersonRecord &record)
{
    mtchat::PersonDetails details;
    details.person
        = {record.ids.mtchat, record.displayName, record.login.value_or(QString()), false};
    details.ids = {{u"mtchat"_s, record.ids.mtchat.value}, {u"friends"_s, record.ids.objectId},
        {u"devices"_s, record.ids.objectId}, {u"userstatus"_s, record.ids.userStatus},
        {u"polling"_s, QString::number(record.ids.polling)}};
    return details;
}

NewPerson personFrom(const mtchat::CreatePersonRequest &request)
{
    NewPerson person;
    person.login = cleanName(request.login, MaxLoginLength);
    person.displayName
        = cleanName(request.displayName.isEmpty() ? request.login : request.displayName);
    person.company = cleanName(request.company);
    person.email = cleanName(request.email);
    person.phone = cleanName(request.phone);
    person.ids.mtchat = UserId{request.ids.value(u"mtchat"_s)};
    person.ids.objectId = request.ids.value(u"friends"_s, request.ids.value(u"devices"_s));
    person.ids.userStatus = request.ids.value(u"userstatus"_s);
    person.ids.polling = request.ids.value(u"polling"_s).toLongLong();
    return person;
}

HttpResponse store(ApiContext &context, NewPerson person, const Expected<QString, Error> &hash)
{
    if (!hash)
        return refuseFor(hash.error());
    person.passwordHash = *hash;
    const auto made = context.database.people().add(person, context.clock.wallNow());
    if (!made)
        return refuseFor(made.error());
    context.broadcaster.personAdded(made->key);
    return answerData(toJson(detailsOf(*made)));
}

//! The hash is made on another thread: the answer comes with it.
void createPerson(ApiContext &context, const ApiRequest &request, const Responder &responder)
{
    ApiQuestion question(request, context);
    const auto wanted = question.body(mtchat::createPersonRequestFromJson);
    if (question.refusal())
        return responder.respond(*question.refusal());
    const bool isFit = !cleanName(wanted.login, MaxLoginLength).isEmpty()
        && wanted.password.size() >= MinPasswordLength
        && wanted.password.size() <= MaxPasswordLength;
    if (!isFit) {
        return responder.respond(refuse(ApiErrorCode::InvalidInput,
            u"login must not be blank, password must have %1 to %2 characters"_s
                .arg(MinPasswordLength)
                .arg(MaxPasswordLength)));
    }
    context.hashPassword(wanted.password,
        [&context, person = personFrom(wanted), responder](const Expected<QString, Error> &hash) {
            responder.respond(store(context, person, hash));
        });
}

} // namespace

void addManagementPeopleRoutes(Router &router, ApiContext &context)
{
    router.add("POST", "/api/v1/management/users", RouteAccess::Admin,
        RouteHandler([&context](const ApiRequest &request, const Responder &responder) {
            createPerson(context, request, responder);
        }));
}

} // namespace presently::net
