// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/tokenkeeper.h"

#include "net/client/logging.h"
#include "net/client/urlpolicy.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/rest.h"

#include <QJsonObject>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto SessionsPath = "/api/v1/sessions"_L1;
constexpr auto RefreshPath = "/api/v1/sessions/refresh"_L1;
constexpr auto RefreshTokenKey = "refresh_token"_L1;

Expected<mtchat::SessionGrant, Error> grantFrom(const Expected<RestReply, Error> &reply)
{
    if (!reply)
        return Unexpected{reply.error()};
    return mtchat::decodeDataObject(reply->body).and_then(&mtchat::sessionGrantFromJson);
}

Credentials credentialsFrom(const mtchat::SessionGrant &grant)
{
    return Credentials{grant.token.toUtf8(), grant.expiresAt, grant.refreshToken.toUtf8()};
}

RestCall post(const QUrl &url, const QJsonObject &body)
{
    RestCall call;
    call.method = "POST";
    call.url = url;
    call.body = toAsciiJson(body);
    call.isAuthorised = false;
    return call;
}

//! A place that knows no sign-in, or answers it with something else, is no chat server.
Error signInError(Error error)
{
    if (error.code == ErrorCode::NotFound || error.code == ErrorCode::Malformed
        || error.code == ErrorCode::MissingField)
        error.code = ErrorCode::UnsupportedServer;
    return error;
}

} // namespace

TokenKeeper::TokenKeeper(ApiClient &api, bool asksFirst, Milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_asksFirst(asksFirst)
    , m_patience(this)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        settle(Unexpected{Error{ErrorCode::Timeout, u"credentials"_s, {}, {}}});
    });
}

void TokenKeeper::use(const Account &account, const Credentials &credentials)
{
    ++m_generation;
    m_account = account;
    setCredentials(credentials);
    settle(Unexpected{Error{ErrorCode::Cancelled, {}, {}, {}}});
}

void TokenKeeper::setCredentials(const Credentials &credentials)
{
    m_credentials = credentials;
    m_api.setToken(credentials.accessToken);
    Q_EMIT tokenChanged();
}

void TokenKeeper::clear()
{
    use(m_account, {});
}

void TokenKeeper::signIn(const Account &account, const QString &login, const QString &password,
    std::function<void(Expected<mtchat::SessionGrant, Error>)> done)
{
    const mtchat::SignInRequest request{
        login, password, {account.device, account.deviceType, account.deviceName, account.os}};
    m_api.send(post(resourceUrl(account.server, SessionsPath), mtchat::toJson(request)), this,
        [this, account, done = std::move(done)](const Expected<RestReply, Error> &reply) {
            const auto grant = grantFrom(reply);
            if (grant) {
                use(account, credentialsFrom(*grant));
                Q_EMIT credentialsChanged(m_credentials);
            }
            done(grant ? grant
                       : Expected<mtchat::SessionGrant, Error>(
                           Unexpected{signInError(grant.error())}));
        });
}

void TokenKeeper::refresh(QObject *context, Done done)
{
    const bool isUnderWay = !m_waiters.empty();
    m_waiters.push_back({context, std::move(done)});
    if (isUnderWay)
        return;
    if (m_credentials.refreshToken.isEmpty() && !m_asksFirst) {
        // Later, so that nobody is answered before the call has returned.
        QMetaObject::invokeMethod(
            this,
            [this] {
                settle(Unexpected{Error{ErrorCode::Unauthenticated, u"refresh_token"_s, {}, {}}});
            },
            Qt::QueuedConnection);
        return;
    }
    if (!m_asksFirst) {
        ask();
        return;
    }
    m_patience.start();
    Q_EMIT refreshWanted();
}

void TokenKeeper::refreshWith(const Credentials &credentials)
{
    m_patience.stop();
    if (m_waiters.empty())
        return;
    const bool areNewer = !credentials.accessToken.isEmpty()
        && credentials.accessToken != m_credentials.accessToken;
    if (!credentials.accessToken.isEmpty())
        setCredentials(credentials);
    if (areNewer) {
        settle({});
    } else if (m_credentials.refreshToken.isEmpty()) {
        settle(Unexpected{Error{ErrorCode::Unauthenticated, u"refresh_token"_s, {}, {}}});
    } else {
        ask();
    }
}

void TokenKeeper::ask()
{
    const QJsonObject body{{RefreshTokenKey, QString::fromUtf8(m_credentials.refreshToken)}};
    m_api.send(post(resourceUrl(m_account.server, RefreshPath), body), this,
        [this, generation = m_generation](const Expected<RestReply, Error> &reply) {
            if (generation != m_generation)
                return;
            const auto grant = grantFrom(reply);
            if (!grant) {
                qCInfo(linkLog) << "token not renewed:" << int(grant.error().code);
                settle(Unexpected{grant.error()});
                return;
            }
            setCredentials(credentialsFrom(*grant));
            Q_EMIT credentialsChanged(m_credentials);
            settle({});
        });
}

void TokenKeeper::settle(const Expected<void, Error> &outcome)
{
    m_patience.stop();
    const std::vector<Waiter> waiters = std::exchange(m_waiters, {});
    for (const Waiter &waiter : waiters) {
        if (waiter.context)
            waiter.done(outcome);
    }
}

} // namespace presently::net
