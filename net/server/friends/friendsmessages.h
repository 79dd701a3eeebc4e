// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/message.h"
#include "net/server/dialect.h"
#include "net/server/ratelimiter.h"
#include "net/wire/friends/clientevents.h"
#include "net/wire/friends/serverevents.h"

#include <optional>

namespace presently::net {

//! \brief Messages between the plain text of this dialect and the one store, which keeps HTML.
//!
//! A file of this dialect is an address with a name; it is stored as a link of its own paragraph.
//! Ownership: borrows the parts of \a context.
//! Threading: the server's thread.
class FriendsMessages
{
public:
    explicit FriendsMessages(const DialectContext &context);

    //! Stores it and tells everybody who takes part, in every dialect.
    //! Errors: RateLimited; NotFound, also for a conversation of others; TooLarge; InvalidField for
    //! an address that may not be stored; those of the store.
    [[nodiscard]] Expected<friends::NewMessage, Error> send(
        PersonKey sender, const friends::SendMessageRequest &request);
    //! None: the server itself speaks, which this dialect says otherwise.
    [[nodiscard]] std::optional<friends::NewMessage> render(const Message &message) const;

private:
    const DialectContext m_context;
    RateLimiter m_limit;
};

} // namespace presently::net
