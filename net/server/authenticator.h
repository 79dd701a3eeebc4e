// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/apicontext.h"
#include "net/server/clientlink.h"
#include "net/server/sessionservice.h"
#include "net/wire/mtchat/errors.h"

#include <optional>
#include <variant>

namespace presently::net {

//! \brief Who sends a request, by its token; where the server was told to, by `user_id` alone.
//!
//! A token decides who acts: another `user_id` beside it is refused, not obeyed.
//! Errors:    as responses, in the words of the published contract: net/README.md, "Sign-in".
//! Ownership: borrows everything.
//! Threading: one thread.
class Authenticator
{
public:
    Authenticator(const ServerOptions &options, ServerDatabase &database, PeopleDirectory &people,
        SessionService &sessions, const Clock &clock);

    //! Reads the files of the options. Errors: as readSecrets().
    [[nodiscard]] Expected<void, Error> load();

    [[nodiscard]] std::variant<Caller, HttpResponse> caller(const RequestHead &head) const;
    [[nodiscard]] std::variant<LinkIdentity, HttpResponse> link(const RequestHead &head) const;
    //! None: the holder of the admin token, or of this machine while there is no such token.
    [[nodiscard]] std::optional<HttpResponse> refuseAdmin(const RequestHead &head) const;
    //! The session that the request came with, for the routes about one's own sessions.
    [[nodiscard]] std::optional<SessionRecord> session(const RequestHead &head) const;

private:
    struct Found {
        PersonKey person{};
        UserId user;
        std::optional<SessionService::Identity> identity; //!< none: by `user_id`
    };
    //! Why not, before it is known whether a handshake or a REST call is to be answered.
    struct Refusal {
        mtchat::ApiErrorCode code;
        QByteArray text;
    };
    [[nodiscard]] std::variant<Found, Refusal> byToken(
        const RequestHead &head, const QByteArray &token) const;
    [[nodiscard]] std::variant<Found, Refusal> byUserId(const QString &user) const;
    [[nodiscard]] static HttpResponse asRestAnswer(const Refusal &refusal);
    [[nodiscard]] static HttpResponse asHandshakeAnswer(const Refusal &refusal);

    const ServerOptions &m_options;
    ServerDatabase &m_database;
    PeopleDirectory &m_people;
    SessionService &m_sessions;
    const Clock &m_clock;
    QByteArray m_adminToken;
};

} // namespace presently::net
