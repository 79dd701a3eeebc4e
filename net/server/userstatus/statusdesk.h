// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "net/server/ratelimiter.h"
#include "net/server/userstatus/statuscaller.h"
#include "net/wire/userstatus/faults.h"
#include "net/wire/userstatus/rest.h"
#include "net/wire/userstatus/statuses.h"

#include <QList>
#include <QStringList>

namespace presently::net {

class StatusDevices;
class StatusView;
struct DialectContext;

//! \brief The calls of the dialect, whichever way they come in: gRPC and REST ask here.
//!
//! Units:     seconds only in Heartbeat, as the wire has them.
//! Errors:    Failure, ready for the wire. Whoever may not be seen and nobody at all fail alike.
//! Ownership: borrows everything.
//! Threading: one thread.
class StatusDesk
{
public:
    StatusDesk(const DialectContext &context, StatusDevices &devices, const StatusView &view);

    //! \a deviceName is what the caller calls its device; empty: the one that signed in.
    [[nodiscard]] Expected<StatusCaller, userstatus::Failure> caller(
        const QByteArray &token, const QByteArray &deviceName) const;
    //! Nobody writes another's presence (ruling L15).
    [[nodiscard]] static Expected<void, userstatus::Failure> checkOwn(
        const StatusCaller &caller, const QString &userId);

    //! What came of a call that sets something.
    struct Outcome {
        QString message;
        userstatus::StatusRow row; //!< of the caller, over all devices
    };
    [[nodiscard]] Expected<Outcome, userstatus::Failure> set(
        const StatusCaller &caller, const QString &userId, userstatus::WireStatus status);
    //! The same in the words of REST, which also have wishes.
    [[nodiscard]] Expected<QString, userstatus::Failure> set(
        const StatusCaller &caller, const QString &userId, userstatus::RestStatus status);

    [[nodiscard]] Expected<userstatus::StatusRow, userstatus::Failure> get(
        const StatusCaller &caller, const QString &userId);
    //! As many rows as ids, in their order; UNKNOWN for nobody.
    [[nodiscard]] Expected<QList<userstatus::StatusRow>, userstatus::Failure> getMany(
        const StatusCaller &caller, const QStringList &userIds);
    //! Counts a question of the caller. \a many: about more than one person.
    [[nodiscard]] Expected<void, userstatus::Failure> admitQuestion(
        const StatusCaller &caller, qsizetype count);

    struct Heartbeat {
        bool success = false;
        qint64 nextSeconds = 0; //!< half a lifetime; 0 without success
    };
    [[nodiscard]] Expected<Heartbeat, userstatus::Failure> beat(
        const StatusCaller &caller, const QString &userId);

private:
    [[nodiscard]] Expected<void, userstatus::Failure> admit(
        RateLimiter &limiter, const StatusCaller &caller) const;
    [[nodiscard]] Expected<void, userstatus::Failure> setIntent(
        const StatusCaller &caller, IntentStatus status);
    [[nodiscard]] QString messageAfter(
        const StatusCaller &caller, userstatus::WireStatus status) const;

    const DialectContext &m_context;
    StatusDevices &m_devices;
    const StatusView &m_view;
    RateLimiter m_changes;
    RateLimiter m_heartbeats;
    RateLimiter m_lookups; //!< one person a call
    RateLimiter m_lists;
};

} // namespace presently::net
