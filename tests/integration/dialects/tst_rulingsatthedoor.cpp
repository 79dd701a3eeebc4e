// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/rulings.h"
#include "tests/support/dialectprobedevices.h"
#include "tests/support/dialectprobefriends.h"
#include "tests/support/dialectprobemtchat.h"
#include "tests/support/dialectprobestatusrest.h"
#ifdef PRESENTLY_TESTS_GRPC
#include "tests/support/dialectprobestatus.h"
#endif

#include <QJsonArray>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! The rulings L11 to L18 of models/presence/README.md over real sockets: what the adapters make of
//! what clients say. The engine's side of them is in unit/presence.
class tst_RulingsAtTheDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void L11_aLateHeartbeatRevives_data() { addFaceRows(any); }
    void L11_aLateHeartbeatRevives();
    void L11_afterOffOnlyUserstatusWantsMore_data();
    void L11_afterOffOnlyUserstatusWantsMore();
    void L12_aSilentProgramRunsOutAndItsConnectionStays_data();
    void L12_aSilentProgramRunsOutAndItsConnectionStays();
    void L13_idleIsAway();
    void L13_hiddenIsAwayAtOnceAndDoesNotRunOut();
    void L14_strangersSeeNothingThroughAnyDialect();
    void L14_whoComesToShareAConversationIsTold();
    void L14_pollingListsEverybodyOnlyBySwitch();
    void L15_nobodyWritesAnothersPresence();
    void L15_aHeartbeatMovesOnlyTheDeviceThatSendsIt();
    void L16_onlyChangesAreTold_data() { addFaceRows(any); }
    void L16_onlyChangesAreTold();
    void L17_aClientsClockDecidesNothing_data();
    void L17_aClientsClockDecidesNothing();
    void L18_aHeartbeatIsThatOfItsNamespace();
    void L18_theMainNamespaceIsOfWhoeverSpeaksFirst();
    void L18_aQuestionIsAnsweredInItsOwnVocabulary();
    void L18_offlineIsAWishInOneDialectAndAnEndInAnother();

private:
    static bool any(const DialectFace &) { return true; }
};

namespace {

//! The dialects in which bao has live leases, as the server explains them.
QSet<int> dialectsOf(TestServer &server, const QString &login)
{
    QSet<int> dialects;
    for (const DeviceExplanation &device : server.server().explain(server.key(login)).devices) {
        if (device.state == LeaseState::Live)
            dialects.insert(int(device.dialect));
    }
    return dialects;
}

QByteArray post(
    TestServer &server, const QString &path, const DialectProbe &as, const QByteArray &body)
{
    return httpCall(server.url(), "POST", path, body, {{"Authorization", "Bearer " + as.token()}})
        .text();
}

} // namespace

void tst_RulingsAtTheDoor::L11_aLateHeartbeatRevives()
{
    Stage stage(faceOfRow(), onlyMtchat());
    QVERIFY(stage.actor().arrive());
    stage.pass(stage.face().lease + stage.face().slack + 1ms);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Offline);
    QVERIFY2(stage.actor().beat(), qPrintable(stage.actor().error()));
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
}

void tst_RulingsAtTheDoor::L11_afterOffOnlyUserstatusWantsMore_data()
{
    addFaceRows([](const DialectFace &face) { return face.saysOff && !face.offEndsTheConnection; });
}

void tst_RulingsAtTheDoor::L11_afterOffOnlyUserstatusWantsMore()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, onlyMtchat());
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.actor().sayOff());
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Offline);
    const bool isUserStatus
        = face.kind == FaceKind::UserStatus || face.kind == FaceKind::UserStatusRest;
    QCOMPARE(stage.actor().beat(), !isUserStatus);
    QCOMPARE(
        answered(stage, FaceKind::Mtchat).status, isUserStatus ? Status::Offline : Status::Online);
    if (auto *rest = dynamic_cast<StatusRestProbe *>(&stage.actor()))
        QVERIFY(rest->wasRefused());
    if (isUserStatus) {
        stage.pass(face.lease * 3);
        QVERIFY2(!stage.actor().beat(), "refused for as long as nobody says online");
        QVERIFY(stage.actor().setStatus(IntentStatus::Auto));
        QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
    }
}

void tst_RulingsAtTheDoor::L12_aSilentProgramRunsOutAndItsConnectionStays_data()
{
    addFaceRows([](const DialectFace &face) { return face.link != Link::None; });
}

void tst_RulingsAtTheDoor::L12_aSilentProgramRunsOutAndItsConnectionStays()
{
    Stage stage(faceOfRow(), onlyMtchat());
    QVERIFY(stage.actor().arrive());
    stage.pass(600s);
    const Sighting seen = answered(stage, FaceKind::Mtchat);
    QCOMPARE(seen.status, Status::Offline);
    QCOMPARE(seen.reason, OfflineReason::Inactive);
    QVERIFY(stage.actor().isOpen());
    QVERIFY(stage.actor().beat());
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
}

void tst_RulingsAtTheDoor::L13_idleIsAway()
{
    Stage stage(faceOf(FaceKind::Mtchat));
    QVERIFY(stage.actor().arrive());
    auto &bao = dynamic_cast<MtchatProbe &>(stage.actor());
    bao.say({{u"type"_s, u"ping"_s}, {u"state"_s, u"active"_s}, {u"idle_ms"_s, 299'999}});
    QVERIFY(bao.settle());
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
    bao.say({{u"type"_s, u"ping"_s}, {u"state"_s, u"active"_s}, {u"idle_ms"_s, 300'000}});
    QVERIFY(bao.settle());
    for (const DialectFace &face : dialectFaces()) {
        const Sighting seen = answered(stage, face.kind);
        QCOMPARE(seen.status, face.answered.away ? Status::Away : Status::Online);
        QCOMPARE(seen.autoAway.value_or(true), true);
    }
}

void tst_RulingsAtTheDoor::L13_hiddenIsAwayAtOnceAndDoesNotRunOut()
{
    Stage stage(faceOf(FaceKind::Mtchat));
    QVERIFY(stage.actor().arrive());
    auto &bao = dynamic_cast<MtchatProbe &>(stage.actor());
    bao.say({{u"type"_s, u"ping"_s}, {u"state"_s, u"hidden"_s}});
    QVERIFY(bao.settle());
    const auto isSeen = [&stage](bool there) {
        for (const DialectFace &face : dialectFaces()) {
            const Status away = face.answered.away ? Status::Away : Status::Online;
            QCOMPARE(answered(stage, face.kind).status, there ? away : Status::Offline);
        }
    };
    isSeen(true);
    stage.pass(600s); // without a heartbeat; the connection answers
    isSeen(true);
    QVERIFY(stage.endLink(bao, [&bao] { bao.loseLink(); }));
    stage.pass(stage.face().graceLost);
    isSeen(false);
}

void tst_RulingsAtTheDoor::L14_strangersSeeNothingThroughAnyDialect()
{
    Stage stage(faceOf(FaceKind::Mtchat), {});
    const auto bao = comer(stage, FaceKind::Mtchat, u"pc"_s);
    QVERIFY(bao && bao->setStatus(IntentStatus::Busy, u"a secret"_s));
    for (const DialectFace &face : dialectFaces()) {
        const auto eve = comer(stage, face.kind, u"face-%1"_s.arg(int(face.kind)), u"eve"_s);
        QVERIFY(eve);
        (void)eve->takePushed();
        const auto seen = eve->ask(u"bao"_s);
        QVERIFY2(
            !seen || seen->status == Status::Offline || seen->status == Status::Unknown, face.name);
        QCOMPARE(seen.value_or(Sighting{}).lastSeen.value_or(Sighting::Never), Sighting::Never);
        QVERIFY(bao->setStatus(IntentStatus::Auto));
        QVERIFY(bao->setStatus(IntentStatus::Busy, u"a secret"_s));
        QVERIFY(eve->settle());
        for (const Told &told : eve->takeTold())
            QVERIFY(told.person != personId(stage.server(), face.ids, u"bao"_s));
    }
}

void tst_RulingsAtTheDoor::L14_whoComesToShareAConversationIsTold()
{
    Stage stage(faceOf(FaceKind::Mtchat), {});
    TestServer &server = stage.server();
    const auto bao = comer(stage, FaceKind::Mtchat, u"pc"_s);
    QVERIFY(bao);
    std::map<FaceKind, std::unique_ptr<DialectProbe>> eve;
    for (const DialectFace &face : dialectFaces()) {
        eve[face.kind] = comer(stage, face.kind, u"face-%1"_s.arg(int(face.kind)), u"eve"_s);
        QVERIFY(eve[face.kind]);
    }
    const auto everySeenIs = [&](bool visible) {
        for (const DialectFace &face : dialectFaces()) {
            DialectProbe &probe = *eve[face.kind];
            const QString id = personId(server, face.ids, u"bao"_s);
            const auto isTold = [&] {
                const QList<Told> &told = probe.told();
                return std::any_of(told.begin(), told.end(), [&](const Told &push) {
                    return push.person == id
                        && push.what.status == (visible ? Status::Online : Status::Offline);
                });
            };
            if (face.pushes)
                QVERIFY2(waitUntil(isTold), face.name);
            (void)probe.takeTold();
            const auto seen = probe.ask(u"bao"_s);
            QCOMPARE(seen && seen->status == Status::Online, visible);
        }
    };
    const HttpAnswer started = httpCall(server.url(), "POST", u"/api/v1/dialogs"_s,
        R"({"participants":["bao-id"],"title":"Two"})",
        {{"Authorization", "Bearer " + eve[FaceKind::Mtchat]->token()}});
    QCOMPARE(started.status, 200);
    everySeenIs(true);
    const QString id = started.json().value("data"_L1).toObject().value("id"_L1).toString();
    QVERIFY(post(server, u"/api/v1/dialogs/%1/leave"_s.arg(id), *bao, "{}").startsWith("200 "));
    everySeenIs(false);
}

void tst_RulingsAtTheDoor::L14_pollingListsEverybodyOnlyBySwitch()
{
    for (const bool everybody : {false, true}) {
        TestServer server(ServerTime::Manual);
        server.options.dialects.polling.listEverybody = everybody;
        QVERIFY(server.start());
        MtchatProbe bao(server, u"bao"_s, u"pc"_s);
        QVERIFY(bao.arrive());
        const auto eve = makeProbe(faceOf(FaceKind::Polling), server, u"eve"_s, u"tab"_s);
        QVERIFY(eve->arrive());
        QCOMPARE(eve->ask(u"bao"_s)->status, everybody ? Status::Online : Status::Offline);
        QVERIFY(bao.setStatus(IntentStatus::Invisible, {}));
        QCOMPARE(eve->ask(u"bao"_s)->status, Status::Offline);
    }
}

void tst_RulingsAtTheDoor::L15_nobodyWritesAnothersPresence()
{
    Stage stage(faceOf(FaceKind::UserStatusRest));
    TestServer &server = stage.server();
    QVERIFY(stage.actor().arrive());
    const auto dan = comer(stage, FaceKind::UserStatusRest, u"pc"_s, u"dan"_s);
    QVERIFY(dan);
    const Sighting before = answered(stage, FaceKind::Mtchat);
    for (const DialectFace &face : dialectFaces())
        (void)stage.toldIn(face.kind);
    stage.pass(5s);
    const QString id = personId(server, PersonIdKind::UserStatus, u"bao"_s);
    const HttpFields asDan{{"Authorization", "Bearer " + dan->token()}};
    for (const auto &word : {u"away"_s, u"offline"_s, u"invisible"_s, u"dnd"_s}) {
        const QString path = u"/api/v1/users/%1/status"_s.arg(id);
        QCOMPARE(httpCall(server.url(), "PUT", path + u'/' + word, {}, asDan).status, 403);
        const QByteArray body = "{\"status\":\"" + word.toLatin1() + "\"}";
        QCOMPARE(httpCall(server.url(), "POST", path, body, asDan).status, 403);
    }
    const QString beat = u"/api/v1/users/%1/heartbeat"_s.arg(id);
    QCOMPARE(httpCall(server.url(), "POST", beat, "{}", asDan).status, 403);
#ifdef PRESENTLY_TESTS_GRPC
    constexpr int PermissionDenied = 7;
    StatusProbe caller(server, u"dan"_s, u"stream"_s);
    QVERIFY(caller.signIn() && caller.connect());
    QVERIFY(!caller.beatFor(id));
    QCOMPARE(caller.failure(), PermissionDenied);
    for (const int status : {1, 2, 3}) {
        QVERIFY(!caller.setFor(id, status));
        QCOMPARE(caller.failure(), PermissionDenied);
    }
#endif
    QCOMPARE(answered(stage, FaceKind::Mtchat), before);
    for (const DialectFace &face : dialectFaces())
        QVERIFY(stage.toldIn(face.kind).isEmpty());
}

void tst_RulingsAtTheDoor::L15_aHeartbeatMovesOnlyTheDeviceThatSendsIt()
{
    Stage stage(faceOf(FaceKind::DevicesB), onlyMtchat());
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.second().arrive());
    auto &first = dynamic_cast<DevicesProbe &>(stage.actor());
    stage.pass(60s);
    QVERIFY(first.askFor(u"heartbeat_ack"_s, u"heartbeat"_s,
        QJsonObject{{u"deviceId"_s, u"bao-two"_s}, {u"timestamp"_s, 0}}));
    stage.pass(60s);
    const auto devices = stage.server().server().explain(stage.server().key(u"bao"_s)).devices;
    for (const DeviceExplanation &device : devices)
        QCOMPARE(device.state == LeaseState::Live, device.device.value == u"bao-one");
}

void tst_RulingsAtTheDoor::L16_onlyChangesAreTold()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face);
    QVERIFY(stage.actor().arrive());
    stage.pass(2s);
    for (const DialectFace &watching : dialectFaces())
        (void)stage.toldIn(watching.kind);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(stage.actor().beat());
        if (face.setsTheDevice || face.setsText)
            QVERIFY(stage.actor().setStatus(IntentStatus::Auto));
        stage.pass(2s);
        QVERIFY2(stage.actor().connect(),
            qPrintable(stage.actor().error())); // the old connection breaks, the new one is there
        QVERIFY(stage.actor().beat());
        stage.pass(2s);
    }
    for (const DialectFace &watching : dialectFaces()) {
        const QList<Sighting> told = stage.toldIn(watching.kind);
        QVERIFY2(told.isEmpty(), watching.name);
    }
}

void tst_RulingsAtTheDoor::L17_aClientsClockDecidesNothing_data()
{
    QTest::addColumn<int>("face");
    QTest::addColumn<qint64>("clock");
    for (const FaceKind kind :
        {FaceKind::Friends, FaceKind::DevicesA, FaceKind::DevicesB, FaceKind::Polling}) {
        const char *name = faceOf(kind).name;
        QTest::addRow("%s, in the year 2001", name) << int(kind) << qint64(1'000'000'000'000);
        QTest::addRow("%s, in the year 2096", name) << int(kind) << qint64(4'000'000'000'000);
    }
}

void tst_RulingsAtTheDoor::L17_aClientsClockDecidesNothing()
{
    QFETCH(const qint64, clock);
    const DialectFace &face = faceOfRow();
    Stage stage(face, onlyMtchat());
    QVERIFY(stage.actor().arrive());
    stage.pass(10s);
    const WallTime beatAt = stage.server().clock().wallNow();
    const QJsonObject said{{u"timestamp"_s, clock}};
    if (face.kind == FaceKind::Polling) {
        const QString time = QDateTime::fromMSecsSinceEpoch(clock, Qt::UTC).toString(Qt::ISODate);
        const QByteArray body = "{\"timestamp\":\"" + time.toLatin1() + "\"}";
        const HttpAnswer answer
            = httpCall(stage.server().url(), "POST", u"/api/chat/heartbeat/"_s, body,
                {{"Authorization", "Bearer " + stage.actor().token()}, {"X-Device-Id", "bao-one"}});
        QCOMPARE(answer.status, 200);
    } else {
        auto &socket = dynamic_cast<SocketIoProbe &>(stage.actor());
        socket.say(face.kind == FaceKind::DevicesA ? u"user_heartbeat"_s : u"heartbeat"_s, said);
        QVERIFY(socket.settle());
    }
    QCOMPARE(answered(stage, FaceKind::Mtchat).lastSeen, beatAt);
    const Milliseconds lifetime = face.lease + face.slack + (face.lastMomentCounts ? 1ms : 0ms);
    stage.pass(lifetime - 1ms);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
    stage.pass(1ms);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Offline);
    QCOMPARE(answered(stage, FaceKind::Mtchat).lastSeen, beatAt);
}

void tst_RulingsAtTheDoor::L18_aHeartbeatIsThatOfItsNamespace()
{
    Stage stage(faceOf(FaceKind::Friends), {});
    QVERIFY(stage.actor().arrive());
    auto &friends = dynamic_cast<FriendsProbe &>(stage.actor());
    const QJsonObject said{{u"timestamp"_s, 1}};
    QVERIFY(!friends.askFor(u"heartbeat_ack"_s, u"heartbeat"_s, said));
    QCOMPARE(dialectsOf(stage.server(), u"bao"_s), QSet<int>{int(Dialect::Friends)});

    DevicesProbe devices(stage.server(), u"chi"_s, u"pc"_s, DevicesProbe::Words::B);
    QVERIFY(devices.signIn() && devices.connect());
    QVERIFY(devices.askFor(u"heartbeat_ack"_s, u"heartbeat"_s, said));
    QCOMPARE(dialectsOf(stage.server(), u"chi"_s), QSet<int>{int(Dialect::Devices)});
}

void tst_RulingsAtTheDoor::L18_theMainNamespaceIsOfWhoeverSpeaksFirst()
{
    Stage stage(faceOf(FaceKind::Friends), onlyMtchat());
    DevicesProbe bao(stage.server(), u"bao"_s, u"pc"_s, DevicesProbe::Words::A, u"/"_s);
    QVERIFY(bao.signIn() && bao.connect());
    const QString ana = personId(stage.server(), PersonIdKind::ObjectId, u"ana"_s);
    const auto answer = bao.askMany({ana});
    QVERIFY(answer);
    QCOMPARE(answer->value("users"_L1).toArray().size(), 1);
    QCOMPARE(dialectsOf(stage.server(), u"bao"_s), QSet<int>{int(Dialect::Devices)});
    QVERIFY(!bao.askFor(u"heartbeat_ack"_s, u"heartbeat"_s, QJsonObject{{u"timestamp"_s, 1}}));
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 1);
}

void tst_RulingsAtTheDoor::L18_aQuestionIsAnsweredInItsOwnVocabulary()
{
    Stage stage(faceOf(FaceKind::Mtchat), {});
    const QString ana = personId(stage.server(), PersonIdKind::ObjectId, u"ana"_s);
    const QJsonObject question{{u"userId"_s, ana}};
    for (const auto words : {DevicesProbe::Words::A, DevicesProbe::Words::B}) {
        DevicesProbe bao(stage.server(), u"bao"_s, u"pc"_s, words);
        QVERIFY(bao.arrive());
        const bool isA = words == DevicesProbe::Words::A;
        QCOMPARE(
            bao.askFor(u"presence_status_response"_s, u"get_user_presence"_s, question).has_value(),
            isA);
        QCOMPARE(
            bao.askFor(u"user_presence_response"_s, u"get_user_presence"_s, question).has_value(),
            !isA);
    }
}

void tst_RulingsAtTheDoor::L18_offlineIsAWishInOneDialectAndAnEndInAnother()
{
    Stage stage(faceOf(FaceKind::DevicesB), onlyMtchat());
    TestServer &server = stage.server();
    QVERIFY(stage.actor().arrive());
    auto &bao = dynamic_cast<DevicesProbe &>(stage.actor());
    bao.say(u"update_presence"_s, QJsonObject{{u"status"_s, u"offline"_s}});
    QVERIFY(bao.settle());
    QCOMPARE(
        server.server().explain(server.key(u"bao"_s)).own.intent.status, IntentStatus::Invisible);
    QVERIFY(server.server().explain(server.key(u"bao"_s)).own.presence.isOnline());

    const auto chi = comer(stage, FaceKind::UserStatusRest, u"pc"_s, u"chi"_s);
    QVERIFY(chi && chi->sayOff());
    QCOMPARE(server.server().explain(server.key(u"chi"_s)).own.intent.status, IntentStatus::Auto);
    QVERIFY(!server.server().explain(server.key(u"chi"_s)).own.presence.isOnline());
}

QTEST_GUILESS_MAIN(tst_RulingsAtTheDoor)
#include "tst_rulingsatthedoor.moc"
