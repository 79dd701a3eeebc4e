// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/tokenservice.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <cstdlib>
#include <memory>

#include <jwt.h>
#include <sodium.h>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto SubjectClaim = "sub"_L1;
constexpr auto SessionClaim = "sid"_L1;
constexpr auto ExpiryClaim = "exp"_L1;
constexpr auto IssuedAtClaim = "iat"_L1;
constexpr qsizetype maxTokenBytes = 4096;

struct JwtFree {
    void operator()(jwt_t *jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, JwtFree>;

struct CFree {
    void operator()(char *text) const { std::free(text); }
};
using CText = std::unique_ptr<char, CFree>;

const unsigned char *bytesOf(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

//! The claims of \a token if \a secret signed it with HS256.
std::optional<QJsonObject> verified(const QByteArray &token, const QByteArray &secret)
{
    jwt_t *raw = nullptr;
    if (jwt_decode(&raw, token.constData(), bytesOf(secret), int(secret.size())) != 0)
        return {};
    const Jwt jwt(raw);
    if (jwt_get_alg(jwt.get()) != JWT_ALG_HS256)
        return {};
    const CText claims(jwt_get_grants_json(jwt.get(), nullptr));
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray(claims.get()));
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

Error unauthenticated(const QString &field, const QString &detail)
{
    return {ErrorCode::Unauthenticated, field, detail, {}};
}

//! A name may be a string, or a number as some issuers write it.
QString nameIn(const QJsonValue &claim)
{
    if (claim.isDouble())
        return QString::number(claim.toInteger());
    return claim.toString();
}

Expected<std::optional<WallTime>, Error> expiryOf(const QJsonObject &claims, WallTime now)
{
    const QJsonValue expiry = claims.value(ExpiryClaim);
    if (expiry.isUndefined())
        return std::optional<WallTime>{};
    constexpr double farthest = 253402300800.0; // the year 10000
    const double seconds = expiry.toDouble(-1);
    if (!expiry.isDouble() || seconds < 0 || seconds > farthest)
        return Unexpected{unauthenticated(u"exp"_s, u"is not a time"_s)};
    const WallTime at{Milliseconds{qint64(seconds * 1000)}};
    if (at <= now)
        return Unexpected{unauthenticated(u"exp"_s, u"the token has expired"_s)};
    return std::optional(at);
}

} // namespace

TokenService::TokenService(
    QByteArray secret, QList<QByteArray> outsideSecrets, QString outsideClaim)
    : m_secret(std::move(secret))
    , m_outsideSecrets(std::move(outsideSecrets))
    , m_outsideClaim(std::move(outsideClaim))
{
}

QByteArray TokenService::issue(const UserId &user, const SessionId &session, const DeviceId &device,
    WallTime issuedAt, WallTime expiresAt) const
{
    const auto seconds = [](WallTime time) {
        return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    };
    const QJsonObject claims{{SubjectClaim, user.value}, {u"userId"_s, user.value},
        {u"user_id"_s, user.value}, {u"deviceId"_s, device.value}, {SessionClaim, session.value},
        {u"type"_s, u"access"_s}, {u"token_type"_s, u"access"_s},
        {IssuedAtClaim, qint64(seconds(issuedAt))}, {ExpiryClaim, qint64(seconds(expiresAt))}};

    jwt_t *raw = nullptr;
    if (jwt_new(&raw) != 0)
        return {};
    const Jwt jwt(raw);
    const QByteArray json = QJsonDocument(claims).toJson(QJsonDocument::Compact);
    if (jwt_add_grants_json(jwt.get(), json.constData()) != 0
        || jwt_set_alg(jwt.get(), JWT_ALG_HS256, bytesOf(m_secret), int(m_secret.size())) != 0)
        return {};
    const CText encoded(jwt_encode_str(jwt.get()));
    return QByteArray(encoded.get());
}

Expected<TokenClaims, Error> TokenService::check(const QByteArray &token, WallTime now) const
{
    if (token.isEmpty() || token.size() > maxTokenBytes || token.contains('\0'))
        return Unexpected{unauthenticated(u"token"_s, u"is not a token"_s)};

    TokenClaims result;
    std::optional<QJsonObject> claims = verified(token, m_secret);
    if (claims) {
        result.user.value = nameIn(claims->value(SubjectClaim));
        result.session = SessionId{claims->value(SessionClaim).toString()};
    } else {
        for (const QByteArray &secret : m_outsideSecrets) {
            claims = verified(token, secret);
            if (claims)
                break;
        }
        if (!claims)
            return Unexpected{unauthenticated(u"token"_s, u"nobody we trust signed it"_s)};
        result.user.value = nameIn(claims->value(m_outsideClaim));
    }
    const qsizetype length = result.user.value.toUtf8().size();
    if (length < 1 || length > 255)
        return Unexpected{unauthenticated(u"token"_s, u"names nobody"_s)};

    const auto expiry = expiryOf(*claims, now);
    if (!expiry)
        return Unexpected{expiry.error()};
    result.expiresAt = *expiry;
    return result;
}

QByteArray makeSecretToken()
{
    QByteArray bytes(32, '\0');
    if (sodium_init() < 0)
        qFatal("libsodium has no source of randomness");
    randombytes_buf(bytes.data(), size_t(bytes.size()));
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray fingerprint(const QByteArray &secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

bool equalSecrets(const QByteArray &left, const QByteArray &right)
{
    const QByteArray one = fingerprint(left);
    const QByteArray other = fingerprint(right);
    return sodium_memcmp(one.constData(), other.constData(), size_t(one.size())) == 0;
}

} // namespace presently::net
