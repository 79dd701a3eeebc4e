// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"
#include "net/server/listener/requesthandler.h"

namespace presently::net {

//! \brief Sign-in and the trade of tokens, in the words of this dialect.
//!
//! The address that a person signs in with is their login, or the e-mail address that only they
//! have.
//! Errors:    as responses.
//! Ownership: borrows what the context names.
//! Threading: one thread.
class PollingSignIn
{
public:
    explicit PollingSignIn(const DialectContext &context)
        : m_context(context)
    {
    }

    //! Answers when the password is checked.
    void signIn(const HttpRequest &request, const Responder &responder);
    [[nodiscard]] HttpResponse refresh(const HttpRequest &request);

private:
    [[nodiscard]] QString loginOf(const QString &email) const;

    DialectContext m_context;
};

} // namespace presently::net
