// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/rulings.h"
#include "tests/support/dialectprobedevices.h"
#include "tests/support/dialectprobefriends.h"
#include "tests/support/dialectprobemtchat.h"
#ifdef PRESENTLY_TESTS_GRPC
#include "tests/support/dialectprobestatus.h"
#endif

#include <QJsonArray>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! What clients get wrong, or try: the same in every dialect, it changes nobody's presence, tells
//! nothing of people one may not see, and ends a connection only where the contract says so.
class tst_Hostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badTokensAreRefusedAlike_data() { addFaceRows(any); }
    void badTokensAreRefusedAlike();
    void strangersAnswerAsNobodyDoes_data();
    void strangersAnswerAsNobodyDoes();
    void tooManyIdsAreRefused_data();
    void tooManyIdsAreRefused();
    void badEventsChangeNothing_data();
    void badEventsChangeNothing();
    void whatIsNoPacketEndsTheConnection_data();
    void whatIsNoPacketEndsTheConnection();
    void aRevokedSignInEndsItsConnection_data();
    void aRevokedSignInEndsItsConnection();

private:
    static bool any(const DialectFace &) { return true; }
};

namespace {

//! Everything that the server holds of everybody's presence, as text.
QString presenceOfAll(TestServer &server)
{
    QString all;
    QDebug out(&all);
    for (const QString &login : server.logins) {
        const PresenceExplanation why = server.server().explain(server.key(login));
        out << login << int(why.shown.status) << int(why.own.intent.status)
            << why.own.intent.customMessage;
        for (const DeviceExplanation &device : why.devices) {
            out << device.device.value << int(device.dialect) << int(device.state)
                << int(device.binding) << device.idle
                << device.lastHeartbeat.time_since_epoch().count();
        }
    }
    return all;
}

HttpFields bearing(const QByteArray &token)
{
    return token.isEmpty() ? HttpFields{} : HttpFields{{"Authorization", "Bearer " + token}};
}

//! What somebody with \a token gets from a call of this face.
QByteArray answerTo(Stage &stage, const DialectFace &face, const QByteArray &token)
{
    const QString id = personId(stage.server(), PersonIdKind::UserStatus, u"bao"_s);
    const auto call = [&](const char *method, const QString &path) {
        return httpCall(stage.server().url(), method, path,
            QByteArrayView(method) == "POST" ? "{}" : "", bearing(token))
            .text();
    };
    switch (face.kind) {
    case FaceKind::Mtchat:
        return call("GET", u"/api/v1/presence?user_ids=bao-id"_s)
            + call("GET", u"/api/v1/presence/me/why"_s);
    case FaceKind::Friends:
        return call("GET", u"/api/v1/friends/online-status"_s) + call("GET", u"/api/v1/auth/me"_s);
    case FaceKind::UserStatusRest:
        return call("POST", u"/api/v1/users/%1/heartbeat"_s.arg(id))
            + call("GET", u"/api/v1/users/%1/status/public"_s.arg(id));
    case FaceKind::Polling:
        return call("POST", u"/api/chat/heartbeat/"_s) + call("POST", u"/api/chat/mark-offline/"_s)
            + call("GET", u"/api/chat/online-users/"_s);
    case FaceKind::UserStatus:
    case FaceKind::DevicesA:
    case FaceKind::DevicesB:
        break;
    }
    return {};
}

//! What somebody with \a token meets at the door of this face; empty: let in, or there is none.
QByteArray refusalOf(Stage &stage, const DialectFace &face, const QByteArray &token)
{
    TestServer &server = stage.server();
    if (face.kind == FaceKind::Mtchat) {
        ProbeSocket socket([](const QByteArray &) {});
        return socket.open(server.webSocketUrl(), bearing(token)) ? "" : "not opened";
    }
    if (face.kind == FaceKind::Friends) {
        FriendsProbe probe(server, u"bao"_s, u"x"_s);
        probe.useToken(token);
        return probe.connect() ? "" : probe.refusal();
    }
    if (face.kind == FaceKind::DevicesA || face.kind == FaceKind::DevicesB) {
        DevicesProbe probe(server, u"bao"_s, u"x"_s, DevicesProbe::Words::A);
        probe.useToken(token);
        return probe.connect() ? "" : probe.refusal();
    }
#ifdef PRESENTLY_TESTS_GRPC
    if (face.kind == FaceKind::UserStatus) {
        StatusProbe probe(server, u"bao"_s, u"x"_s);
        probe.useToken(token);
        if (probe.connect())
            return {};
        const int end = probe.waitForEnd().value_or(-1);
        const bool isBeaten = probe.beat();
        return QByteArray::number(end) + (isBeaten ? " beaten " : " ")
            + QByteArray::number(probe.failure());
    }
#endif
    return {};
}

QByteArray expectedRefusal(const DialectFace &face, bool hasToken)
{
    switch (face.kind) {
    case FaceKind::Mtchat:
        return "not opened";
    case FaceKind::Friends:
        return hasToken ? R"({"message":"Invalid token"})"
                        : R"({"message":"Authentication token required"})";
    case FaceKind::DevicesA:
    case FaceKind::DevicesB:
        return R"({"data":{"code":"UNAUTHORIZED"},"message":"Invalid token"})";
    case FaceKind::UserStatus:
        return "16 16"; // UNAUTHENTICATED, for the stream and for a call
    case FaceKind::UserStatusRest:
    case FaceKind::Polling:
        break;
    }
    return {};
}

} // namespace

void tst_Hostile::badTokensAreRefusedAlike()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, {});
    TestServer &server = stage.server();
    QVERIFY(stage.actor().arrive());
    const QByteArray good = server.token(u"chi"_s).toLatin1();
    const auto shortLived = server.server().grantSession(server.key(u"chi"_s),
        {DeviceId{u"chi-short"_s}, DeviceType::Web, u"short"_s, u"TestOS"_s}, 1s);
    QVERIFY(shortLived);
    const QByteArray revoked = server.grant(u"chi"_s, u"gone"_s).token.toLatin1();
    QCOMPARE(
        httpCall(server.url(), "DELETE", u"/api/v1/sessions/current"_s, {}, bearing(revoked)).status
            / 100,
        2);
    stage.pass(10s);
    QByteArray tampered = good;
    tampered[tampered.size() / 2] = tampered.at(tampered.size() / 2) == 'A' ? 'B' : 'A';

    const QString before = presenceOfAll(server);
    QByteArray firstAnswer;
    for (const QByteArray &token : {QByteArray("abc"), tampered, shortLived->token.toLatin1(),
             revoked, QByteArray(3000, 'x'), good + '.' + good}) {
        const QByteArray answer = answerTo(stage, face, token);
        if (!answer.isEmpty()) {
            QVERIFY2(answer.startsWith("401 "), answer.constData());
            QCOMPARE(answer.count("401 "),
                firstAnswer.isEmpty() ? answer.count("401 ") : firstAnswer.count("401 "));
        }
        if (firstAnswer.isEmpty())
            firstAnswer = answer;
        QCOMPARE(answer, firstAnswer); // nothing tells one bad token from another
        QCOMPARE(refusalOf(stage, face, token), expectedRefusal(face, true));
    }
    QCOMPARE(refusalOf(stage, face, {}), expectedRefusal(face, false));
    const QByteArray without = answerTo(stage, face, {});
    QVERIFY2(without.isEmpty() || without.startsWith("401 "), without.constData());
    QCOMPARE(presenceOfAll(server), before);
    QVERIFY(stage.actor().beat()); // and nobody else was disturbed
}

void tst_Hostile::strangersAnswerAsNobodyDoes_data()
{
    addFaceRows([](const DialectFace &face) {
        return face.kind != FaceKind::Friends && face.kind != FaceKind::Polling; // ask for no ids
    });
}

void tst_Hostile::strangersAnswerAsNobodyDoes()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, {});
    TestServer &server = stage.server();
    const auto eve = comer(stage, FaceKind::Mtchat, u"pc"_s, u"eve"_s); // shares nothing with ana
    QVERIFY(eve && eve->setStatus(IntentStatus::Busy, u"a secret"_s));
    const auto ana = comer(stage, face.kind, u"pc"_s, u"ana"_s);
    QVERIFY(ana);
    const QString before = presenceOfAll(server);
    const auto allAnswers = [&](const QString &id) -> QByteArray {
        const auto get = [&](const QString &path) {
            return httpCall(server.url(), "GET", path, {}, bearing(ana->token())).text();
        };
        const auto json = [](const std::optional<QJsonObject> &object) {
            return QJsonDocument(object.value_or(QJsonObject{})).toJson(QJsonDocument::Compact);
        };
        if (auto *devices = dynamic_cast<DevicesProbe *>(ana.get()))
            return json(devices->askOne(id)) + json(devices->askMany({id}));
#ifdef PRESENTLY_TESTS_GRPC
        if (auto *status = dynamic_cast<StatusProbe *>(ana.get()))
            return status->askOne(id) + status->askMany({id, id});
#endif
        if (face.kind == FaceKind::UserStatusRest) {
            const QString path = u"/api/v1/users/%1/status"_s.arg(id);
            return get(path) + get(path + u"/public"_s)
                + get(u"/api/v1/users/status?user_ids="_s + id);
        }
        return get(u"/api/v1/presence?user_ids="_s + id);
    };
    const QString stranger = personId(server, face.ids, u"eve"_s);
    const QByteArray ofStranger = allAnswers(stranger);
    QVERIFY2(
        !ofStranger.contains("secret") && !ofStranger.contains("busy"), ofStranger.constData());
    const QString madeUp = face.ids == PersonIdKind::ObjectId ? QString(24, u'f')
        : face.ids == PersonIdKind::UserStatus                ? u"user_987654"_s
                                                              : u"nobody-id"_s;
    for (const QString &nobody : {madeUp, u"x"_s}) {
        QByteArray ofNobody = allAnswers(nobody);
        ofNobody.replace('"' + nobody.toLatin1() + '"', '"' + stranger.toLatin1() + '"');
        QCOMPARE(ofNobody, ofStranger);
    }
    QCOMPARE(presenceOfAll(server), before);
}

void tst_Hostile::tooManyIdsAreRefused_data()
{
    strangersAnswerAsNobodyDoes_data();
}

void tst_Hostile::tooManyIdsAreRefused()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, {});
    TestServer &server = stage.server();
    server.options.limits.presenceQuery = {10'000, 1ms};
    const auto ana = comer(stage, face.kind, u"pc"_s, u"ana"_s);
    QVERIFY(ana);
    const QString before = presenceOfAll(server);
    const auto ids = [](int count) {
        QStringList ids;
        for (int i = 0; i < count; ++i)
            ids.append(u"%1"_s.arg(i, 24, 16, QChar(u'0')));
        return ids;
    };
    const auto get = [&](const QString &path, int count) {
        // One name for all, so that the request itself is not too large.
        return httpCall(server.url(), "GET",
            path + QString(2 * count - 1, u'1').replace(u"11"_s, u"1,"_s), {},
            bearing(ana->token()))
            .status;
    };
    if (auto *devices = dynamic_cast<DevicesProbe *>(ana.get())) {
        QVERIFY(devices->askMany(ids(500)));
        QVERIFY(!devices->askMany(ids(501)));
        QVERIFY(devices->askMany(ids(1)));
#ifdef PRESENTLY_TESTS_GRPC
    } else if (auto *status = dynamic_cast<StatusProbe *>(ana.get())) {
        (void)status->askMany(ids(1000));
        QCOMPARE(status->failure(), 0);
        (void)status->askMany(ids(1001));
        QCOMPARE(status->failure(), 3); // INVALID_ARGUMENT
#endif
    } else if (face.kind == FaceKind::Mtchat) {
        QCOMPARE(get(u"/api/v1/presence?user_ids="_s, 200), 200);
        QCOMPARE(get(u"/api/v1/presence?user_ids="_s, 201), 400);
    }
    QVERIFY(ana->beat());
    QCOMPARE(presenceOfAll(server), before);
}

void tst_Hostile::badEventsChangeNothing_data()
{
    QTest::addColumn<int>("face");
    QTest::addColumn<QByteArray>("event");
    const auto rows = [](FaceKind kind, const QByteArrayList &events) {
        for (const QByteArray &event : events)
            QTest::addRow("%s: %s", faceOf(kind).name, event.left(60).constData())
                << int(kind) << event;
    };
    const QByteArray deep = QByteArray(28, '[') + QByteArray(28, ']');
    rows(FaceKind::Friends,
        {R"("heartbeat",[])", R"("heartbeat","now")", R"("heartbeat",7)",
            R"("heartbeat",{"timestamp":"soon"})", R"("heartbeat",{"timestamp":[]})",
            R"("heartbeat",)" + deep, R"("join_conversation")", R"("join_conversation",{})",
            R"("join_conversation",{"conversation_id":7})",
            R"("join_conversation",{"conversation_id":"' or 1=1"})", R"("send_message",{})",
            R"("send_message",{"conversation_id":"x","text":7})",
            R"("friend_status_changed",{"user_id":"x","status":"online","timestamp":1})",
            R"("nobody knows this",{})", R"("update_presence",{"status":"busy"})"});
    rows(FaceKind::DevicesA,
        {R"("user_heartbeat",7)", R"("user_heartbeat",{"timestamp":{}})",
            R"("user_heartbeat",{"deviceInfo":7})", R"("check_users_presence",{})",
            R"("check_users_presence",{"userIds":"x"})",
            R"("check_users_presence",{"userIds":[7]})", R"("get_user_presence",{"userId":["x"]})",
            R"("user_online",{"userId":"x","status":"online"})"});
    rows(FaceKind::DevicesB,
        {R"("heartbeat",7)", R"("heartbeat",{"deviceId":7})", R"("heartbeat",)" + deep,
            R"("update_presence",{})", R"("update_presence",{"status":"invisible"})",
            R"("update_presence",{"status":7})",
            R"("update_presence",{"status":"busy","statusMessage":7})",
            R"("update_presence",{"status":"busy","statusMessage":")" + QByteArray(141, 'x')
                + R"("})",
            R"("get_bulk_presence",{"userIds":{}})", R"("contact_presence_update",{})"});
}

void tst_Hostile::badEventsChangeNothing()
{
    QFETCH(const QByteArray, event);
    const DialectFace &face = faceOfRow();
    Stage stage(face);
    TestServer &server = stage.server();
    QVERIFY(stage.actor().arrive());
    stage.pass(10s); // so that a heartbeat would be noticed
    for (const DialectFace &watching : dialectFaces())
        (void)stage.toldIn(watching.kind);
    const QString before = presenceOfAll(server);
    auto &bao = dynamic_cast<SocketIoProbe &>(stage.actor());
    bao.socket().send((face.kind == FaceKind::Friends ? "42[" : "42/chat,[") + event + ']');
    QVERIFY2(bao.settle(), "the connection stays");
    QVERIFY(!bao.isSentOut());
    QCOMPARE(presenceOfAll(server), before);
    for (const DialectFace &watching : dialectFaces())
        QVERIFY(stage.toldIn(watching.kind).isEmpty());
    QVERIFY(bao.beat());
}

void tst_Hostile::whatIsNoPacketEndsTheConnection_data()
{
    QTest::addColumn<int>("face");
    QTest::addColumn<QByteArray>("text");
    for (const FaceKind kind : {FaceKind::Friends, FaceKind::DevicesB}) {
        for (const char *text :
            {"2", "9", "42[", "42{}", "42[]", "42[7", "45-[\"x\"]", "42[\"connect\",{}]", "4", ""})
            QTest::addRow("%s: '%s'", faceOf(kind).name, text) << int(kind) << QByteArray(text);
    }
}

void tst_Hostile::whatIsNoPacketEndsTheConnection()
{
    QFETCH(const QByteArray, text);
    Stage stage(faceOfRow(), onlyMtchat());
    const auto other = comer(stage, FaceKind::DevicesA, u"other"_s, u"chi"_s);
    QVERIFY(other && stage.actor().arrive());
    auto &bao = dynamic_cast<SocketIoProbe &>(stage.actor());
    bao.socket().send(text);
    QVERIFY(waitUntil([&bao] { return !bao.isOpen(); }));
    QVERIFY(other->settle());
    stage.pass(stage.face().graceLost);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Offline);
    QVERIFY(stage.actor().arrive());
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
}

void tst_Hostile::aRevokedSignInEndsItsConnection_data()
{
    addFaceRows([](const DialectFace &face) { return face.link != Link::None; });
}

void tst_Hostile::aRevokedSignInEndsItsConnection()
{
    Stage stage(faceOfRow(), onlyMtchat());
    TestServer &server = stage.server();
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.second().arrive());
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 2);
    QCOMPARE(httpCall(server.url(), "DELETE", u"/api/v1/sessions/current"_s, {},
                 bearing(stage.actor().token()))
                 .status
            / 100,
        2);
    QVERIFY(waitUntil([&] { return !stage.actor().isOpen(); }));
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 1); // at once: no grace
    QVERIFY(stage.second().isOpen());
    QVERIFY(!stage.actor().connect());
    QVERIFY(stage.second().beat());
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 1);
}

QTEST_GUILESS_MAIN(tst_Hostile)
#include "tst_hostile.moc"
