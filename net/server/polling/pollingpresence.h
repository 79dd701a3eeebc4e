// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"
#include "net/server/polling/pollingdevices.h"
#include "net/server/ratelimiter.h"
#include "net/wire/polling/presencebodies.h"

namespace presently::net {

//! \brief Who is there, as this dialect asks and says it: heartbeat, "mark offline", list.
//!
//! Away and busy people are listed, for being there is all that can be said; invisible ones are
//! not, but to themselves. The client's clock decides nothing (ruling L17).
//! Errors:    as responses.
//! Ownership: borrows what the context names.
//! Threading: one thread.
class PollingPresence
{
public:
    explicit PollingPresence(const DialectContext &context);

    [[nodiscard]] HttpResponse beat(const HttpRequest &request);
    [[nodiscard]] HttpResponse leave(const HttpRequest &request);
    [[nodiscard]] HttpResponse list(const HttpRequest &request);

    [[nodiscard]] PollingDevices &devices() { return m_devices; }
    [[nodiscard]] const PollingDevices &devices() const { return m_devices; }

private:
    enum class Detail { Left, Wanted };

    [[nodiscard]] polling::OnlineUsers listFor(PersonKey viewer, Detail detail) const;
    [[nodiscard]] std::vector<PersonKey> candidates(PersonKey viewer) const;
    [[nodiscard]] HttpResponse beatReply(PersonKey person) const;
    void noteSkew(const polling::HeartbeatRequest &request) const;

    DialectContext m_context;
    const Clock &m_clock;
    PollingDevices m_devices;
    RateLimiter m_beats;
    RateLimiter m_lists;
};

} // namespace presently::net
