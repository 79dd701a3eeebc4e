// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "tests/integration/userstatus/statuspeer.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_GrpcCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingOnlineIsSeenByContactsAlone();
    void aLeaseEndsExactlyAtItsLifetime();
    void awayLastsTenMinutesAndHeartbeatsKeepIt();
    void aDeviceThatComesAwayIsNeverSeenOnline();
    void aDeviceThatComesBackFromAwayIsNotSeenAwayAgain();
    void offlineHoldsAgainstHeartbeatsUntilItIsTakenBack();
    void offlineEndsOneDeviceAlone();
    void aHeartbeatMakesALease();
    void busyIsOnlineHere();
    void invisibleCannotBeToldFromSignedOut();
    void whoHidesWhenTheyWereSeenTellsNoTimes();
    void strangersAndNobodyGetTheSameAnswer();
    void manyKeepsOrderAndLength();
    void tooManyIdsAreRefused();
    void nobodyWritesForSomebodyElse();
    void whoeverHasNoGoodTokenIsRefused_data();
    void whoeverHasNoGoodTokenIsRefused();
    void aTokenEndsWithItsTimeAndItsSession();
    void statusesOutsideTheContractAreRefused();
    void deviceNamesAreChecked();
    void theLaterRevisionSwapsTwoNumbers();
    void tooFastIsRefusedWithTheTimeToWait();
    void aLeaseOutlivesARestart();
    void aPortThatIsTakenIsSaid();
};

void tst_GrpcCalls::settingOnlineIsSeenByContactsAlone()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    QVERIFY(server.server().grpcPort() != 0);
    StatusPeer bao(server, u"bao"_s);
    StatusPeer ana(server, u"ana"_s);
    StatusPeer eve(server, u"eve"_s);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Offline);
    const auto set = bao.set(WireStatus::Online);
    QVERIFY2(set.status.ok(), set.status.error_message().c_str());
    QVERIFY(set.response.success());
    QCOMPARE(set.response.message(), std::string("User status updated successfully"));
    const qint64 now = net::userstatus::toSeconds(server.manualClock().wallNow());
    const StatusRow own = net::userstatus::read(set.response.data(), EnumRevision::Seed);
    QCOMPARE(own.userId, bao.ownId());
    QCOMPARE(own.status, WireStatus::Online);
    QCOMPARE(set.response.data().timestamp(), now);

    server.advance(5s);
    const auto seen = ana.get(bao.ownId());
    QVERIFY(seen.response.success());
    QCOMPARE(
        net::userstatus::read(seen.response.data(), EnumRevision::Seed).status, WireStatus::Online);
    QCOMPARE(seen.response.data().last_seen(), now); // the last evidence
    QCOMPARE(seen.response.data().timestamp(), now); // when it began, not when it was read
    QCOMPARE(eve.get(bao.ownId()).code(), grpc::StatusCode::NOT_FOUND);
    QCOMPARE(server.shown(u"bao"_s), Status::Online);
}

void tst_GrpcCalls::aLeaseEndsExactlyAtItsLifetime()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    StatusPeer ana(server, u"ana"_s);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    const qint64 setAt = net::userstatus::toSeconds(server.manualClock().wallNow());
    server.advance(29'999ms);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Online);
    server.advance(1ms);
    const auto gone = ana.get(bao.ownId());
    QCOMPARE(net::userstatus::read(gone.response.data(), EnumRevision::Seed).status,
        WireStatus::Offline);
    QCOMPARE(gone.response.data().last_seen(), setAt); // not when the silence was noticed
    server.advance(1ms);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Offline);
    // A late heartbeat revives.
    const auto late = bao.beat();
    QVERIFY(late.response.success());
    QCOMPARE(late.response.next_heartbeat_in_seconds(), 15);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Online);
}

void tst_GrpcCalls::awayLastsTenMinutesAndHeartbeatsKeepIt()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    StatusPeer ana(server, u"ana"_s);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Away);
    server.advance(599'999ms);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Away);
    QVERIFY(bao.beat().response.success());
    server.advance(599'999ms);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Away);
    server.advance(1ms);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Offline);
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Online);
    server.advance(30s);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Offline);
}

void tst_GrpcCalls::aDeviceThatComesAwayIsNeverSeenOnline()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    QList<Status> seen;
    connect(&server.server().presence(), &net::PresenceService::changed, this,
        [&seen](const PresenceChange &change) { seen.append(change.after.status); });
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    QVERIFY(!seen.isEmpty());
    QCOMPARE(seen.count(Status::Online), 0);
    QCOMPARE(server.shown(u"bao"_s), Status::Away);
}

void tst_GrpcCalls::aDeviceThatComesBackFromAwayIsNotSeenAwayAgain()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    QList<Status> seen;
    connect(&server.server().presence(), &net::PresenceService::changed, this,
        [&seen](const PresenceChange &change) { seen.append(change.after.status); });
    StatusPeer bao(server, u"bao"_s);
    for (const WireStatus status : {WireStatus::Away, WireStatus::Offline, WireStatus::Online,
             WireStatus::Away, WireStatus::Online})
        QVERIFY(bao.set(status).status.ok());
    QCOMPARE(
        seen, (QList{Status::Away, Status::Offline, Status::Online, Status::Away, Status::Online}));
}

void tst_GrpcCalls::offlineHoldsAgainstHeartbeatsUntilItIsTakenBack()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    StatusPeer ana(server, u"ana"_s);
    // Before there ever was a lease, with one, and long after it.
    for (int round = 0; round < 2; ++round) {
        const auto off = bao.set(WireStatus::Offline);
        QVERIFY(off.response.success());
        QCOMPARE(net::userstatus::read(off.response.data(), EnumRevision::Seed).status,
            WireStatus::Offline);
        for (int beat = 0; beat < 2; ++beat) {
            const auto refused = bao.beat();
            QVERIFY(refused.status.ok());
            QVERIFY(!refused.response.success());
            QCOMPARE(refused.response.next_heartbeat_in_seconds(), 0);
            QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Offline);
            server.advance(10min);
        }
        QVERIFY(bao.set(WireStatus::Online).response.success());
        QVERIFY(bao.beat().response.success());
        QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Online);
    }
}

void tst_GrpcCalls::offlineEndsOneDeviceAlone()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer desk(server, u"bao"_s, "desk");
    StatusPeer phone(server, u"bao"_s, "phone");
    StatusPeer ana(server, u"ana"_s);
    QVERIFY(desk.set(WireStatus::Online).status.ok());
    QVERIFY(phone.set(WireStatus::Away).status.ok());
    QCOMPARE(ana.statusOf(desk.ownId()), WireStatus::Online);
    const auto off = desk.set(WireStatus::Offline);
    QCOMPARE(off.response.message(), std::string("still online on 1 other device(s)"));
    QCOMPARE(
        net::userstatus::read(off.response.data(), EnumRevision::Seed).status, WireStatus::Away);
    QCOMPARE(ana.statusOf(desk.ownId()), WireStatus::Away);
    QVERIFY(!desk.beat().response.success());
    QVERIFY(phone.beat().response.success());
    QCOMPARE(phone.set(WireStatus::Offline).response.message(),
        std::string("User status updated successfully"));
    QCOMPARE(ana.statusOf(desk.ownId()), WireStatus::Offline);
}

void tst_GrpcCalls::aHeartbeatMakesALease()
{
    StatusServer server(ServerTime::Manual);
    server.options.dialects.userStatus.lease = 41s;
    server.options.dialects.userStatus.heartbeat = 10s;
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    const auto first = bao.beat();
    QVERIFY(first.response.success());
    QCOMPARE(first.response.next_heartbeat_in_seconds(), 20);
    QCOMPARE(server.shown(u"bao"_s), Status::Online);
    const auto devices = server.server().explain(server.key(u"bao"_s)).devices;
    QCOMPARE(devices.size(), std::size_t(1));
    QCOMPARE(int(devices.front().dialect), int(Dialect::UserStatus));
    QCOMPARE(devices.front().device.value, u"bao-pc"_s); // which signed in
    QCOMPARE(devices.front().type, DeviceType::Desktop);
}

void tst_GrpcCalls::busyIsOnlineHere()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    StatusPeer ana(server, u"ana"_s);
    QVERIFY(bao.beat().status.ok());
    server.wish(u"bao"_s, IntentStatus::Busy);
    QCOMPARE(server.shown(u"bao"_s), Status::Busy);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Online);
    server.wish(u"bao"_s, IntentStatus::Away);
    QCOMPARE(ana.statusOf(bao.ownId()), WireStatus::Away);
}

void tst_GrpcCalls::invisibleCannotBeToldFromSignedOut()
{
    // bao hides and chi leaves in the same moment; then both go on in their own way.
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    StatusPeer chi(server, u"chi"_s);
    StatusPeer ana(server, u"ana"_s);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QVERIFY(chi.set(WireStatus::Online).status.ok());
    server.advance(7s);
    server.wish(u"bao"_s, IntentStatus::Invisible);
    QVERIFY(chi.set(WireStatus::Offline).status.ok());
    const auto looksLike = [&](const QString &id) {
        auto single = ana.get(id).response;
        auto many = ana.getMany({id}).response;
        single.mutable_data()->set_user_id("x");
        many.mutable_data(0)->set_user_id("x");
        return QByteArray::fromStdString(single.SerializeAsString() + many.SerializeAsString());
    };
    for (int step = 0; step < 4; ++step) {
        QCOMPARE(looksLike(bao.ownId()).toHex(), looksLike(chi.ownId()).toHex());
        server.advance(20s);
        QVERIFY(bao.beat().response.success());
        QVERIFY(bao.set(step % 2 == 0 ? WireStatus::Away : WireStatus::Online).status.ok());
    }
    // To oneself nothing is disguised.
    QCOMPARE(bao.statusOf(bao.ownId()), WireStatus::Online);
}

void tst_GrpcCalls::whoHidesWhenTheyWereSeenTellsNoTimes()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    StatusPeer ana(server, u"ana"_s);
    const qint64 hour = net::userstatus::toSeconds(server.manualClock().wallNow());
    server.advance(10min);
    const auto check = [&](LastSeenDetail detail, qint64 told) {
        PresencePreferences preferences;
        preferences.lastSeen = detail;
        server.server().presence().setPreferences(server.key(u"bao"_s), preferences);
        for (const WireStatus status : {WireStatus::Online, WireStatus::Offline}) {
            QVERIFY(bao.set(status).status.ok());
            const auto row = ana.get(bao.ownId()).response.data();
            QCOMPARE(row.last_seen(), told);
            QCOMPARE(row.timestamp(), told);
        }
    };
    check(LastSeenDetail::Exact, hour + 600);
    check(LastSeenDetail::Coarse, hour);
    check(LastSeenDetail::Hidden, 0);
    QVERIFY(bao.set(WireStatus::Online).status.ok());
    QCOMPARE(bao.get(bao.ownId()).response.data().timestamp(), hour + 600);
}

void tst_GrpcCalls::strangersAndNobodyGetTheSameAnswer()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer eve(server, u"eve"_s);
    QVERIFY(eve.set(WireStatus::Online).status.ok());
    const auto stranger = ana.get(eve.ownId());
    const auto nobody = ana.get(u"user_4711"_s);
    const auto empty = ana.get({});
    for (const auto *result : {&stranger, &nobody, &empty}) {
        QCOMPARE(result->code(), grpc::StatusCode::NOT_FOUND);
        QCOMPARE(result->errorName, "USER_NOT_FOUND");
        QCOMPARE(int(result->error.code()), int(pb::USER_NOT_FOUND));
        QCOMPARE(result->status.error_message(), stranger.status.error_message());
        QCOMPARE(result->error.SerializeAsString(), stranger.error.SerializeAsString());
    }
    const auto many = ana.getMany({eve.ownId(), u"user_4711"_s});
    for (int row = 0; row < 2; ++row) {
        QCOMPARE(net::userstatus::read(many.response.data(row), EnumRevision::Seed).status,
            WireStatus::Unknown);
        QCOMPARE(many.response.data(row).last_seen(), 0);
        QCOMPARE(many.response.data(row).timestamp(), 0);
    }
}

void tst_GrpcCalls::manyKeepsOrderAndLength()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    const QStringList ids{
        server.statusId(u"chi"_s), u"user_4711"_s, bao.ownId(), bao.ownId(), ana.ownId()};
    const auto many = ana.getMany(ids);
    QVERIFY(many.status.ok());
    QVERIFY(many.response.success());
    QCOMPARE(many.response.data_size(), 5);
    QList<WireStatus> statuses;
    for (int row = 0; row < many.response.data_size(); ++row) {
        QCOMPARE(QString::fromStdString(many.response.data(row).user_id()), ids.at(row));
        statuses.append(net::userstatus::read(many.response.data(row), EnumRevision::Seed).status);
    }
    QCOMPARE(statuses,
        (QList{WireStatus::Offline, WireStatus::Unknown, WireStatus::Away, WireStatus::Away,
            WireStatus::Offline}));
    QCOMPARE(ana.getMany({}).response.data_size(), 0);
}

void tst_GrpcCalls::tooManyIdsAreRefused()
{
    StatusServer server;
    server.options.dialects.userStatus.maxIds = 3;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    QCOMPARE(ana.getMany(QStringList(3, u"user_1"_s)).response.data_size(), 3);
    const auto refused = ana.getMany(QStringList(4, u"user_1"_s));
    QCOMPARE(refused.code(), grpc::StatusCode::INVALID_ARGUMENT);
    QCOMPARE(refused.errorName, "UNKNOWN_ERROR");
    QCOMPARE(
        ana.watch(QStringList(4, u"user_1"_s))->waitForEnd(), grpc::StatusCode::INVALID_ARGUMENT);
}

void tst_GrpcCalls::nobodyWritesForSomebodyElse()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    // A contact, a stranger, nobody, and nothing: refused alike.
    for (const QString &id :
        {server.statusId(u"bao"_s), server.statusId(u"eve"_s), u"user_4711"_s, QString()}) {
        const auto set = ana.set(id, WireStatus::Online);
        QCOMPARE(set.code(), grpc::StatusCode::PERMISSION_DENIED);
        QCOMPARE(set.errorName, "UNAUTHORIZED");
        QCOMPARE(int(set.error.code()), int(pb::UNAUTHORIZED));
        QCOMPARE(set.error.message(), set.status.error_message());
        QCOMPARE(ana.beat(id).code(), grpc::StatusCode::PERMISSION_DENIED);
        QCOMPARE(ana.watchAs(id, {})->waitForEnd(), grpc::StatusCode::PERMISSION_DENIED);
    }
    QCOMPARE(server.shown(u"bao"_s), Status::Offline);
    QCOMPARE(server.shown(u"eve"_s), Status::Offline);
}

void tst_GrpcCalls::whoeverHasNoGoodTokenIsRefused_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("none") << QString();
    QTest::newRow("not a token") << u"abc"_s;
    QTest::newRow("a token nobody signed") << u"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEtaWQifQ."_s;
}

void tst_GrpcCalls::whoeverHasNoGoodTokenIsRefused()
{
    QFETCH(QString, token);
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s, {}, token);
    const auto set = ana.set(WireStatus::Online);
    QCOMPARE(set.code(), grpc::StatusCode::UNAUTHENTICATED);
    QCOMPARE(set.errorName, "UNAUTHORIZED");
    QCOMPARE(ana.get(ana.ownId()).code(), grpc::StatusCode::UNAUTHENTICATED);
    QCOMPARE(ana.getMany({ana.ownId()}).code(), grpc::StatusCode::UNAUTHENTICATED);
    QCOMPARE(ana.beat().code(), grpc::StatusCode::UNAUTHENTICATED);
    QCOMPARE(ana.watch({})->waitForEnd(), grpc::StatusCode::UNAUTHENTICATED);
}

void tst_GrpcCalls::aTokenEndsWithItsTimeAndItsSession()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    const auto grant = server.grant(u"ana"_s);
    StatusPeer ana(server, u"ana"_s, {}, grant.token);
    QVERIFY(ana.beat().status.ok());
    QVERIFY(server.database().sessions().revoke(grant.session, server.manualClock().wallNow()));
    QCOMPARE(ana.beat().code(), grpc::StatusCode::UNAUTHENTICATED);
    StatusPeer bao(server, u"bao"_s);
    QVERIFY(bao.beat().status.ok());
    server.advance(1h + 1s);
    QCOMPARE(bao.beat().code(), grpc::StatusCode::UNAUTHENTICATED);
}

void tst_GrpcCalls::statusesOutsideTheContractAreRefused()
{
    StatusServer server;
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    for (const int number : {0, 4, 100, -1}) {
        pb::SetUserStatusRequest request;
        request.set_user_id(ana.ownId().toStdString());
        request.set_status(static_cast<pb::UserStatus>(number));
        const auto refused = ana.setRaw(request);
        QCOMPARE(refused.code(), grpc::StatusCode::INVALID_ARGUMENT);
        QCOMPARE(refused.errorName, "INVALID_STATUS");
        QCOMPARE(int(refused.error.code()), int(pb::INVALID_STATUS));
    }
    QCOMPARE(server.shown(u"ana"_s), Status::Offline);
}

void tst_GrpcCalls::deviceNamesAreChecked()
{
    StatusServer server;
    QVERIFY(server.start());
    for (const QByteArray &name : {QByteArray("two words"), QByteArray(256, 'x')}) {
        StatusPeer ana(server, u"ana"_s, name);
        QCOMPARE(ana.beat().code(), grpc::StatusCode::INVALID_ARGUMENT);
    }
    StatusPeer ana(server, u"ana"_s, QByteArray(255, 'x'));
    QVERIFY(ana.beat().status.ok());
}

void tst_GrpcCalls::theLaterRevisionSwapsTwoNumbers()
{
    StatusServer server;
    server.options.dialects.userStatus.laterNumbers = true;
    QVERIFY(server.start());
    StatusPeer bao(server, u"bao"_s);
    bao.revision = EnumRevision::Later;
    QVERIFY(bao.set(WireStatus::Away).status.ok());
    QCOMPARE(server.shown(u"bao"_s), Status::Away);
    const auto seen = StatusPeer(server, u"ana"_s).get(bao.ownId());
    QCOMPARE(int(seen.response.data().status()), 2);
    QVERIFY(bao.set(WireStatus::Offline).status.ok());
    QCOMPARE(server.shown(u"bao"_s), Status::Offline);
}

void tst_GrpcCalls::tooFastIsRefusedWithTheTimeToWait()
{
    StatusServer server(ServerTime::Manual);
    server.options.limits.heartbeat = {2, 10s};
    server.options.limits.intent = {1, 4s};
    server.options.limits.frames = {1, 3s};
    server.options.limits.presenceQuery = {1, 2s};
    QVERIFY(server.start());
    StatusPeer ana(server, u"ana"_s);
    const auto checkRefused = [](const auto &result, qint64 ms) {
        QCOMPARE(result.code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
        QCOMPARE(result.errorName, "RATE_LIMITED");
        QCOMPARE(int(result.error.code()), int(pb::RATE_LIMITED));
        QCOMPARE(net::userstatus::retryAfterIn(result.error), std::optional(Milliseconds{ms}));
    };
    QVERIFY(ana.beat().status.ok());
    QVERIFY(ana.beat().status.ok());
    checkRefused(ana.beat(), 10'000);
    QVERIFY(ana.set(WireStatus::Online).status.ok());
    checkRefused(ana.set(WireStatus::Away), 4'000);
    QCOMPARE(server.shown(u"ana"_s), Status::Online);
    QVERIFY(ana.get(ana.ownId()).status.ok());
    checkRefused(ana.get(ana.ownId()), 3'000);
    QVERIFY(ana.getMany({u"a"_s, u"b"_s}).status.ok());
    checkRefused(ana.getMany({u"a"_s, u"b"_s}), 2'000);
    server.advance(4s);
    QVERIFY(ana.set(WireStatus::Away).status.ok());
    // Somebody else has buckets of their own.
    QVERIFY(StatusPeer(server, u"bao"_s).beat().status.ok());
}

void tst_GrpcCalls::aLeaseOutlivesARestart()
{
    StatusServer server(ServerTime::Manual);
    QVERIFY(server.start());
    QVERIFY(StatusPeer(server, u"bao"_s).set(WireStatus::Online).status.ok());
    server.advance(10s);
    QVERIFY(server.restart());
    QCOMPARE(server.shown(u"bao"_s), Status::Online);
    // The device that made it is still the one that may end it.
    QVERIFY(StatusPeer(server, u"bao"_s).set(WireStatus::Offline).status.ok());
    QCOMPARE(server.shown(u"bao"_s), Status::Offline);
}

void tst_GrpcCalls::aPortThatIsTakenIsSaid()
{
    StatusServer first;
    QVERIFY(first.start());
    StatusServer second;
    second.options.dialects.userStatus.grpcPort = first.server().grpcPort();
    QVERIFY(!second.start());
    QVERIFY2(second.errorText().contains(QString::number(first.server().grpcPort())),
        qPrintable(second.errorText()));
}

QTEST_GUILESS_MAIN(tst_GrpcCalls)
#include "tst_grpccalls.moc"
