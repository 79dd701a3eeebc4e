// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/dialects/rulings.h"
#include "tests/support/dialectprobemtchat.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! The rulings L01 to L10 of models/presence/README.md over real sockets: lifetimes, devices, and
//! what is left of somebody who is gone. The engine's side of them is in unit/presence.
class tst_Rulings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void L01_lifetimesStayWithEachLease();
    void L02_offlineOnlyWhenTheLastDeviceIsGone_data() { addAllFaces(); }
    void L02_offlineOnlyWhenTheLastDeviceIsGone();
    void L03_offEndsThatDeviceOnly_data() { addAllFaces(); }
    void L03_offEndsThatDeviceOnly();
    void L03_theAnswerSaysThatOthersAreStillThere();
    void L04_hiddenAndSignedOutAreToldAlike();
    void L04_withoutADeviceBecomingInvisibleChangesNothing();
    void L05_nobodyStaysOnlineOnADeadServer();
    void L06_lastSeenIsKeptWithoutLimit();
    void L07_expiryIsToldWithoutAQuestion();
    void L08_deadlinesAreExact_data() { addAllFaces(); }
    void L08_deadlinesAreExact();
    void L09_thePolicySaysWhetherTheLastMomentCounts_data() { addAllFaces(); }
    void L09_thePolicySaysWhetherTheLastMomentCounts();
    void L10_whoIsNotThereIsOffline();

private:
    static void addAllFaces()
    {
        addFaceRows([](const DialectFace &) { return true; });
    }
};

void tst_Rulings::L01_lifetimesStayWithEachLease()
{
    Stage stage(faceOf(FaceKind::Mtchat));
    QVERIFY2(stage.error().isEmpty(), qPrintable(stage.error()));
    const WallTime start = stage.server().clock().wallNow();
    std::vector<std::unique_ptr<DialectProbe>> probes;
    std::map<Milliseconds, int> endings; // how many lifetimes end then
    for (const DialectFace &face : dialectFaces()) {
        probes.push_back(comer(stage, face.kind, u"face-%1"_s.arg(int(face.kind))));
        QVERIFY(probes.back());
        ++endings[face.lease + face.slack + (face.lastMomentCounts ? 1ms : 0ms)];
    }
    int left = int(dialectFaces().size());
    Milliseconds passed{0};
    for (const auto &[end, count] : endings) {
        stage.pass(end - passed - 1ms);
        QCOMPARE(answered(stage, FaceKind::Mtchat).devices, left);
        stage.pass(1ms);
        passed = end;
        left -= count;
        for (const DialectFace &face : dialectFaces())
            QCOMPARE(
                answered(stage, face.kind).status, left > 0 ? Status::Online : Status::Offline);
    }
    QCOMPARE(passed, Milliseconds{300'001});
    QCOMPARE(answered(stage, FaceKind::Mtchat).lastSeen, start);
}

void tst_Rulings::L02_offlineOnlyWhenTheLastDeviceIsGone()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, onlyMtchat());
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.second().arrive());
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 2);
    for (int i = 0; i < 6; ++i) { // the second sign-in has not thrown out the first
        stage.pass(face.lease / 2);
        QVERIFY2(stage.actor().beat() && stage.second().beat(), qPrintable(stage.actor().error()));
        QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 2);
    }
    QCOMPARE(stage.actor().isOpen(), face.link != Link::None);
    stage.pass(face.lease / 2);
    QVERIFY(stage.second().beat());
    stage.pass(face.lease / 2 + face.slack + 1ms);
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 1);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
    stage.pass(face.lease / 2 + 1ms);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Offline);
}

void tst_Rulings::L03_offEndsThatDeviceOnly()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, onlyMtchat());
    const auto other = comer(stage, FaceKind::Mtchat, u"other"_s);
    QVERIFY(other);
    QVERIFY(stage.actor().arrive());
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 2);
    if (face.saysOff) {
        QVERIFY2(stage.actor().sayOff(), qPrintable(stage.actor().error()));
    } else { // the sign-in can be ended everywhere
        const HttpAnswer ended
            = httpCall(stage.server().url(), "DELETE", u"/api/v1/sessions/current"_s, {},
                {{"Authorization", "Bearer " + stage.actor().token()}});
        QCOMPARE(ended.status / 100, 2);
    }
    QCOMPARE(answered(stage, FaceKind::Mtchat).devices, 1);
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, Status::Online);
    QVERIFY(other->beat());
    if (face.offEndsTheConnection || !face.saysOff)
        QVERIFY(waitUntil([&] { return !stage.actor().isOpen(); }));
}

void tst_Rulings::L03_theAnswerSaysThatOthersAreStillThere()
{
    Stage stage(faceOf(FaceKind::UserStatusRest), onlyMtchat());
    const auto other = comer(stage, FaceKind::Mtchat, u"other"_s);
    QVERIFY(other);
    QVERIFY(stage.actor().arrive());
    const QString id = personId(stage.server(), PersonIdKind::UserStatus, u"bao"_s);
    const HttpAnswer answer
        = httpCall(stage.server().url(), "PUT", u"/api/v1/users/%1/status/offline"_s.arg(id), {},
            {{"Authorization", "Bearer " + stage.actor().token()}});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.json().value("message"_L1).toString().contains(u"1 other device"_s));
    QCOMPARE(answer.json().value("data"_L1).toObject().value("status"_L1).toString(), u"online"_s);
}

void tst_Rulings::L04_hiddenAndSignedOutAreToldAlike()
{
    const QList<DialectFace> watching{faceOf(FaceKind::Mtchat), faceOf(FaceKind::DevicesA)};
    const auto play = [&watching](const std::function<bool(DialectProbe &)> &go) {
        Stage stage(faceOf(FaceKind::Mtchat), watching);
        QList<Sighting> told;
        if (!stage.actor().arrive())
            return told;
        stage.pass(5s);
        for (const DialectFace &face : watching)
            (void)stage.toldIn(face.kind);
        if (!go(stage.actor()))
            return told;
        for (const DialectFace &face : watching)
            told += stage.toldIn(face.kind);
        return told;
    };
    const auto signedOut = play([](DialectProbe &bao) { return bao.sayOff(); });
    const auto hidden
        = play([](DialectProbe &bao) { return bao.setStatus(IntentStatus::Invisible); });
    QCOMPARE(hidden.size(), 2);
    QCOMPARE(hidden, signedOut);
    for (const Sighting &sighting : hidden) {
        QCOMPARE(sighting.status, Status::Offline);
        QCOMPARE(sighting.reason, OfflineReason::Manual);
    }
}

void tst_Rulings::L04_withoutADeviceBecomingInvisibleChangesNothing()
{
    Stage stage(faceOf(FaceKind::Mtchat));
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.endLink(stage.actor(), [&] { stage.actor().loseLink(); }));
    stage.pass(stage.face().graceLost);
    std::map<FaceKind, Sighting> before;
    for (const DialectFace &face : dialectFaces()) {
        (void)stage.toldIn(face.kind);
        before[face.kind] = answered(stage, face.kind);
    }
    const HttpAnswer set = httpCall(stage.server().url(), "PUT", u"/api/v1/presence/me"_s,
        R"({"status":"invisible"})", {{"Authorization", "Bearer " + stage.actor().token()}});
    QCOMPARE(set.status, 200);
    stage.pass(1s);
    for (const DialectFace &face : dialectFaces()) {
        QVERIFY(stage.toldIn(face.kind).isEmpty());
        QCOMPARE(answered(stage, face.kind), before[face.kind]);
    }
}

void tst_Rulings::L05_nobodyStaysOnlineOnADeadServer()
{
    Stage stage(faceOf(FaceKind::Mtchat));
    std::vector<std::unique_ptr<DialectProbe>> probes;
    for (const DialectFace &face : dialectFaces()) {
        if (face.link == Link::None)
            continue;
        probes.push_back(comer(stage, face.kind, u"face-%1"_s.arg(int(face.kind))));
        QVERIFY(probes.back());
    }
    stage.pass(2s);
    stage.restart();
    QVERIFY2(stage.error().isEmpty(), qPrintable(stage.error()));
    stage.pass(45s);
    for (const DialectFace &face : dialectFaces())
        QCOMPARE(answered(stage, face.kind).status, Status::Offline);
}

void tst_Rulings::L06_lastSeenIsKeptWithoutLimit()
{
    Stage stage(faceOf(FaceKind::Polling), {});
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.actor().sayOff());
    const WallTime left = stage.server().clock().wallNow();
    stage.pass(2s);
    stage.server().manualClock().advance(24h * 400);
    stage.restart();
    stage.pass(60s);
    for (const FaceKind kind :
        {FaceKind::Mtchat, FaceKind::UserStatusRest, FaceKind::DevicesA, FaceKind::DevicesB}) {
        const auto ana = comer(stage, kind, u"late"_s, u"ana"_s);
        QVERIFY(ana);
        const auto seen = ana->ask(u"bao"_s);
        QVERIFY(seen);
        QCOMPARE(seen->status, Status::Offline);
        QCOMPARE(seen->lastSeen, left);
    }
}

void tst_Rulings::L07_expiryIsToldWithoutAQuestion()
{
    Stage stage(faceOf(FaceKind::UserStatusRest));
    QVERIFY(stage.actor().arrive());
    for (const DialectFace &face : dialectFaces())
        QCOMPARE(stage.toldIn(face.kind).size(), face.pushes ? 1 : 0);
    stage.pass(stage.face().lease); // nobody says or asks anything
    for (const DialectFace &face : dialectFaces()) {
        const QList<Sighting> told = stage.toldIn(face.kind);
        QCOMPARE(told.size(), face.pushes ? 1 : 0);
        if (face.pushes)
            QCOMPARE(told.first().status, Status::Offline);
    }
}

void tst_Rulings::L08_deadlinesAreExact()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, onlyMtchat());
    stage.pass(777ms); // nothing here is in step with whole seconds
    QVERIFY(stage.actor().arrive());
    (void)stage.toldIn(FaceKind::Mtchat);
    stage.pass(face.lease + face.slack - 1ms);
    QVERIFY(stage.toldIn(FaceKind::Mtchat).isEmpty());
    stage.pass(2ms);
    QCOMPARE(stage.toldIn(FaceKind::Mtchat).size(), 1);
}

void tst_Rulings::L09_thePolicySaysWhetherTheLastMomentCounts()
{
    const DialectFace &face = faceOfRow();
    Stage stage(face, onlyMtchat());
    QVERIFY(stage.actor().arrive());
    stage.pass(face.lease + face.slack);
    const Status expected = face.kind == FaceKind::Polling ? Status::Online : Status::Offline;
    QCOMPARE(answered(stage, FaceKind::Mtchat).status, expected);
}

void tst_Rulings::L10_whoIsNotThereIsOffline()
{
    Stage stage(faceOf(FaceKind::UserStatusRest), {});
    QVERIFY(stage.actor().arrive());
    QVERIFY(stage.actor().sayOff());
    stage.server().advance(25h); // one revision of userstatus calls people unknown by then
    for (const DialectFace &face : dialectFaces()) {
        const auto ana = comer(stage, face.kind, u"late-%1"_s.arg(int(face.kind)), u"ana"_s);
        QVERIFY(ana);
        for (const QString &login : {u"bao"_s, u"chi"_s, u"dan"_s}) { // left, never came
            const auto seen = ana->ask(login);
            QVERIFY2(seen, face.name);
            QCOMPARE(seen->status, Status::Offline);
        }
    }
}

QTEST_GUILESS_MAIN(tst_Rulings)
#include "tst_rulings.moc"
