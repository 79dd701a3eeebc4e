// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/presence/lease.h"
#include "net/server/userstatus/statuscaller.h"
#include "net/wire/userstatus/statuses.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <vector>

namespace presently::net {

class PresenceService;
struct ServerOptions;

//! \brief The leases of this dialect: calls make them, and the open stream of the same device, if
//! there is one, stands behind them.
//!
//! What is kept here of a device is only what the ledger cannot know: its streams, its sign-in, and
//! that it said to be off.
//! Ownership: borrows presence and options.
//! Threading: one thread.
class StatusDevices : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusDevices)

public:
    StatusDevices(
        PresenceService &presence, const ServerOptions &options, QObject *parent = nullptr);

    //! Online makes the device active, away idle by hand, offline ends it (and no other device).
    void set(const StatusCaller &caller, userstatus::WireStatus status);
    //! False: the device said that it is off, and more than a heartbeat is needed (ruling L11).
    [[nodiscard]] bool beat(const StatusCaller &caller);
    void streamOpened(const StatusCaller &caller);
    //! The last stream of a device takes all but the last seconds of its lease with it.
    void streamEnded(const StatusCaller &caller);

    void endSession(const SessionId &session);
    //! Ends every device of \a person.
    void forget(PersonKey person);

Q_SIGNALS:
    //! The person has too many devices, and this one had to go: its streams end.
    void evicted(presently::PersonKey person, const presently::DeviceId &device);

private:
    struct Device {
        DeviceId id;
        std::optional<SessionId> session; //!< that it last called with
        LeaseId lease; //!< may be gone already
        int streams = 0;
        bool off = false;
    };

    LeaseId beAway(const StatusCaller &caller);
    LeaseId beActive(const StatusCaller &caller);
    Device &deviceOf(const StatusCaller &caller);
    void makeRoom(std::vector<Device> &devices) const;
    void forgetIdle();
    [[nodiscard]] bool isNeeded(const Device &device) const;
    void attach(const Device &device);
    void leaseEvicted(const LeaseId &lease);
    //! The lease of \a device, also one that was there before the server was.
    [[nodiscard]] LeaseId leaseOf(PersonKey person, const DeviceId &device) const;
    [[nodiscard]] static LeaseRequest requestFor(const StatusCaller &caller, ActivityState state);

    PresenceService &m_presence;
    const ServerOptions &m_options;
    QHash<PersonKey, std::vector<Device>> m_devices;
    qsizetype m_forgetAt = 1024; //!< people
};

} // namespace presently::net
