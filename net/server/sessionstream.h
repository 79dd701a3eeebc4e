// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/ids.h"

#include <QByteArray>

#include <deque>
#include <optional>
#include <vector>

namespace presently::net {

class ClientLink;

//! \brief The numbered events of one WebSocket session, kept for a while so that it can be resumed.
//!
//! Numbers grow by one, without a gap. The events are shared with every other session that got them.
class SessionStream
{
public:
    SessionStream(SessionId id, PersonKey person, DeviceId device, int capacity)
        : id(std::move(id))
        , person(person)
        , device(std::move(device))
        , m_capacity(std::size_t(capacity))
    {
    }

    //! Keeps \a json and returns its number.
    qint64 append(const QByteArray &json)
    {
        m_events.push_back(json);
        if (m_events.size() > m_capacity)
            m_events.pop_front();
        return ++m_last;
    }

    struct Numbered {
        qint64 seq = 0;
        QByteArray json;
    };
    //! What came after \a seq; none when that is not kept any more, or was never sent.
    [[nodiscard]] std::optional<std::vector<Numbered>> after(qint64 seq) const
    {
        const qint64 first = m_last - qint64(m_events.size()) + 1;
        if (seq < first - 1 || seq > m_last)
            return {};
        std::vector<Numbered> missed;
        for (qint64 number = seq + 1; number <= m_last; ++number)
            missed.push_back({number, m_events[std::size_t(number - first)]});
        return missed;
    }
    [[nodiscard]] qint64 lastSeq() const { return m_last; }

    const SessionId id;
    const PersonKey person;
    const DeviceId device;
    std::optional<SessionId> signIn; //!< which it belongs to; none: an outside token
    ClientLink *link = nullptr; //!< none: the connection is gone
    SteadyTime detachedAt; //!< only without a link

private:
    std::size_t m_capacity;
    std::deque<QByteArray> m_events;
    qint64 m_last = 0;
};

} // namespace presently::net
