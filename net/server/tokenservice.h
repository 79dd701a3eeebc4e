// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace presently::net {

//! \brief What a token that was checked says.
struct TokenClaims {
    UserId user;
    std::optional<SessionId> session; //!< none: made by an outside issuer, bound to no session
    std::optional<WallTime> expiresAt; //!< an outside token may have none

    bool operator==(const TokenClaims &) const = default;
};

//! \brief Access tokens (JWT, HS256): ours, and those of outside issuers who share a secret with us.
//!
//! Units:     times are UTC.
//! Errors:    Unauthenticated with field "token" (no valid signature, not the form) or "exp" (expired).
//! Ownership: values only.
//! Threading: const functions from any thread.
class TokenService
{
public:
    //! \a secret signs ours; tokens signed by one of \a outsideSecrets name a person in
    //! \a outsideClaim.
    TokenService(QByteArray secret, QList<QByteArray> outsideSecrets, QString outsideClaim);

    //! A token of ours, with the union of the claims that the dialects read.
    [[nodiscard]] QByteArray issue(const UserId &user, const SessionId &session,
        const DeviceId &device, WallTime issuedAt, WallTime expiresAt) const;
    [[nodiscard]] Expected<TokenClaims, Error> check(const QByteArray &token, WallTime now) const;

private:
    QByteArray m_secret;
    QList<QByteArray> m_outsideSecrets;
    QString m_outsideClaim;
};

//! A new refresh token, or any other secret for the wire: 256 random bits as base64url.
[[nodiscard]] QByteArray makeSecretToken();
//! What is stored of a secret in its place.
[[nodiscard]] QByteArray fingerprint(const QByteArray &secret);
//! Compares in a time that does not depend on where the two differ.
[[nodiscard]] bool equalSecrets(const QByteArray &left, const QByteArray &right);

} // namespace presently::net
