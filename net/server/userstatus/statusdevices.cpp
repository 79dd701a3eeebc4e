// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/statusdevices.h"

#include "net/server/presenceservice.h"

#include <algorithm>

namespace presently::net {

using userstatus::WireStatus;

StatusDevices::StatusDevices(
    PresenceService &presence, const ServerOptions &options, QObject *parent)
    : QObject(parent)
    , m_presence(presence)
    , m_options(options)
{
    connect(&presence, &PresenceService::leaseEvicted, this, &StatusDevices::leaseEvicted);
}

LeaseRequest StatusDevices::requestFor(const StatusCaller &caller, ActivityState state)
{
    LeaseRequest request;
    request.person = caller.person;
    request.device = caller.device;
    request.deviceType = caller.deviceType;
    request.dialect = Dialect::UserStatus;
    request.binding = Binding::Detached;
    request.state = state;
    return request;
}

void StatusDevices::set(const StatusCaller &caller, WireStatus status)
{
    if (status == WireStatus::Offline) {
        deviceOf(caller).off = true;
        const LeaseId lease = leaseOf(caller.person, caller.device);
        if (!lease.isNull()) {
            m_presence.ledger().end(lease, OfflineReason::Manual);
            m_presence.settle();
        }
        return;
    }
    const LeaseId lease = status == WireStatus::Away ? beAway(caller) : beActive(caller);
    Device &device = deviceOf(caller);
    device.off = false;
    device.lease = lease;
    attach(device);
}

// A device that comes and is away is idle from the start, so that nobody sees it online. Opening
// takes back that the device was off; touching has the lease outlive a restart.
LeaseId StatusDevices::beAway(const StatusCaller &caller)
{
    const LeaseRequest request = requestFor(caller, ActivityState::Idle);
    const LeaseId opened = m_presence.openLease(request);
    const LeaseId lease = m_presence.touchLease(request).value_or(opened);
    m_presence.ledger().markIdle(lease);
    m_presence.settle();
    return lease;
}

// A lease that was away is so no more before anything of it is told.
LeaseId StatusDevices::beActive(const StatusCaller &caller)
{
    const LeaseRequest request = requestFor(caller, ActivityState::Active);
    const LeaseId known = leaseOf(caller.person, caller.device);
    if (!known.isNull())
        m_presence.ledger().markActive(known);
    const auto lease = m_presence.touchLease(request);
    return lease ? *lease : m_presence.openLease(request);
}

bool StatusDevices::beat(const StatusCaller &caller)
{
    if (deviceOf(caller).off)
        return false;
    const auto touched = m_presence.touchLease(requestFor(caller, ActivityState::Active));
    // None: it was signed out, and is signed in again.
    const LeaseId lease = touched ? *touched : beActive(caller);
    Device &device = deviceOf(caller);
    device.lease = lease;
    attach(device);
    return true;
}

void StatusDevices::attach(const Device &device)
{
    if (device.streams > 0)
        m_presence.ledger().attach(device.lease);
}

void StatusDevices::streamOpened(const StatusCaller &caller)
{
    Device &device = deviceOf(caller);
    ++device.streams;
    device.lease = leaseOf(caller.person, caller.device);
    attach(device);
}

void StatusDevices::streamEnded(const StatusCaller &caller)
{
    Device &device = deviceOf(caller);
    device.streams = std::max(0, device.streams - 1);
    const LeaseId lease = leaseOf(caller.person, caller.device);
    if (device.streams > 0 || lease.isNull())
        return;
    m_presence.ledger().close(lease, CloseKind::Lost);
    m_presence.settle();
}

void StatusDevices::endSession(const SessionId &session)
{
    std::vector<LeaseId> leases;
    for (auto person = m_devices.begin(); person != m_devices.end(); ++person) {
        for (Device &device : *person) {
            if (device.session == session)
                leases.push_back(leaseOf(person.key(), device.id));
        }
    }
    for (const LeaseId &lease : leases)
        m_presence.ledger().end(lease, OfflineReason::Manual);
    if (!leases.empty())
        m_presence.settle();
}

void StatusDevices::forget(PersonKey person)
{
    for (const DeviceExplanation &known : m_presence.ledger().why(person).devices) {
        if (known.dialect == Dialect::UserStatus)
            m_presence.ledger().end(known.lease, OfflineReason::Manual);
    }
    m_presence.settle();
    m_devices.remove(person);
}

void StatusDevices::leaseEvicted(const LeaseId &lease)
{
    for (auto person = m_devices.begin(); person != m_devices.end(); ++person) {
        for (Device &device : *person) {
            if (device.lease != lease)
                continue;
            device.lease = {};
            Q_EMIT evicted(person.key(), DeviceId(device.id));
            return;
        }
    }
}

LeaseId StatusDevices::leaseOf(PersonKey person, const DeviceId &device) const
{
    for (const DeviceExplanation &known : m_presence.ledger().why(person).devices) {
        if (known.dialect == Dialect::UserStatus && known.device == device)
            return known.lease;
    }
    return {};
}

StatusDevices::Device &StatusDevices::deviceOf(const StatusCaller &caller)
{
    if (m_devices.size() >= m_forgetAt && !m_devices.contains(caller.person))
        forgetIdle();
    std::vector<Device> &devices = m_devices[caller.person];
    auto place = std::ranges::find(devices, caller.device, &Device::id);
    if (place == devices.end()) {
        makeRoom(devices);
        devices.push_back({caller.device, {}, {}, 0, false});
        place = std::prev(devices.end());
    }
    place->session = caller.session;
    return *place;
}

bool StatusDevices::isNeeded(const Device &device) const
{
    return device.streams > 0 || device.off
        || m_presence.ledger().personOf(device.lease).has_value();
}

//! A device may call itself anything, so that the names of one person must have an end.
void StatusDevices::makeRoom(std::vector<Device> &devices) const
{
    if (devices.size() < std::size_t(2 * m_options.limits.devicesPerUser))
        return;
    auto oldest = std::ranges::find_if_not(
        devices, [this](const Device &device) { return isNeeded(device); });
    if (oldest == devices.end())
        oldest = std::ranges::find(devices, 0, &Device::streams);
    if (oldest != devices.end())
        devices.erase(oldest);
}

// Walking all of them when their number has doubled costs O(1) a call.
void StatusDevices::forgetIdle()
{
    m_devices.removeIf([this](auto person) {
        std::erase_if(person.value(), [this](const Device &device) { return !isNeeded(device); });
        return person.value().empty();
    });
    m_forgetAt = std::max<qsizetype>(1024, 2 * m_devices.size());
}

} // namespace presently::net
