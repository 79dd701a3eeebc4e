// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/serveroptions.h"

#include "net/server/serveroptionstable.h"

#include <QHostAddress>
#include <QUrl>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

QString outside(qint64 value, qint64 from, qint64 to)
{
    return u"%1 is outside %2 to %3"_s.arg(value).arg(from).arg(to);
}

//! Keeps the first row that is out of its range.
struct RangeCheck {
    Expected<void, Error> result;

    void fail(const QString &key, const QString &reason)
    {
        if (result)
            result = Unexpected{Error{ErrorCode::InvalidField, key, reason, {}}};
    }
    template <typename Number>
    void number(const char *key, const Number &value, qint64 from, qint64 to)
    {
        if (value < from || value > to)
            fail(QString::fromLatin1(key), outside(value, from, to));
    }
    void duration(const char *key, const std::chrono::milliseconds &value, qint64 from, qint64 to)
    {
        number(key, qint64(value.count()), from, to);
    }
    void rate(const char *key, const RateLimit &value)
    {
        const QString path = QString::fromLatin1(key);
        if (value.burst < 1 || value.burst > maxRateBurst)
            fail(path + ".burst"_L1, outside(value.burst, 1, maxRateBurst));
        if (value.every.count() < 1 || value.every.count() > maxRateEveryMs)
            fail(path + ".every_ms"_L1, outside(value.every.count(), 1, maxRateEveryMs));
    }
    void text(const char *, const QString &) { }
    void list(const char *, const QStringList &) { }
    void flag(const char *, bool) { }
};

void checkTogether(const ServerOptions &options, RangeCheck &check)
{
    const PresenceOptions &presence = options.presence;
    if (presence.lease < 2 * presence.heartbeat)
        check.fail(u"presence.lease_ms"_s, u"is less than twice presence.heartbeat_ms"_s);
    if (presence.pingAfter + presence.pongWithin > presence.lease)
        check.fail(u"presence.ping_after_ms"_s,
            u"with presence.pong_within_ms is more than presence.lease_ms"_s);
    const SocketIoOptions &socketIo = options.dialects.socketIo;
    if (socketIo.pingInterval + socketIo.pingTimeout
        > std::min(options.dialects.friends.lease, options.dialects.devices.lease))
        check.fail(u"socketio.ping_interval_ms"_s,
            u"with socketio.ping_timeout_ms is more than friends.lease_ms or devices.lease_ms"_s);
    if (options.auth.accessLifetime > options.auth.refreshLifetime)
        check.fail(u"auth.access_lifetime_ms"_s, u"is more than auth.refresh_lifetime_ms"_s);
    if (options.listener.maxMessageBytes > options.listener.maxQueuedBytes)
        check.fail(u"listener.max_message_bytes"_s, u"is more than listener.max_queued_bytes"_s);
}

//! Scheme, name and port, as a browser writes them; a path or a slash at the end would never match.
bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return text == "*"_L1 || text == "null"_L1
        || (!url.host().isEmpty() && !text.endsWith(u'/')
            && url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment
                      | QUrl::RemoveUserInfo)
                    .toString(QUrl::FullyEncoded)
                == text);
}

void checkListener(const ServerOptions &options, RangeCheck &check)
{
    const NetworkOptions &listener = options.listener;
    if (QHostAddress(listener.host).isNull())
        check.fail(u"listener.host"_s, u"\"%1\" is not an IP address"_s.arg(listener.host));
    if (listener.tlsCertificate.isEmpty() != listener.tlsKey.isEmpty())
        check.fail(u"listener.tls_key"_s,
            u"a certificate and its key go together (--tls-cert, --tls-key)"_s);
    for (const QString &origin : listener.allowedOrigins) {
        if (!isOrigin(origin))
            check.fail(u"listener.allowed_origins"_s,
                u"\"%1\" is not an origin such as https://app.example"_s.arg(origin));
    }
    // These let whoever reaches the port act as anybody.
    if (!options.isLoopback() && options.dialects.socketIo.conformance)
        check.fail(u"socketio.conformance"_s, u"is allowed on loopback only"_s);
    if (!options.isLoopback() && options.qa.enabled)
        check.fail(u"qa.enabled"_s, u"is allowed on loopback only (--qa)"_s);
    if (!options.isLoopback() && options.auth.trustUserId)
        check.fail(u"auth.trust_user_id"_s, u"is allowed on loopback only (--trust-user-id)"_s);
    if (!options.isLoopback()
        && (options.storage.builtInSeed || !options.storage.seedFile.isEmpty()))
        check.fail(u"storage.seed_file"_s,
            u"everybody knows the passwords of a seed (--memory without --seed has one, too):"
            " it is allowed on loopback only"_s);
    if (!options.isLoopback() && options.auth.adminTokenFile.isEmpty())
        check.fail(u"auth.admin_token_file"_s,
            u"is needed when others can reach the listener (--admin-token-file)"_s);
}

} // namespace

bool ServerOptions::isLoopback() const
{
    return QHostAddress(listener.host).isLoopback();
}

Expected<void, Error> ServerOptions::validate() const
{
    RangeCheck check;
    visitOptions(*this, check);
    checkTogether(*this, check);
    checkListener(*this, check);
    if (storage.personas && !storage.builtInSeed && storage.seedFile.isEmpty())
        check.fail(u"storage.personas"_s, u"need a seed (--seed or --memory)"_s);
    return check.result;
}

} // namespace presently::net
