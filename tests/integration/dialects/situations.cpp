// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/situations.h"

namespace presently::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds moment = 1ms;

bool anywhere(const DialectFace &)
{
    return true;
}
bool overASocket(const DialectFace &face)
{
    return face.link == Link::Socket;
}

// What bao does, each with what is true afterwards

void comes(Stage &stage)
{
    stage.isThere();
    stage.isSeen();
    stage.step(u"bao comes"_s, [&] { return stage.actor().arrive(); });
    stage.pass(2s);
}

void sets(Stage &stage, IntentStatus wish, Status status, const QString &text = {})
{
    stage.isThere(status);
    stage.truth().customMessage = text;
    if (stage.face().setsTheDevice)
        stage.isSeen();
    stage.step(u"bao sets it"_s, [&] { return stage.actor().setStatus(wish, text); });
    stage.pass(2s);
}

void beats(Stage &stage, const QString &what = u"bao beats"_s)
{
    if (stage.truth().status != Status::Offline)
        stage.isSeen();
    stage.step(what, [&] { return stage.actor().beat(); });
}

//! Nobody hears of bao for as long as bao's last heartbeat is good, to the moment.
void fallsOutAfter(Stage &stage, Milliseconds lifetime)
{
    stage.passing(u"a moment is left"_s, lifetime - moment);
    if (!stage.face().lastMomentCounts)
        stage.isGone(OfflineReason::Inactive);
    stage.passing(u"the last moment"_s, moment);
    stage.isGone(OfflineReason::Inactive);
    stage.passing(u"a moment later"_s, moment);
}

Milliseconds silenceOf(const DialectFace &face)
{
    return face.lease + face.slack;
}

//! Through the explicit end, or what comes nearest to it.
void leaves(Stage &stage, DialectProbe &probe, int left)
{
    const bool saysOff = stage.face().saysOff;
    stage.isSeen();
    if (left > 0)
        stage.isThere(Status::Online, left);
    else
        stage.isGone(saysOff ? OfflineReason::Manual : OfflineReason::Disconnected);
    stage.step(left > 0 ? u"one device leaves"_s : u"the last device leaves"_s, [&, saysOff] {
        if (saysOff)
            return probe.sayOff();
        const bool ended = stage.endLink(probe, [&] { probe.closeCleanly(); });
        stage.pass(stage.face().graceClean);
        return ended;
    });
    stage.pass(2s);
}

// Situations

void online(Stage &stage)
{
    stage.step(u"nobody has come yet"_s, [] { return true; });
    comes(stage);
    beats(stage);
}

void away(Stage &stage)
{
    comes(stage);
    sets(stage, IntentStatus::Away, Status::Away);
    beats(stage);
    sets(stage, IntentStatus::Auto, Status::Online);
}

void busy(Stage &stage)
{
    comes(stage);
    sets(stage, IntentStatus::Busy, Status::Busy);
    beats(stage);
    sets(stage, IntentStatus::Auto, Status::Online);
}

void invisible(Stage &stage)
{
    comes(stage);
    stage.isGone(OfflineReason::Manual);
    stage.isSeen();
    stage.step(u"bao becomes invisible"_s,
        [&] { return stage.actor().setStatus(IntentStatus::Invisible); });
    stage.pass(5s);
    stage.step(u"bao beats unseen"_s, [&] { return stage.actor().beat(); });
    stage.step(u"a second device comes unseen"_s, [&] { return stage.second().arrive(); });
    stage.pass(2s);
    stage.isThere(Status::Online, 2);
    stage.isSeen();
    stage.step(u"bao appears"_s, [&] { return stage.actor().setStatus(IntentStatus::Auto); });
}

void text(Stage &stage)
{
    comes(stage);
    sets(stage, IntentStatus::Auto, Status::Online, u"out for lunch"_s);
    sets(stage, IntentStatus::Auto, Status::Online, u"back at two"_s);
    sets(stage, IntentStatus::Busy, Status::Busy, u"back at two"_s);
    sets(stage, IntentStatus::Auto, Status::Online);
}

void leaseEnds(Stage &stage)
{
    stage.quietly([&] { return stage.actor().signIn() && stage.actor().connect(); });
    stage.isThere();
    stage.isSeen();
    stage.step(u"bao comes"_s, [&] { return stage.actor().beat(); });
    fallsOutAfter(stage, silenceOf(stage.face()));
}

void leaseIsRenewed(Stage &stage)
{
    stage.isThere();
    stage.isSeen();
    stage.step(u"bao comes"_s, [&] { return stage.actor().arrive(); });
    for (int i = 0; i < 3; ++i) {
        stage.pass(stage.face().lease / 2);
        beats(stage);
    }
    fallsOutAfter(stage, silenceOf(stage.face()));
}

void awayEnds(Stage &stage)
{
    comes(stage);
    stage.isThere(Status::Away);
    stage.isSeen();
    stage.step(u"bao sets away"_s, [&] { return stage.actor().setStatus(IntentStatus::Away); });
    fallsOutAfter(stage, stage.face().awayLease);
}

void standsStill(Stage &stage)
{
    stage.isThere();
    stage.isSeen();
    stage.step(u"bao comes"_s, [&] { return stage.actor().arrive(); });
    stage.quietly([&] {
        stage.actor().fallSilent();
        return true;
    });
    const DialectFace &face = stage.face();
    stage.passing(u"a moment is left"_s, face.transport + face.graceLost - moment);
    stage.isGone(OfflineReason::Disconnected);
    stage.passing(u"a moment later"_s, moment);
}

void ends(Stage &stage, const std::function<void()> &how, CloseKind kind)
{
    const DialectFace &face = stage.face();
    const bool isClean = kind == CloseKind::Clean;
    comes(stage);
    if (isClean && face.link == Link::Socket)
        stage.isSeen();
    stage.step(u"the connection ends"_s, [&] { return stage.endLink(stage.actor(), how); });
    const Milliseconds left = face.link == Link::Stream ? face.streamEnd
        : isClean                                       ? face.graceClean
                                                        : face.graceLost;
    stage.passing(u"a moment is left"_s, left - moment);
    stage.isGone(face.link == Link::Stream ? OfflineReason::Inactive : OfflineReason::Disconnected);
    stage.passing(u"a moment later"_s, moment);
}

void closesCleanly(Stage &stage)
{
    ends(
        stage, [&] { stage.actor().closeCleanly(); }, CloseKind::Clean);
}

void losesTheLink(Stage &stage)
{
    ends(
        stage, [&] { stage.actor().loseLink(); }, CloseKind::Lost);
}

void returns(Stage &stage, const std::function<void()> &how, Milliseconds after)
{
    comes(stage);
    stage.quietly([&] { return stage.endLink(stage.actor(), how); });
    stage.passing(u"the grace runs"_s, after);
    stage.isSeen();
    stage.step(u"the same device is back"_s,
        [&] { return stage.actor().connect() && stage.actor().beat(); });
    stage.passing(u"the grace would be over"_s, stage.face().graceLost + stage.face().streamEnd);
}

void returnsAfterClose(Stage &stage)
{
    returns(
        stage,
        [&] {
            stage.actor().closeCleanly();
            stage.isSeen();
        },
        1s);
}

void returnsAfterLoss(Stage &stage)
{
    returns(
        stage, [&] { stage.actor().loseLink(); }, 8s);
}

void devices(Stage &stage)
{
    comes(stage);
    stage.isThere(Status::Online, 2);
    stage.isSeen();
    stage.step(u"a second device comes"_s, [&] {
        const bool came = stage.second().arrive();
        stage.pass(1s); // a count is told once a second
        return came;
    });
    leaves(stage, stage.actor(), 1);
    leaves(stage, stage.second(), 0);
}

void revives(Stage &stage)
{
    comes(stage);
    stage.isGone(OfflineReason::Inactive);
    stage.passing(u"bao's lease has run out"_s, silenceOf(stage.face()));
    stage.pass(20s);
    stage.isThere();
    stage.isSeen();
    stage.step(u"a late heartbeat"_s, [&] { return stage.actor().beat(); });
}

bool hasOff(const DialectFace &face)
{
    return face.saysOff;
}

void saysOff(Stage &stage)
{
    comes(stage);
    leaves(stage, stage.actor(), 0);
    if (stage.face().offEndsTheConnection)
        return;
    if (stage.face().beatAfterOff) {
        stage.isThere();
        stage.isSeen();
        stage.step(u"a heartbeat after it"_s, [&] { return stage.actor().beat(); });
        return;
    }
    stage.step(u"a heartbeat after it"_s, [&] { return !stage.actor().beat(); });
    stage.isThere();
    stage.isSeen();
    stage.step(u"bao sets online"_s, [&] { return stage.actor().setStatus(IntentStatus::Auto); });
}

//! Over a restart, a lease with a connection is lost; nobody may guess what became of it.
void loses(Stage &stage)
{
    if (stage.face().link == Link::None)
        return;
    stage.isGone(OfflineReason::None);
    stage.isKnown(Knowledge::None);
}

void restartAndReturn(Stage &stage)
{
    comes(stage);
    stage.restart();
    loses(stage);
    stage.step(u"the server is back"_s, [] { return true; });
    stage.pass(5s);
    stage.isThere();
    stage.isSeen();
    stage.step(u"bao is back"_s, [&] { return stage.actor().connect() && stage.actor().beat(); });
    stage.pass(20s);
    beats(stage);
    stage.pass(20s);
    beats(stage);
    stage.passing(u"the hold-back is over"_s, 5s);
}

void restartAndNobody(Stage &stage)
{
    comes(stage);
    stage.restart();
    loses(stage);
    stage.step(u"the server is back"_s, [] { return true; });
    stage.passing(u"a moment of the hold-back is left"_s, 45s - moment);
    // 2 s had passed before the restart.
    if (stage.face().link != Link::None)
        stage.isKnown(Knowledge::AbsenceOnly);
    else if (stage.face().lease <= 47s)
        stage.isGone(OfflineReason::Inactive);
    stage.passing(u"the hold-back is over"_s, moment);
}

bool setsAway(const DialectFace &face)
{
    return face.canSet(IntentStatus::Away);
}
bool setsBusy(const DialectFace &face)
{
    return face.canSet(IntentStatus::Busy);
}
bool setsInvisible(const DialectFace &face)
{
    return face.canSet(IntentStatus::Invisible);
}
bool setsText(const DialectFace &face)
{
    return face.setsText;
}
bool leasesAway(const DialectFace &face)
{
    return face.awayLease > 0ms;
}
bool hasLink(const DialectFace &face)
{
    return face.link != Link::None;
}

} // namespace

const std::vector<Situation> &situations()
{
    static const std::vector<Situation> all{
        {"online", anywhere, online},
        {"away", setsAway, away},
        {"busy", setsBusy, busy},
        {"invisible", setsInvisible, invisible},
        {"text", setsText, text},
        {"lease ends", anywhere, leaseEnds},
        {"lease is renewed", anywhere, leaseIsRenewed},
        {"away lease ends", leasesAway, awayEnds},
        {"machine stands still", overASocket, standsStill},
        {"clean close", hasLink, closesCleanly},
        {"lost link", hasLink, losesTheLink},
        {"back within the grace of a close", overASocket, returnsAfterClose},
        {"back within the grace of a loss", hasLink, returnsAfterLoss},
        {"second and last device", anywhere, devices},
        {"revived after the end", anywhere, revives},
        {"explicit off", hasOff, saysOff},
        {"restart, and back", anywhere, restartAndReturn},
        {"restart, and nobody back", anywhere, restartAndNobody},
    };
    return all;
}

} // namespace presently::test
