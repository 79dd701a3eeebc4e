// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/polling/pollingcaller.h"

#include <QHash>
#include <QSet>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class PresenceService;

//! \brief The leases of this dialect: one for each person and device, and which sign-in made it.
//!
//! Ownership: borrows presence and database.
//! Threading: one thread.
class PollingDevices
{
public:
    //! \a most: devices that one sign-in is remembered to have spoken for.
    PollingDevices(PresenceService &presence, ServerDatabase &database, int most)
        : m_presence(presence)
        , m_database(database)
        , m_most(most)
    {
    }

    //! A heartbeat.
    void touch(const PollingCaller &caller);
    //! That device says that it is gone. No grace, and the others stay (ruling L03).
    void end(const PollingCaller &caller);
    void endSession(const SessionId &session);
    void endPerson(PersonKey person);
    [[nodiscard]] QSet<SessionId> sessions() const;

private:
    struct Held {
        PersonKey person{};
        QSet<DeviceId> devices;
    };

    void remember(const PollingCaller &caller);
    void forgetOld();
    [[nodiscard]] QSet<DeviceId> held(PersonKey person) const;
    void endDevices(PersonKey person, const QSet<DeviceId> &devices);

    PresenceService &m_presence;
    ServerDatabase &m_database;
    const qsizetype m_most;
    QHash<SessionId, Held> m_sessions;
    qsizetype m_forgetAt = 1024;
};

} // namespace presently::net
