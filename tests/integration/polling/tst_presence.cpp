// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "tests/integration/polling/pollingclient.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! Who is listed when, with the clock in the test's hand.
class tst_Presence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start({}); }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void theLastOfThreeHundredSecondsStillCounts()
    {
        beat(u"ana"_s);
        m_server->advance(300s);
        QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s}));
        m_server->advance(1ms);
        QCOMPARE(seenBy(u"bao"_s), numbers({}));
        const auto why = m_server->server().explain(key(u"ana"_s));
        QCOMPARE(why.shown.reason, OfflineReason::Inactive);
        beat(u"ana"_s);
        QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s}));
    }

    void aListIsOfItsMoment()
    {
        beat(u"ana"_s);
        m_server->manualClock().advance(300s + 1ms); // and no timer has come to it yet
        QCOMPARE(seenBy(u"bao"_s), numbers({}));
    }

    void eachHeartbeatCountsAnew()
    {
        for (int i = 0; i < 5; ++i) {
            beat(u"ana"_s);
            m_server->advance(120s);
        }
        m_server->advance(180s);
        QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s}));
        m_server->advance(1ms);
        QCOMPARE(seenBy(u"bao"_s), numbers({}));
    }

    void theAnswerTellsTheServersTime()
    {
        const auto answer
            = m_client->beat(m_client->as(u"ana"_s), R"({"timestamp":"2024-01-28T12:00:00Z"})");
        QCOMPARE(answer.json(),
            (QJsonObject{{u"success"_s, true},
                {u"last_activity"_s, u"2026-02-07T14:00:00.000000+00:00"_s},
                {u"user_id"_s, m_client->number(u"ana"_s)}}));
    }

    void theClientsClockDecidesNothing()
    {
        for (const char *time : {"2124-01-28T12:00:00Z", "2000-01-01T00:00:00Z", "soon"}) {
            const QJsonObject body{{u"timestamp"_s, QString::fromLatin1(time)}};
            m_client->beat(m_client->as(u"ana"_s), QJsonDocument(body).toJson());
            QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s}));
            m_server->advance(300s + 1ms);
            QCOMPARE(seenBy(u"bao"_s), numbers({}));
        }
    }

    void leavingEndsTheLease_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("mark-offline") << u"/api/chat/mark-offline/"_s << "{}"_ba;
        QTest::newRow("mark-offline of the proxy") << u"/api/chat/mark-offline"_s << QByteArray();
        QTest::newRow("heartbeat, offline")
            << u"/api/chat/heartbeat/"_s << R"({"offline":true})"_ba;
        QTest::newRow("heartbeat of 1970")
            << u"/api/chat/heartbeat/"_s << R"({"timestamp":"1970-01-01T00:00:00.000Z"})"_ba;
        QTest::newRow("heartbeat of 1999")
            << u"/api/chat/heartbeat"_s << R"({"timestamp":"1999-12-31T23:59:59.999Z"})"_ba;
    }
    void leavingEndsTheLease()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        beat(u"ana"_s);
        m_server->advance(10s);
        const auto answer = m_client->call("POST", path, m_client->as(u"ana"_s), body);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json().value("user_id"_L1).toInteger(), m_client->number(u"ana"_s));
        QCOMPARE(seenBy(u"bao"_s), numbers({}));
        const auto why = m_server->server().explain(key(u"ana"_s));
        QCOMPARE(why.shown.reason, OfflineReason::Manual);
        QVERIFY(why.devices.empty());
        beat(u"ana"_s);
        QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s}));
    }

    void leavingTwiceIsNoMistake()
    {
        QCOMPARE(m_client->leave(m_client->as(u"ana"_s)).status, 200);
        QCOMPARE(m_client->leave(m_client->as(u"ana"_s)).status, 200);
    }

    void oneDeviceThatLeavesKeepsTheOthers()
    {
        const auto pc = m_client->as(u"ana"_s, u"pc"_s);
        const auto tab = m_client->as(u"ana"_s, u"tab"_s);
        auto phone = pc;
        phone.emplaceBack("X-Device-Id", "phone");
        for (const auto &device : {pc, tab, phone})
            QCOMPARE(m_client->beat(device).status, 200);
        QCOMPARE(m_server->server().explain(key(u"ana"_s)).devices.size(), size_t(3));
        QCOMPARE(m_server->server().explain(key(u"ana"_s)).shown.deviceCount, 3);
        m_client->leave(pc);
        m_client->leave(tab);
        QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s}));
        m_client->leave(phone);
        QCOMPARE(seenBy(u"bao"_s), numbers({}));
    }

    void aSignInThatEndsTakesItsDevicesWithIt()
    {
        const auto grant = m_server->grant(u"ana"_s, u"tab"_s);
        auto headers = PollingClient::bearer(grant.token);
        m_client->beat(headers);
        headers.emplaceBack("X-Device-Id", "second");
        m_client->beat(headers);
        Rest rest(*m_server);
        QCOMPARE(rest.remove(u"/api/v1/sessions/current"_s, grant.token).status, 204);
        QVERIFY(m_server->server().explain(key(u"ana"_s)).devices.empty());
    }

    void strangersAreNotListed()
    {
        for (const QString &login : m_server->logins)
            beat(login);
        QCOMPARE(seenBy(u"ana"_s), numbers({u"ana"_s, u"bao"_s, u"chi"_s, u"dan"_s}));
        QCOMPARE(seenBy(u"dan"_s), numbers({u"ana"_s, u"dan"_s}));
        QCOMPARE(seenBy(u"eve"_s), numbers({u"eve"_s}));
    }

    void everybodyIsListedWhereTheSwitchSaysSo()
    {
        net::ServerOptions options;
        options.dialects.polling.listEverybody = true;
        start(options.dialects.polling);
        for (const QString &login : m_server->logins)
            beat(login);
        QCOMPARE(seenBy(u"eve"_s), numbers(m_server->logins));
        wish(u"dan"_s, IntentStatus::Invisible);
        QVERIFY(!seenBy(u"eve"_s).contains(m_client->number(u"dan"_s)));
    }

    void invisiblePeopleSeeOnlyThemselvesListed()
    {
        beat(u"ana"_s);
        beat(u"bao"_s);
        wish(u"bao"_s, IntentStatus::Invisible);
        QCOMPARE(seenBy(u"ana"_s), numbers({u"ana"_s}));
        QCOMPARE(seenBy(u"bao"_s), numbers({u"ana"_s, u"bao"_s}));
        const auto detail = m_client->list(m_client->as(u"ana"_s), u"?detail=1"_s);
        const QJsonObject times = detail.json().value("last_activity"_L1).toObject();
        QVERIFY(!times.contains(QString::number(m_client->number(u"bao"_s))));
    }

    void awayAndBusyPeopleAreListed()
    {
        beat(u"bao"_s);
        for (const IntentStatus status : {IntentStatus::Away, IntentStatus::Busy}) {
            wish(u"bao"_s, status);
            QCOMPARE(seenBy(u"ana"_s), numbers({u"bao"_s}));
        }
    }

    void detailTellsTheTimes()
    {
        beat(u"ana"_s);
        m_server->advance(7s);
        beat(u"bao"_s);
        const auto answer = m_client->list(m_client->as(u"ana"_s), u"?detail=1"_s);
        const QJsonObject times = answer.json().value("last_activity"_L1).toObject();
        QCOMPARE(times.value(QString::number(m_client->number(u"ana"_s))).toString(),
            u"2026-02-07T14:00:00.000000+00:00"_s);
        QCOMPARE(times.value(QString::number(m_client->number(u"bao"_s))).toString(),
            u"2026-02-07T14:00:07.000000+00:00"_s);
        QVERIFY(!m_client->list(m_client->as(u"ana"_s)).json().contains("last_activity"_L1));
    }

    void whatDidNotChangeIsNotSentAgain()
    {
        const auto ask = [this](const QByteArray &tag) {
            auto headers = m_client->as(u"ana"_s);
            headers.emplaceBack("If-None-Match", tag);
            return m_client->list(headers);
        };
        const auto first = m_client->list(m_client->as(u"ana"_s));
        const QByteArray tag = first.headers.value("etag");
        QVERIFY(tag.size() > 2 && tag.startsWith('"') && tag.endsWith('"'));
        for (const QByteArray &asked : {tag, "\"x\", " + tag, "W/" + tag, "*"_ba}) {
            const auto again = ask(asked);
            QCOMPARE(again.status, 304);
            QVERIFY(again.body.isEmpty());
            QCOMPARE(again.headers.value("etag"), tag);
            QCOMPARE(again.headers.value("cache-control"), "no-store"_ba);
        }
        QCOMPARE(ask("\"x\"").status, 200);
        beat(u"bao"_s);
        const auto changed = ask(tag);
        QCOMPARE(changed.status, 200);
        QCOMPARE(changed.users(), numbers({u"bao"_s}));
        QVERIFY(changed.headers.value("etag") != tag);
    }

    //! What comes in here is seen through the WebSocket, at once.
    void theOtherDialectHearsOfIt()
    {
        Peer bao;
        QVERIFY(bao.open(*m_server, u"bao"_s));
        beat(u"ana"_s);
        QVERIFY(bao.waitForPresence(m_server->id(u"ana"_s), true));
        m_client->leave(m_client->as(u"ana"_s));
        QVERIFY(bao.waitForPresence(m_server->id(u"ana"_s), false));
        beat(u"ana"_s);
        const qsizetype from = bao.frames.size();
        m_server->advanceSlowly(300s + 1s);
        const auto gone = bao.waitForPresence(m_server->id(u"ana"_s), false, from);
        QVERIFY(gone.has_value());
        QCOMPARE(gone->value("reason"_L1).toString(), u"inactive"_s);
    }

    void aPersonOnTheWebSocketIsListed()
    {
        Peer bao;
        QVERIFY(bao.open(*m_server, u"bao"_s));
        QCOMPARE(seenBy(u"ana"_s), numbers({u"bao"_s}));
        m_client->beat(m_client->as(u"bao"_s));
        m_client->leave(m_client->as(u"bao"_s));
        QCOMPARE(seenBy(u"ana"_s), numbers({u"bao"_s}));
    }

    void tooManyHeartbeatsAreAnsweredAndDoNothing()
    {
        const int burst = m_server->options.limits.heartbeat.burst;
        for (int i = 0; i < burst; ++i)
            beat(u"ana"_s);
        m_server->advance(1s);
        const auto answer = m_client->beat(m_client->as(u"ana"_s));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.text("last_activity"_L1), u"2026-02-07T14:00:00.000000+00:00"_s);
    }

private:
    void start(const net::PollingOptions &options)
    {
        m_client.reset();
        m_server = std::make_unique<TestServer>(ServerTime::Manual);
        m_server->options.dialects.polling = options;
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        m_client = std::make_unique<PollingClient>(*m_server);
    }
    void beat(const QString &login) { QCOMPARE(m_client->beat(m_client->as(login)).status, 200); }
    void wish(const QString &login, IntentStatus status)
    {
        QVERIFY(m_server->server().hub().setIntent(key(login), {status, {}, {}}).has_value());
    }
    QList<qint64> seenBy(const QString &login)
    {
        return m_client->list(m_client->as(login)).users();
    }
    [[nodiscard]] QList<qint64> numbers(const QStringList &logins) const
    {
        return m_client->numbers(logins);
    }
    [[nodiscard]] PersonKey key(const QString &login) const { return m_server->key(login); }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<PollingClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Presence)
#include "tst_presence.moc"
