// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/polling/pollingdevices.h"

#include "models/storage/serverdatabase.h"
#include "net/server/presenceservice.h"

namespace presently::net {

void PollingDevices::touch(const PollingCaller &caller)
{
    remember(caller);
    m_presence.touchLease({.person = caller.person,
        .device = caller.device,
        .deviceType = caller.deviceType,
        .dialect = Dialect::Polling,
        .binding = Binding::Detached});
}

void PollingDevices::remember(const PollingCaller &caller)
{
    if (!caller.session)
        return;
    Held &known = m_sessions[*caller.session];
    known.person = caller.person;
    known.devices.insert(caller.device);
    if (known.devices.size() > m_most)
        known.devices.intersect(held(caller.person) + QSet<DeviceId>{caller.device});
    if (m_sessions.size() >= m_forgetAt)
        forgetOld();
}

//! Those whose leases have all run out.
void PollingDevices::forgetOld()
{
    m_sessions.removeIf([this](const auto &entry) {
        QSet<DeviceId> left = entry.value().devices;
        return left.intersect(held(entry.value().person)).isEmpty();
    });
    m_forgetAt = std::max<qsizetype>(1024, 2 * m_sessions.size());
}

QSet<DeviceId> PollingDevices::held(PersonKey person) const
{
    QSet<DeviceId> devices;
    for (const DeviceExplanation &device : m_presence.ledger().why(person).devices) {
        if (device.dialect == Dialect::Polling)
            devices.insert(device.device);
    }
    return devices;
}

void PollingDevices::end(const PollingCaller &caller)
{
    endDevices(caller.person, {caller.device});
}

void PollingDevices::endDevices(PersonKey person, const QSet<DeviceId> &devices)
{
    for (const DeviceExplanation &device : m_presence.ledger().why(person).devices) {
        if (device.dialect == Dialect::Polling && devices.contains(device.device))
            m_presence.ledger().end(device.lease, OfflineReason::Manual);
    }
    m_presence.settle();
}

// What the sign-in spoke for before a restart is not remembered; its own device is written down.
void PollingDevices::endSession(const SessionId &session)
{
    Held ended = m_sessions.take(session);
    if (const auto found = m_database.sessions().find(session)) {
        ended.person = found->person;
        ended.devices.insert(found->device.id);
    }
    if (!ended.devices.isEmpty())
        endDevices(ended.person, ended.devices);
}

void PollingDevices::endPerson(PersonKey person)
{
    m_sessions.removeIf([person](const auto &entry) { return entry.value().person == person; });
    endDevices(person, held(person));
}

QSet<SessionId> PollingDevices::sessions() const
{
    return {m_sessions.keyBegin(), m_sessions.keyEnd()};
}

} // namespace presently::net
