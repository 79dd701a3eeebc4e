// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "models/storage/peopletable.h"
#include "tests/support/dialectprobe.h"

#include <QList>

#include <chrono>

namespace presently::test {

class TestServer;

//! What stands behind a lease of a dialect.
enum class Link {
    None, //!< calls alone
    Stream, //!< one that is only read; when it ends, little of the lease is left
    Socket, //!< a connection, with graces
};

//! \brief Which parts of a presence can be seen through a dialect.
struct Sees {
    bool away = false;
    bool busy = false;
    bool text = false;
    bool autoAway = false;
    bool devices = false;
    bool reason = false;
    Milliseconds lastSeen{0}; //!< how fine; 0: not at all
};

//! \brief One way of talking to the server: a dialect, or one of its two faces.
//!
//! Numbers and abilities stand here as the pages of the dialects and models/presence/README.md have
//! them; what tests expect is computed from them.
struct DialectFace {
    enum class Kind { Mtchat, Friends, UserStatus, UserStatusRest, Polling, DevicesA, DevicesB };

    Kind kind;
    const char *name;
    PersonIdKind ids;

    // As somebody who is there
    Link link = Link::None;
    QList<IntentStatus> settable; //!< beside auto
    bool setsText = false;
    bool saysOff = false; //!< has an explicit end of this device
    bool offEndsTheConnection = false; //!< and of its sign-in
    bool beatAfterOff = true; //!< a heartbeat then brings the device back (ruling L11)
    bool setsTheDevice
        = false; //!< a status that is set is a heartbeat too, and "away" the device's
    Milliseconds lease; //!< one heartbeat is good for so long
    bool lastMomentCounts = false; //!< (ruling L09)
    Milliseconds slack{0}; //!< more while the transport answers
    Milliseconds awayLease{0}; //!< instead, of a device that was set to away
    Milliseconds streamEnd{0}; //!< left at most of the lease when the stream ends
    Milliseconds transport{0}; //!< until a machine that stands still is noticed
    Milliseconds graceClean{0};
    Milliseconds graceLost{0};

    // As somebody who watches
    bool pushes = true;
    Sees told; //!< by push
    Sees answered; //!< to a question

    [[nodiscard]] bool canSet(IntentStatus status) const { return settable.contains(status); }
};

//! Those that this build has: without gRPC, userstatus has its REST face only.
[[nodiscard]] const QList<DialectFace> &dialectFaces();
[[nodiscard]] const DialectFace &faceOf(DialectFace::Kind kind);

//! The name of \a login in a dialect.
[[nodiscard]] QString personId(TestServer &server, PersonIdKind kind, const QString &login);

//! What of \a presence is left when it is seen through \a sees.
[[nodiscard]] Sighting seenThrough(const Sees &sees, const Presence &presence);

} // namespace presently::test
