// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/dialectprobeface.h"

#include "tests/support/dialectprobedevices.h"
#include "tests/support/dialectprobefriends.h"
#include "tests/support/dialectprobemtchat.h"
#include "tests/support/dialectprobepolling.h"
#include "tests/support/dialectprobestatusrest.h"
#include "tests/support/testserver.h"
#ifdef PRESENTLY_TESTS_GRPC
#include "tests/support/dialectprobestatus.h"
#endif

#include <algorithm>

namespace presently::test {

using namespace std::chrono_literals;
using Kind = DialectFace::Kind;

namespace {

constexpr Sees Everything{true, true, true, true, true, true, 1ms};
constexpr Sees PresenceOrAbsence{};

DialectFace mtchat()
{
    return {.kind = Kind::Mtchat,
        .name = "mtchat",
        .ids = PersonIdKind::Mtchat,
        .link = Link::Socket,
        .settable = {IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible},
        .setsText = true,
        .saysOff = true,
        .lease = 60s,
        .slack = 15s,
        .transport = 26s,
        .graceClean = 3s,
        .graceLost = 10s,
        .told = Everything,
        .answered = Everything};
}

DialectFace friends()
{
    return {.kind = Kind::Friends,
        .name = "friends",
        .ids = PersonIdKind::ObjectId,
        .link = Link::Socket,
        .settable = {},
        .saysOff = true,
        .offEndsTheConnection = true,
        .lease = 60s,
        .slack = 15s,
        .transport = 26s,
        .graceClean = 3s,
        .graceLost = 10s,
        .told = PresenceOrAbsence,
        .answered = PresenceOrAbsence};
}

DialectFace userStatus()
{
    return {.kind = Kind::UserStatus,
        .name = "userstatus",
        .ids = PersonIdKind::UserStatus,
        .link = Link::Stream,
        .settable = {IntentStatus::Away},
        .saysOff = true,
        .beatAfterOff = false,
        .setsTheDevice = true,
        .lease = 30s,
        .awayLease = 600s,
        .streamEnd = 15s,
        .told = {.away = true},
        .answered = {.away = true, .lastSeen = 1s}};
}

DialectFace userStatusRest()
{
    DialectFace face = userStatus();
    face.kind = Kind::UserStatusRest;
    face.name = "userstatus over REST";
    face.link = Link::None;
    face.settable = {IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible};
    face.streamEnd = 0s;
    face.pushes = false;
    face.answered = {.away = true, .busy = true, .lastSeen = 1ms};
    return face;
}

DialectFace polling()
{
    return {.kind = Kind::Polling,
        .name = "polling",
        .ids = PersonIdKind::Polling,
        .settable = {},
        .saysOff = true,
        .lease = 300s,
        .lastMomentCounts = true,
        .pushes = false,
        .told = PresenceOrAbsence,
        .answered = PresenceOrAbsence};
}

DialectFace devicesA()
{
    return {.kind = Kind::DevicesA,
        .name = "devices (A)",
        .ids = PersonIdKind::ObjectId,
        .link = Link::Socket,
        .settable = {IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible},
        .setsText = true,
        .lease = 120s,
        .transport = 26s,
        .graceClean = 3s,
        .graceLost = 10s,
        .told = Everything,
        .answered = {true, true, true, true, true, false, 1ms}};
}

DialectFace devicesB()
{
    DialectFace face = devicesA();
    face.kind = Kind::DevicesB;
    face.name = "devices (B)";
    face.told = face.answered
        = {.away = true, .busy = true, .text = true, .lastSeen = Milliseconds{1}};
    return face;
}

QList<DialectFace> makeFaces()
{
    QList<DialectFace> faces{mtchat(), friends()};
#ifdef PRESENTLY_TESTS_GRPC
    faces.append(userStatus());
#endif
    return faces << userStatusRest() << polling() << devicesA() << devicesB();
}

Status statusThrough(const Sees &sees, Status status)
{
    const bool isHidden
        = (status == Status::Away && !sees.away) || (status == Status::Busy && !sees.busy);
    return isHidden ? Status::Online : status;
}

} // namespace

const QList<DialectFace> &dialectFaces()
{
    static const QList<DialectFace> faces = makeFaces();
    return faces;
}

const DialectFace &faceOf(Kind kind)
{
    return *std::ranges::find(dialectFaces(), kind, &DialectFace::kind);
}

QString personId(TestServer &server, PersonIdKind kind, const QString &login)
{
    const auto person = server.database().people().find(server.key(login));
    return person ? idOfKind(person->ids, kind) : QString();
}

Sighting seenThrough(const Sees &sees, const Presence &presence)
{
    Sighting seen;
    seen.status = statusThrough(sees, presence.status);
    if (sees.text)
        seen.text = presence.customMessage;
    if (sees.autoAway)
        seen.autoAway = presence.autoAway;
    if (sees.devices)
        seen.devices = presence.deviceCount;
    if (sees.reason)
        seen.reason = presence.reason;
    if (sees.lastSeen > 0ms) {
        const Milliseconds at = presence.lastSeen.value_or(Sighting::Never).time_since_epoch();
        seen.lastSeen = WallTime{at - at % sees.lastSeen};
    }
    return seen;
}

std::unique_ptr<DialectProbe> makeProbe(
    const DialectFace &face, TestServer &server, const QString &login, const QString &device)
{
    switch (face.kind) {
    case Kind::Mtchat:
        return std::make_unique<MtchatProbe>(server, login, device);
    case Kind::Friends:
        return std::make_unique<FriendsProbe>(server, login, device);
    case Kind::UserStatus:
#ifdef PRESENTLY_TESTS_GRPC
        return std::make_unique<StatusProbe>(server, login, device);
#else
        return nullptr;
#endif
    case Kind::UserStatusRest:
        return std::make_unique<StatusRestProbe>(server, login, device);
    case Kind::Polling:
        return std::make_unique<PollingProbe>(server, login, device);
    case Kind::DevicesA:
        return std::make_unique<DevicesProbe>(server, login, device, DevicesProbe::Words::A);
    case Kind::DevicesB:
        return std::make_unique<DevicesProbe>(server, login, device, DevicesProbe::Words::B);
    }
    return nullptr;
}

} // namespace presently::test
