// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/api/broadcaster.h"
#include "tests/integration/userstatus/statuspeer.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_GrpcStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheStateOfEachAndGoesOnWithChanges();
    void onlyAnotherStatusIsAnEvent();
    void watchingMakesNobodyOnline();
    void anEmptyListWatchesEverybodyOneMaySee();
    void whoMayNotBeSeenIsOfflineWithoutATime();
    void oneselfIsToldWhenWatched();
    void hidingLooksLikeLeavingAndStaysSo();
    void offlineIsNotSaidWhileItIsHeldBack();
    void whoComesIntoViewIsTold();
    void severalStreamsOfOnePersonAreIndependent();
    void theEndOfAStreamLeavesFifteenSeconds_data();
    void theEndOfAStreamLeavesFifteenSeconds();
    void theLastStreamOfADeviceCounts();
    void aStreamStandsBehindItsOwnDeviceAlone();
    void endsWithItsToken();
    void endsWithItsSessionAndTheDeviceIsGone();
    void endsWithItsAccount();
    void aDeviceThatHadToGoLosesItsStreams();
    void onePersonHasOnlySoManyStreams();
    void aReaderThatIsTooSlowIsEnded();
    void theServerSaysThatItGoesDown();
    void aServerThatDiesTakesItsStreamsWithIt();
};

void tst_GrpcStreams::beginsWithTheStateOfEachAndGoesOnWithChanges()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    StatusPeer chi(server, u"chi"_s);
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    const WallTime start = server.manualClock().wallNow();
    server.advance(5s);
    const auto stream = ana.watch({bao.ownId(), chi.ownId(), bao.ownId()});
    QVERIFY(stream->waitForEvents(2));
    const QList<StatusEvent> first = stream->events();
    QCOMPARE(first.at(0), (StatusEvent{bao.ownId(), WireStatus::Away, start}));
    QCOMPARE(first.at(1), (StatusEvent{chi.ownId(), WireStatus::Offline, {}}));
    QVERIFY(chi.set(WireStatus::Online).status.ok());
    QVERIFY(stream->waitForEvents(3));
    QCOMPARE(stream->events().at(2), (StatusEvent{chi.ownId(), WireStatus::Online, start + 5s}));
    server.advance(30s);
    QVERIFY(stream->waitForEvents(4));
    QCOMPARE(stream->events().at(3), (StatusEvent{chi.ownId(), WireStatus::Offline, start + 35s}));
    QCOMPARE(stream->countOf(bao.ownId()), 1);
}

void tst_GrpcStreams::onlyAnotherStatusIsAnEvent()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s, "one");
    StatusPeer other(server, u"bao"_s, "two");
    const auto stream = ana.watch({bao.ownId()});
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Offline));
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Online));
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(bao.beat().status.ok());
    QVERIFY(other.set(WireStatus::Online).status.ok()); // a device more
    server.wish(u"bao"_s, IntentStatus::Busy); // online in the words of this wire
    server.wish(u"bao"_s, IntentStatus::Auto);
    QVERIFY(bao.set(WireStatus::Offline).status.ok());
    QVERIFY(other.set(WireStatus::Away).status.ok());
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Away));
    QCOMPARE(stream->countOf(bao.ownId()), 3);
}

void tst_GrpcStreams::watchingMakesNobodyOnline()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto stream = ana.watch({});
    QVERIFY(stream->waitForEvents(3));
    QCOMPARE(server.shown(u"ana"_s), Status::Offline);
    QVERIFY(server.server().explain(server.key(u"ana"_s)).devices.empty());
}

void tst_GrpcStreams::anEmptyListWatchesEverybodyOneMaySee()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto stream = ana.watch({});
    QVERIFY(stream->waitForEvents(3));
    QStringList ids;
    for (const StatusEvent &event : stream->events())
        ids.append(event.userId);
    ids.sort();
    QStringList expected{
        server.statusId(u"bao"_s), server.statusId(u"chi"_s), server.statusId(u"dan"_s)};
    expected.sort();
    QCOMPARE(ids, expected);
}

void tst_GrpcStreams::whoMayNotBeSeenIsOfflineWithoutATime()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer eve(server, u"eve"_s);
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(eve.set(WireStatus::Online).status.ok());
    const auto stream = ana.watch({eve.ownId(), u"user_4711"_s, bao.ownId()});
    QVERIFY(stream->waitForEvents(3));
    QCOMPARE(stream->events().at(0), (StatusEvent{eve.ownId(), WireStatus::Offline, {}}));
    QCOMPARE(stream->events().at(1), (StatusEvent{u"user_4711"_s, WireStatus::Offline, {}}));
    QVERIFY(eve.set(WireStatus::Away).status.ok());
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Online));
    QCOMPARE(stream->countOf(eve.ownId()), 1);
}

void tst_GrpcStreams::oneselfIsToldWhenWatched()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto stream = ana.watch({ana.ownId()});
    QVERIFY(stream->waitFor(ana.ownId(), WireStatus::Offline));
    server.wish(u"ana"_s, IntentStatus::Invisible);
    QVERIFY(ana.set(WireStatus::Online).status.ok());
    QVERIFY(stream->waitFor(ana.ownId(), WireStatus::Online)); // to oneself nothing is disguised
    QCOMPARE(server.shown(u"ana"_s), Status::Offline);
}

void tst_GrpcStreams::hidingLooksLikeLeavingAndStaysSo()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    StatusPeer chi(server, u"chi"_s);
    const auto stream = ana.watch({bao.ownId(), chi.ownId()});
    QVERIFY(stream->waitForEvents(2));
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(chi.set(WireStatus::Online).status.ok());
    QVERIFY(stream->waitForEvents(4));
    server.advance(3s);
    server.wish(u"bao"_s, IntentStatus::Invisible);
    QVERIFY(chi.set(WireStatus::Offline).status.ok());
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Offline));
    QVERIFY(stream->waitFor(chi.ownId(), WireStatus::Offline));
    QCOMPARE(stream->last(bao.ownId())->timestamp, stream->last(chi.ownId())->timestamp);
    const qsizetype told = stream->countOf(bao.ownId());
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    QVERIFY(bao.set(WireStatus::Offline).status.ok());
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    server.advance(10s);
    QVERIFY(bao.beat().status.ok());
    QVERIFY(chi.set(WireStatus::Online).status.ok());
    QVERIFY(stream->waitFor(chi.ownId(), WireStatus::Online));
    QCOMPARE(stream->countOf(bao.ownId()), told);
    server.wish(u"bao"_s, IntentStatus::Auto);
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Online));
}

void tst_GrpcStreams::offlineIsNotSaidWhileItIsHeldBack()
{
    StatusServer server(ServerTime::Manual);
    server.options.presence.holdBack = 45s;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    const auto stream
        = ana.watch({server.statusId(u"chi"_s), server.statusId(u"eve"_s), bao.ownId()});
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Online));
    QCOMPARE(stream->events().size(), 1); // neither of a contact nor of a stranger
    StatusPeer chi(server, u"chi"_s);
    QVERIFY(chi.set(WireStatus::Away).status.ok());
    QVERIFY(stream->waitFor(chi.ownId(), WireStatus::Away));
    server.advance(44'999ms);
    QCOMPARE(stream->countOf(server.statusId(u"eve"_s)), 0);
    server.advance(1ms);
    QVERIFY(stream->waitFor(server.statusId(u"eve"_s), WireStatus::Offline));
    QVERIFY(stream->waitFor(bao.ownId(), WireStatus::Offline)); // silent since then
    QCOMPARE(stream->countOf(chi.ownId()), 1);
}

void tst_GrpcStreams::whoComesIntoViewIsTold()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer eve(server, u"eve"_s);
    QVERIFY(eve.set(WireStatus::Away).status.ok());
    const auto everybody = ana.watch({});
    const auto named = ana.watch({eve.ownId()});
    const auto hers = eve.watch({ana.ownId()});
    QVERIFY(everybody->waitForEvents(3));
    QVERIFY(named->waitForEvents(1));
    QVERIFY(hers->waitForEvents(1));
    QVERIFY(ana.set(WireStatus::Online).status.ok());
    auto &broadcaster = server.server().broadcaster();
    const PersonKey key = server.key(u"eve"_s);
    broadcaster.participantJoined(server.lunch(), key, server.id(u"eve"_s), {});
    QVERIFY(everybody->waitFor(eve.ownId(), WireStatus::Away));
    QVERIFY(named->waitFor(eve.ownId(), WireStatus::Away));
    QVERIFY(hers->waitFor(ana.ownId(), WireStatus::Online));
    QVERIFY(eve.set(WireStatus::Online).status.ok());
    QVERIFY(everybody->waitFor(eve.ownId(), WireStatus::Online));
    broadcaster.participantLeft(server.lunch(), key, server.id(u"eve"_s), {});
    for (const auto *stream : {everybody.get(), named.get()}) {
        QVERIFY(stream->waitFor(eve.ownId(), WireStatus::Offline));
        QVERIFY(!stream->last(eve.ownId())->timestamp);
    }
    QVERIFY(hers->waitFor(ana.ownId(), WireStatus::Offline));
    const qsizetype told = named->countOf(eve.ownId());
    QVERIFY(eve.set(WireStatus::Away).status.ok());
    QVERIFY(StatusPeer(server, u"bao"_s).set(WireStatus::Online).status.ok());
    QVERIFY(everybody->waitFor(server.statusId(u"bao"_s), WireStatus::Online));
    QCOMPARE(named->countOf(eve.ownId()), told);
    QCOMPARE(everybody->last(eve.ownId())->status, WireStatus::Offline);
}

void tst_GrpcStreams::severalStreamsOfOnePersonAreIndependent()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    const QString chi = server.statusId(u"chi"_s);
    const auto first = ana.watch({bao.ownId()});
    const auto second = ana.watch({bao.ownId(), chi});
    QVERIFY(first->waitForEvents(1));
    QVERIFY(second->waitForEvents(2));
    first->cancel();
    QCOMPARE(first->waitForEnd(), grpc::StatusCode::CANCELLED);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(second->waitFor(bao.ownId(), WireStatus::Online));
    QCOMPARE(first->events().size(), 1);
}

void tst_GrpcStreams::theEndOfAStreamLeavesFifteenSeconds_data()
{
    QTest::addColumn<int>("away");
    QTest::addColumn<int>("aliveFor");
    QTest::addColumn<int>("left");
    QTest::newRow("fresh") << 0 << 1 << 15'000;
    QTest::newRow("with less than that to live") << 0 << 20 << 10'000;
    QTest::newRow("away for ten minutes") << 1 << 1 << 15'000;
}

void tst_GrpcStreams::theEndOfAStreamLeavesFifteenSeconds()
{
    QFETCH(int, away);
    QFETCH(int, aliveFor);
    QFETCH(int, left);
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(bao.set(away != 0 ? WireStatus::Away : WireStatus::Online).status.ok());
    auto stream = bao.watch({});
    QVERIFY(stream->waitForEvents(2));
    server.advance(std::chrono::seconds(aliveFor));
    stream.reset(); // cancelled
    const PersonKey key = server.key(u"bao"_s);
    const auto binding = [&] { return server.server().explain(key).devices.front().binding; };
    QTRY_VERIFY(binding() == Binding::Detached);
    server.advance(Milliseconds(left - 1));
    QVERIFY(server.shown(u"bao"_s) != Status::Offline);
    server.advance(1ms);
    QCOMPARE(server.shown(u"bao"_s), Status::Offline);
}

void tst_GrpcStreams::theLastStreamOfADeviceCounts()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    auto first = bao.watch({});
    auto second = bao.watch({});
    QVERIFY(first->waitForEvents(2));
    QVERIFY(second->waitForEvents(2));
    QVERIFY(bao.set(WireStatus::Away).status.ok()); // after the streams, and still theirs
    const auto binding
        = [&] { return server.server().explain(server.key(u"bao"_s)).devices.front().binding; };
    QVERIFY(binding() == Binding::Attached);
    first.reset();
    server.advance(60s);
    QVERIFY(bao.beat().status.ok());
    QVERIFY(binding() == Binding::Attached);
    QCOMPARE(server.shown(u"bao"_s), Status::Away);
    second.reset();
    QTRY_VERIFY(binding() == Binding::Detached);
    server.advance(15s);
    QCOMPARE(server.shown(u"bao"_s), Status::Offline);
}

void tst_GrpcStreams::aStreamStandsBehindItsOwnDeviceAlone()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer desk(server, u"bao"_s, "desk");
    StatusPeer phone(server, u"bao"_s, "phone");
    QVERIFY(desk.set(WireStatus::Online).status.ok());
    QVERIFY(phone.set(WireStatus::Online).status.ok());
    auto stream = desk.watch({});
    QVERIFY(stream->waitForEvents(2));
    stream.reset();
    const auto attached = [&] {
        const auto devices = server.server().explain(server.key(u"bao"_s)).devices;
        return std::count_if(devices.begin(), devices.end(),
            [](const auto &device) { return device.binding == Binding::Attached; });
    };
    QTRY_COMPARE(attached(), 0);
    server.advance(15s);
    QCOMPARE(server.shown(u"bao"_s), Status::Online); // by the phone
    server.advance(15s);
    QCOMPARE(server.shown(u"bao"_s), Status::Offline);
}

void tst_GrpcStreams::endsWithItsToken()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto stream = ana.watch({});
    QVERIFY(stream->waitForEvents(3));
    server.advance(1h - 1ms);
    QVERIFY(ana.beat().status.ok());
    QVERIFY(!stream->hasEnded());
    server.advance(1ms);
    QCOMPARE(stream->waitForEnd(), grpc::StatusCode::UNAUTHENTICATED);
}

void tst_GrpcStreams::endsWithItsSessionAndTheDeviceIsGone()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const auto grant = server.grant(u"bao"_s, u"phone"_s);
    StatusPeer bao(server, u"bao"_s, {}, grant.token);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    const auto stream = bao.watch({});
    StatusPeer ana(server, u"ana"_s);
    const auto anas = ana.watch({bao.ownId()});
    QVERIFY(stream->waitForEvents(2));
    QVERIFY(anas->waitFor(bao.ownId(), WireStatus::Online));
    QNetworkAccessManager network;
    const QString path = u"/api/v1/sessions/"_s + grant.session.value;
    auto *reply = network.deleteResource(server.request(path, server.token(u"bao"_s)));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(stream->waitForEnd(), grpc::StatusCode::UNAUTHENTICATED);
    QVERIFY(anas->waitFor(bao.ownId(), WireStatus::Offline));
    // Signed in again, the same device needs no more than a heartbeat.
    StatusPeer again(server, u"bao"_s, {}, server.grant(u"bao"_s, u"phone"_s).token);
    QVERIFY(again.beat().response.success());
    QVERIFY(anas->waitFor(bao.ownId(), WireStatus::Online));
    delete reply;
}

void tst_GrpcStreams::endsWithItsAccount()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    const auto baos = bao.watch({});
    const auto anas = ana.watch({});
    QVERIFY(baos->waitForEvents(2));
    QVERIFY(anas->waitFor(bao.ownId(), WireStatus::Online));
    const PersonKey key = server.key(u"bao"_s);
    QVERIFY(server.database().people().remove(key));
    server.server().broadcaster().personRemoved(key);
    QCOMPARE(baos->waitForEnd(), grpc::StatusCode::UNAUTHENTICATED);
    QVERIFY(anas->waitFor(bao.ownId(), WireStatus::Offline));
    QCOMPARE(bao.beat().code(), grpc::StatusCode::UNAUTHENTICATED);
}

void tst_GrpcStreams::aDeviceThatHadToGoLosesItsStreams()
{
    StatusServer server(ServerTime::Manual);
    server.options.limits.devicesPerUser = 2;
    QVERIFY(server.start());
    StatusPeer oldest(server, u"bao"_s, "one");
    StatusPeer second(server, u"bao"_s, "two");
    StatusPeer third(server, u"bao"_s, "three");
    QVERIFY(oldest.set(WireStatus::Online).status.ok());
    const auto first = oldest.watch({});
    const auto other = second.watch({});
    QVERIFY(first->waitForEvents(2));
    QVERIFY(other->waitForEvents(2));
    QVERIFY(second.set(WireStatus::Online).status.ok());
    QVERIFY(third.set(WireStatus::Online).status.ok());
    QCOMPARE(first->waitForEnd(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    QVERIFY(!other->hasEnded());
    QCOMPARE(server.server().explain(server.key(u"bao"_s)).devices.size(), std::size_t(2));
}

void tst_GrpcStreams::onePersonHasOnlySoManyStreams()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    std::vector<std::unique_ptr<StreamPeer>> streams;
    for (int i = 0; i < 20; ++i)
        streams.push_back(ana.watch({ana.ownId()}));
    for (const auto &stream : streams)
        QVERIFY(stream->waitForEvents(1));
    QCOMPARE(ana.watch({ana.ownId()})->waitForEnd(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    streams.pop_back();
    // Its place is free once the server has heard of it.
    bool found = false;
    for (int attempt = 0; attempt < 20 && !found; ++attempt)
        found = ana.watch({ana.ownId()})->waitForEvents(1, 200);
    QVERIFY(found);
    QVERIFY(StatusPeer(server, u"bao"_s).watch({})->waitForEvents(2));
}

void tst_GrpcStreams::aReaderThatIsTooSlowIsEnded()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer other(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    const auto slow = ana.watch({bao.ownId()});
    const auto fast = other.watch({bao.ownId()});
    QVERIFY(slow->waitForEvents(1));
    QVERIFY(fast->waitForEvents(1));
    slow->pause();
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    // What is not read piles up: first on the way, then in the server, which keeps 1,024 of them.
    constexpr int changes = 8'000;
    constexpr int step = 50;
    for (int change = 0; change < changes; ++change) {
        server.wish(u"bao"_s, change % 2 == 0 ? IntentStatus::Away : IntentStatus::Auto);
        if (change % step == step - 1)
            QVERIFY(fast->waitForEvents(change));
    }
    QVERIFY(!fast->hasEnded());
    slow->resume();
    QCOMPARE(slow->waitForEnd(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    server.wish(u"bao"_s, IntentStatus::Busy);
    QVERIFY(fast->waitFor(bao.ownId(), WireStatus::Online));
}

void tst_GrpcStreams::theServerSaysThatItGoesDown()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto stream = ana.watch({});
    QVERIFY(stream->waitForEvents(3));
    server.server().stop();
    QCOMPARE(stream->waitForEnd(), grpc::StatusCode::UNAVAILABLE);
    // What comes now is ended by us or, a moment later, by gRPC itself.
    const grpc::StatusCode late = ana.beat().code();
    QVERIFY(late == grpc::StatusCode::UNAVAILABLE || late == grpc::StatusCode::CANCELLED);
    server.kill();
}

void tst_GrpcStreams::aServerThatDiesTakesItsStreamsWithIt()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto stream = ana.watch({});
    const auto unread = ana.watch({});
    QVERIFY(stream->waitForEvents(3));
    unread->pause();
    server.kill();
    QCOMPARE(stream->waitForEnd(), grpc::StatusCode::UNAVAILABLE);
}

QTEST_GUILESS_MAIN(tst_GrpcStreams)
#include "tst_grpcstreams.moc"
