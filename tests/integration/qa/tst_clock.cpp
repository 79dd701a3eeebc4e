// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/timeformat.h"
#include "tests/integration/qa/qapeer.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! The virtual clock, and the reset that takes it back.
class tst_Clock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<QaServer>();
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        m_client
            = std::make_unique<QaClient>(m_server->control().url(), m_server->control().token());
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void movesByExactlyWhatIsAsked()
    {
        QCOMPARE(m_client->get(u"/clock"_s)["offset_ms"].toInteger(), 0);
        const auto answer = m_client->post(u"/clock/advance"_s, {{u"seconds"_s, 61}});
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer["offset_ms"].toInteger(), 61'000);
        QCOMPARE(
            m_client->post(u"/clock/advance"_s, {{u"ms"_s, 250}})["offset_ms"].toInteger(), 61'250);
        const WallTime told = *fromRfc3339(m_client->get(u"/clock"_s)["now"].toString());
        QVERIFY(std::chrono::abs(told - SystemClock().wallNow() - 61'250ms) < 5s);
    }

    void standsStillWhileFrozen()
    {
        const auto frozen = m_client->post(u"/clock/freeze"_s);
        QVERIFY(frozen["frozen"].toBool());
        const QString now = frozen["now"].toString();
        const SteadyTime began = SystemClock().now();
        QTRY_VERIFY(SystemClock().now() > began + 20ms);
        QCOMPARE(m_client->get(u"/clock"_s)["now"].toString(), now);
        const auto moved = m_client->post(u"/clock/advance"_s, {{u"ms"_s, 5}});
        QVERIFY(*fromRfc3339(moved["now"].toString()) == *fromRfc3339(now) + 5ms);
        const auto resumed = m_client->post(u"/clock/resume"_s);
        QVERIFY(!resumed["frozen"].toBool());
        QVERIFY(*fromRfc3339(resumed["now"].toString()) >= *fromRfc3339(now) + 5ms);
        QTRY_VERIFY(
            *fromRfc3339(m_client->get(u"/clock"_s)["now"].toString()) > *fromRfc3339(now) + 10ms);
    }

    //! A wish that ends after 30 s and a lease that ends after 60 s: both at their own moment.
    void everythingDueHappensInOrderAtItsTime()
    {
        QaPeer anna;
        QaPeer ben;
        QVERIFY(ben.open(m_server->world(), u"ben"_s));
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QVERIFY(m_client->post(u"/clock/freeze"_s).status == 200);
        anna.ping();
        QVERIFY(anna.settle());
        const WallTime now = m_server->world().clock().wallNow();
        anna.say({{u"type"_s, u"presence.set"_s}, {u"status"_s, u"busy"_s},
            {u"until"_s, toRfc3339(now + 30s)}});
        const UserId id = idOf(m_server->world(), u"anna"_s);
        QTRY_COMPARE(last(ben, id).value("status"_L1).toString(), u"busy"_s);
        const qsizetype before = ben.heardOf(id).size();

        QVERIFY(m_client->advance(61s));
        QTRY_COMPARE(ben.heardOf(id).size(), before + 2);
        const QJsonObject ended = ben.heardOf(id).at(before);
        QCOMPARE(ended.value("status"_L1).toString(), u"online"_s);
        QVERIFY(isAbout(ended.value("at"_L1), now + 30s));
        const QJsonObject gone = ben.heardOf(id).at(before + 1);
        QCOMPARE(gone.value("status"_L1).toString(), u"offline"_s);
        QCOMPARE(gone.value("reason"_L1).toString(), u"inactive"_s);
        QVERIFY(isAbout(gone.value("at"_L1), now + 60s));
        QCOMPARE(m_client->statusOf(u"anna"_s), u"offline"_s);
    }

    void socketsLiveInRealTime()
    {
        QaPeer anna;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QVERIFY(m_client->advance(1h));
        QVERIFY(anna.isConnected());
        QCOMPARE(m_client->statusOf(u"anna"_s), u"offline"_s);
        QVERIFY(anna.settle()); // its next heartbeat brings it back
        QCOMPARE(m_client->statusOf(u"anna"_s), u"online"_s);
    }

    //! Its pings are timed by the world's clock: who answers them is given the time to.
    void peersOfSocketIoThatAnswerAreNotLost()
    {
        net::QaWorld &world = m_server->world();
        QStringList heard;
        QWebSocket socket;
        connect(&socket, &QWebSocket::textMessageReceived, &socket, [&](const QString &text) {
            heard.append(text);
            if (text == u"2")
                socket.sendTextMessage(u"3"_s);
        });
        QUrl url(world.server().url().toString() + u"/socket.io/?EIO=4&transport=websocket"_s);
        url.setScheme(u"ws"_s);
        socket.open(url);
        QTRY_COMPARE(heard.size(), 1);
        socket.sendTextMessage(u"40{\"token\":\"%1\"}"_s.arg(QaServer::tokenOf(world, u"anna"_s)));
        QTRY_VERIFY(heard.last().startsWith(u"40"));
        QVERIFY(m_client->advance(10min));
        QVERIFY(heard.count(u"2"_s) > 10);
        QVERIFY(socket.state() == QAbstractSocket::ConnectedState);
    }

    void aMomentBeforeTheEndNothingHappens()
    {
        QaPeer anna;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QVERIFY(m_client->post(u"/clock/freeze"_s).status == 200);
        QVERIFY(anna.settle());
        QVERIFY(m_client->advance(59'999ms));
        QCOMPARE(m_client->statusOf(u"anna"_s), u"online"_s);
        QVERIFY(m_client->advance(1ms));
        QCOMPARE(m_client->statusOf(u"anna"_s), u"offline"_s);
    }

    void timersThatWereSetBeforeAreNotLate()
    {
        QaPeer anna;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QVERIFY(anna.settle());
        QVERIFY(m_client->advance(59'700ms));
        // The rest passes by itself, in real time.
        QTRY_COMPARE_WITH_TIMEOUT(m_client->statusOf(u"anna"_s), u"offline"_s, 5000);
    }

    void twoAdvancesAtOnceAreRefused()
    {
        QaCall first = m_client->later(u"/clock/advance"_s, {{u"seconds"_s, 7'200}});
        QaCall second = m_client->later(u"/clock/advance"_s, {{u"seconds"_s, 1}});
        const QList<int> answers{first.answer().status, second.answer().status};
        QVERIFY(answers.contains(200));
        QVERIFY(answers == (QList{200, 409}) || answers == (QList{200, 200}));
    }

    void resetGoesBackToTheSeed()
    {
        net::QaWorld &world = m_server->world();
        const QString url = world.server().url().toString();
        const QString token = QaServer::tokenOf(world, u"anna"_s);
        const QStringList before = dialogsOf(url, token);
        QVERIFY(before.size() > 3);
        QaPeer anna;
        QVERIFY(anna.open(world, u"anna"_s));
        anna.say({{u"type"_s, u"presence.set"_s}, {u"status"_s, u"busy"_s}});
        const QString dialog = before.first().section(u' ', 0, 0);
        const auto sent = rest("POST", url + u"/api/v1/dialogs/%1/messages"_s.arg(dialog), token,
            {{u"content"_s, u"<p>new</p>"_s}});
        QVERIFY2(sent.status == 200 || sent.status == 201, sent.body.constData());
        QVERIFY(dialogsOf(url, token) != before);
        QVERIFY(m_client->advance(1h));

        const auto reset = m_client->post(u"/reset"_s);
        QCOMPARE(reset.status, 200);
        QCOMPARE(world.server().url().toString(), url);
        QTRY_VERIFY(!anna.isConnected());
        QCOMPARE(m_client->get(u"/clock"_s)["offset_ms"].toInteger(), 0);
        QCOMPARE(m_client->get(u"/frames"_s)["frames"].toArray().size(), 0);
        const QJsonObject presence = m_client->presence(u"anna"_s);
        QVERIFY(presence.value("devices"_L1).toArray().isEmpty());
        QCOMPARE(presence.value("intent"_L1).toObject().value("status"_L1).toString(), u"auto"_s);
        QCOMPARE(dialogsOf(url, token), before);
        QaPeer again;
        QVERIFY(again.open(world, u"anna"_s));
    }

    void resetIsQuick()
    {
        QList<double> figures;
        for (int i = 0; i < 10; ++i)
            figures.append(m_client->post(u"/reset"_s)["ms"].toDouble());
        std::sort(figures.begin(), figures.end());
        qInfo("reset of the built-in seed: median %.2f ms, worst %.2f ms of 10", figures.at(5),
            figures.last());
        if (qEnvironmentVariableIsSet("PRESENTLY_FULL"))
            QVERIFY(figures.at(5) < 10);
        QVERIFY(figures.at(5) < 250);
    }

private:
    //! The two clocks are read one after the other.
    static bool isAbout(const QJsonValue &time, WallTime expected)
    {
        const auto read = fromRfc3339(time.toString());
        return read && std::chrono::abs(*read - expected) <= 5ms;
    }
    static QJsonObject last(const QaPeer &peer, const UserId &user)
    {
        const auto heard = peer.heardOf(user);
        return heard.isEmpty() ? QJsonObject() : heard.last();
    }

    std::unique_ptr<QaServer> m_server;
    std::unique_ptr<QaClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Clock)
#include "tst_clock.moc"
