// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/presenceservice.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>
#include <QSet>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! The REST face as one person uses it.
class Face
{
public:
    Face(TestServer &server, const QString &login, const QByteArray &device = {})
        : m_server(server)
        , m_rest(server)
        , m_token(server.token(login))
        , m_device(device)
        , ownId(idOf(server, login))
    {
    }

    [[nodiscard]] static QString idOf(TestServer &server, const QString &login)
    {
        const auto person = server.database().people().find(server.key(login));
        return person ? person->ids.userStatus : QString();
    }
    RestReply send(const QByteArray &verb, const QString &path, const QByteArray &body = {})
    {
        QNetworkRequest request = m_server.request(u"/api/v1/users"_s + path, m_token);
        if (!m_device.isEmpty())
            request.setRawHeader("X-Device-Id", m_device);
        return m_rest.send(request, verb, body);
    }
    RestReply set(const QByteArray &word)
    {
        return send("POST", u'/' + ownId + u"/status"_s, R"({"status":")" + word + R"("})");
    }
    RestReply put(const QString &word) { return send("PUT", u'/' + ownId + u"/status/"_s + word); }
    RestReply beat() { return send("POST", u'/' + ownId + u"/heartbeat"_s); }
    RestReply get(const QString &id) { return send("GET", u'/' + id + u"/status"_s); }
    [[nodiscard]] QString wordOf(const QString &id)
    {
        return get(id).data().toObject().value("status"_L1).toString();
    }

private:
    TestServer &m_server;
    Rest m_rest;
    QString m_token;
    QByteArray m_device;

public:
    QString ownId;
};

QString errorOf(const RestReply &reply)
{
    const QJsonObject answer = reply.json();
    const bool isRefusal = answer.contains("success"_L1) && !answer.value("success"_L1).toBool()
        && answer.size() == 2;
    return isRefusal ? answer.value("error"_L1).toString() : QString();
}

Status shown(TestServer &server, const QString &login)
{
    return server.server().presence().ledger().view(server.key(login)).status;
}

} // namespace

class tst_StatusRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingAnswersWithTheRow();
    void everyWordHasItsEffect();
    void hidingLeaksNothing();
    void wishesAreTakenBackByComingAndGoing();
    void noStateInBetweenIsSeen();
    void manyIsAMapOfThoseOneMaySee();
    void heartbeatsAnswerWithHalfALifetime();
    void strangersAndNobodyGetTheSameAnswer();
    void nobodyWritesForSomebodyElse();
    void whoeverHasNoGoodTokenIsRefused();
    void bodiesThatSayNothingAreRefused();
    void tooFastIsRefusedWithTheTimeToWait();
    void theSearchForPeopleGoesOn();
};

void tst_StatusRest::settingAnswersWithTheRow()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    const auto reply = bao.set("online");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.json().value("success"_L1).toBool());
    QCOMPARE(reply.json().value("message"_L1).toString(), u"User status updated successfully"_s);
    const QJsonObject row = reply.data().toObject();
    QCOMPARE(row.value("user_id"_L1).toString(), bao.ownId);
    QCOMPARE(row.value("status"_L1).toString(), u"online"_s);
    QCOMPARE(row.value("timestamp"_L1).toString(), u"2026-02-07T14:00:00.000Z"_s);
    server.advance(10s);
    QVERIFY(bao.beat().json().value("success"_L1).toBool());
    const QJsonObject seen = Face(server, u"ana"_s).get(bao.ownId).data().toObject();
    QCOMPARE(seen.value("timestamp"_L1).toString(), u"2026-02-07T14:00:00.000Z"_s);
    QCOMPARE(seen.value("last_activity"_L1).toString(), u"2026-02-07T14:00:10.000Z"_s);
    server.advance(30s);
    QCOMPARE(Face(server, u"ana"_s).wordOf(bao.ownId), u"offline"_s);
}

void tst_StatusRest::everyWordHasItsEffect()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    Face ana(server, u"ana"_s);
    const auto check = [&](const RestReply &reply, const char *own, const char *others) {
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.data().toObject().value("status"_L1).toString(), QLatin1StringView(own));
        QCOMPARE(bao.wordOf(bao.ownId), QLatin1StringView(own));
        QCOMPARE(ana.wordOf(bao.ownId), QLatin1StringView(others));
        const auto outside = bao.send("GET", u'/' + bao.ownId + u"/status/public"_s);
        QCOMPARE(
            outside.data().toObject().value("status"_L1).toString(), QLatin1StringView(others));
    };
    check(bao.set("online"), "online", "online");
    check(bao.set("away"), "away", "away");
    check(bao.set("dnd"), "dnd", "dnd");
    QCOMPARE(shown(server, u"bao"_s), Status::Busy);
    check(bao.set("invisible"), "invisible", "offline");
    check(bao.set("offline"), "offline", "offline");
    check(bao.set("online"), "online", "online");
    check(bao.put(u"away"_s), "away", "away");
    check(bao.put(u"dnd"_s), "dnd", "dnd");
    check(bao.put(u"invisible"_s), "invisible", "offline");
    check(bao.put(u"offline"_s), "offline", "offline");
    QCOMPARE(bao.put(u"online"_s).status, 404); // the contract has no such route
}

void tst_StatusRest::hidingLeaksNothing()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    Face chi(server, u"chi"_s);
    Face ana(server, u"ana"_s);
    QCOMPARE(bao.set("online").status, 200);
    QCOMPARE(chi.set("online").status, 200);
    server.advance(5s);
    QCOMPARE(bao.set("invisible").status, 200);
    QCOMPARE(chi.set("offline").status, 200);
    const auto looksLike = [&ana](const QString &id) {
        QByteArray all;
        for (const QString &path : {u'/' + id + u"/status"_s, u'/' + id + u"/status/public"_s,
                 u"/status?user_ids="_s + id})
            all += ana.send("GET", path).body;
        return all.replace(id.toLatin1(), "x");
    };
    for (int step = 0; step < 3; ++step) {
        QCOMPARE(looksLike(bao.ownId), looksLike(chi.ownId));
        QVERIFY(!looksLike(bao.ownId).contains("invisible"));
        server.advance(10s);
        QCOMPARE(bao.beat().status, 200);
        QCOMPARE(bao.set("invisible").status, 200);
    }
}

void tst_StatusRest::wishesAreTakenBackByComingAndGoing()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    const auto wish
        = [&] { return server.server().presence().ledger().ownView(server.key(u"bao"_s)).intent; };
    QCOMPARE(bao.set("invisible").status, 200);
    QVERIFY(wish().status == IntentStatus::Invisible);
    QCOMPARE(bao.set("offline").status, 200);
    // Leaving must not make visible: another device would then be seen.
    QVERIFY(wish().status == IntentStatus::Invisible);
    QCOMPARE(bao.set("away").status, 200);
    QVERIFY(wish().status == IntentStatus::Auto);
    QCOMPARE(shown(server, u"bao"_s), Status::Away);
}

void tst_StatusRest::noStateInBetweenIsSeen()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    QList<Status> seen;
    connect(&server.server().presence(), &net::PresenceService::changed, this,
        [&seen](const PresenceChange &change) {
            if (change.audience == Audience::Everybody)
                seen.append(change.after.status);
        });
    Face bao(server, u"bao"_s);
    QCOMPARE(bao.set("invisible").status, 200);
    QCOMPARE(seen, QList<Status>());
    QCOMPARE(bao.set("away").status, 200);
    QCOMPARE(seen, QList{Status::Away});
    QCOMPARE(bao.set("offline").status, 200);
    QCOMPARE(bao.set("dnd").status, 200);
    QCOMPARE(seen, (QList{Status::Away, Status::Offline, Status::Busy}));
}

void tst_StatusRest::manyIsAMapOfThoseOneMaySee()
{
    TestServer server(ServerTime::Manual);
    server.options.dialects.userStatus.maxIds = 4;
    QVERIFY(server.start());
    Face ana(server, u"ana"_s);
    Face bao(server, u"bao"_s);
    QCOMPARE(bao.set("dnd").status, 200);
    const QString chi = Face::idOf(server, u"chi"_s);
    const QString eve = Face::idOf(server, u"eve"_s);
    const QStringList ways{u"/status?user_ids=%1,%2,%3,user_4711"_s.arg(bao.ownId, chi, eve),
        u"/status?user_ids=%1&user_ids=%2&user_ids=%3&user_ids=user_4711"_s.arg(
            bao.ownId, chi, eve)};
    for (const QString &way : ways) {
        const auto reply = ana.send("GET", way);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.json().value("count"_L1).toInt(), 2);
        const QJsonObject people = reply.data().toObject();
        QCOMPARE(people.keys().size(), 2);
        QCOMPARE(people.value(bao.ownId).toObject().value("status"_L1).toString(), u"dnd"_s);
        QCOMPARE(people.value(chi).toObject().value("status"_L1).toString(), u"offline"_s);
        QVERIFY(people.value(chi).toObject().value("last_activity"_L1).isNull());
    }
    QCOMPARE(ana.send("GET", u"/status"_s).status, 400);
    QCOMPARE(ana.send("GET", u"/status?user_ids=a,b,c"_s).status, 200);
    const auto tooMany = ana.send("GET", u"/status?user_ids=a,b,c,d,e"_s);
    QCOMPARE(tooMany.status, 400);
    QCOMPARE(errorOf(tooMany), u"more than 4 ids"_s);
}

void tst_StatusRest::heartbeatsAnswerWithHalfALifetime()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    const QJsonObject first = bao.beat().json();
    QVERIFY(first.value("success"_L1).toBool());
    QCOMPARE(first.value("next_heartbeat_seconds"_L1).toInt(), 15);
    QCOMPARE(shown(server, u"bao"_s), Status::Online);
    QCOMPARE(bao.put(u"offline"_s).status, 200);
    const auto refused = bao.beat();
    QCOMPARE(refused.status, 200);
    QVERIFY(!refused.json().value("success"_L1).toBool());
    QCOMPARE(refused.json().value("next_heartbeat_seconds"_L1).toInt(-1), 0);
    QCOMPARE(shown(server, u"bao"_s), Status::Offline);
    // Another device of the same person is another matter.
    Face phone(server, u"bao"_s, "phone");
    QVERIFY(phone.beat().json().value("success"_L1).toBool());
    QCOMPARE(bao.put(u"offline"_s).json().value("message"_L1).toString(),
        u"still online on 1 other device(s)"_s);
}

void tst_StatusRest::strangersAndNobodyGetTheSameAnswer()
{
    TestServer server;
    QVERIFY(server.start());
    Face ana(server, u"ana"_s);
    Face eve(server, u"eve"_s);
    QCOMPARE(eve.set("online").status, 200);
    for (const QString &tail : {u"/status"_s, u"/status/public"_s}) {
        const auto stranger = ana.send("GET", u'/' + eve.ownId + tail);
        const auto nobody = ana.send("GET", u"/user_4711"_s + tail);
        QCOMPARE(stranger.status, 404);
        QCOMPARE(errorOf(stranger), u"no such user"_s);
        QCOMPARE(stranger.body, nobody.body);
        QCOMPARE(stranger.status, nobody.status);
    }
}

void tst_StatusRest::nobodyWritesForSomebodyElse()
{
    TestServer server;
    QVERIFY(server.start());
    Face ana(server, u"ana"_s);
    QSet<QByteArray> answers;
    for (const QString &id :
        {Face::idOf(server, u"bao"_s), Face::idOf(server, u"eve"_s), u"user_4711"_s}) {
        for (const QString &word : {u"away"_s, u"offline"_s, u"invisible"_s, u"dnd"_s}) {
            const auto reply = ana.send("PUT", u'/' + id + u"/status/"_s + word);
            QCOMPARE(reply.status, 403);
            answers.insert(reply.body);
        }
        const auto set = ana.send("POST", u'/' + id + u"/status"_s, R"({"status":"online"})");
        QCOMPARE(set.status, 403);
        answers.insert(set.body);
        const auto beat = ana.send("POST", u'/' + id + u"/heartbeat"_s);
        QCOMPARE(beat.status, 403);
        answers.insert(beat.body);
    }
    QCOMPARE(answers.size(), 1);
    QCOMPARE(shown(server, u"bao"_s), Status::Offline);
}

void tst_StatusRest::whoeverHasNoGoodTokenIsRefused()
{
    TestServer server;
    QVERIFY(server.start());
    Rest rest(server);
    const QString id = Face::idOf(server, u"bao"_s);
    for (const QString &token : {QString(), u"abc"_s}) {
        for (const QString &path : {u"/api/v1/users/%1/status"_s,
                 u"/api/v1/users/%1/status/public"_s, u"/api/v1/users/status?user_ids=%1"_s}) {
            const auto reply = rest.get(path.arg(id), token);
            QCOMPARE(reply.status, 401);
            QVERIFY(!errorOf(reply).isEmpty());
        }
        QCOMPARE(rest.put(u"/api/v1/users/%1/status/dnd"_s.arg(id), {}, token).status, 401);
        const auto big = rest.post(
            u"/api/v1/users/%1/status"_s.arg(id), {{"status"_L1, QString(100'000, u'x')}}, token);
        QCOMPARE(big.status, 401);
        QCOMPARE(rest.post(u"/api/v1/users/%1/heartbeat"_s.arg(id), {}, token).status, 401);
    }
}

void tst_StatusRest::bodiesThatSayNothingAreRefused()
{
    TestServer server;
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    const QString path = u'/' + bao.ownId + u"/status"_s;
    for (const QByteArray &body : {QByteArray(), QByteArray("away"), QByteArray("{}"),
             QByteArray(R"({"status":"busy"})"), QByteArray(R"({"status":["away"]})")}) {
        const auto reply = bao.send("POST", path, body);
        QCOMPARE(reply.status, 400);
        QVERIFY(!errorOf(reply).isEmpty());
    }
    QCOMPARE(bao.send("POST", path, QByteArray(5000, ' ')).status, 413);
    QCOMPARE(shown(server, u"bao"_s), Status::Offline);
}

void tst_StatusRest::tooFastIsRefusedWithTheTimeToWait()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.heartbeat = {1, 3s};
    QVERIFY(server.start());
    Face bao(server, u"bao"_s);
    QCOMPARE(bao.beat().status, 200);
    const auto refused = bao.beat();
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.retryAfter, "3");
    QCOMPARE(errorOf(refused), u"too often"_s);
}

void tst_StatusRest::theSearchForPeopleGoesOn()
{
    TestServer server;
    QVERIFY(server.start());
    Rest rest(server);
    const auto found = rest.get(u"/api/v1/users?search=ba"_s, server.token(u"ana"_s));
    QCOMPARE(found.status, 200);
    QCOMPARE(found.data().toArray().size(), 1);
    QCOMPARE(rest.get(u"/api/v1/users/user_1"_s, server.token(u"ana"_s)).status, 404);
}

QTEST_GUILESS_MAIN(tst_StatusRest)
#include "tst_statusrest.moc"
