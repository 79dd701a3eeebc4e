// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/qa/qapeer.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! Waiting for what happens instead of for a time.
class tst_Expectations : public QObject
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

    void answersWhenTheFramesHaveCome()
    {
        QaPeer ben;
        QVERIFY(ben.open(m_server->world(), u"ben"_s));
        QaCall call = m_client->later(u"/expect"_s,
            {{u"user"_s, u"ben"_s}, {u"frame"_s, u"ping"_s}, {u"count"_s, 2},
                {u"within"_s, u"65s"_s}, {u"direction"_s, u"in"_s}});
        QVERIFY(isAsked());
        ben.ping();
        QVERIFY(isAsked());
        QVERIFY(!call.isAnswered());
        ben.ping();
        const QaAnswer answer = call.answer();
        QCOMPARE(answer.status, 200);
        QVERIFY(answer["met"].toBool());
        QCOMPARE(answer["count"].toInt(), 2);
        const QJsonObject frame = answer["frames"].toArray().first().toObject();
        QCOMPARE(frame.value("type"_L1).toString(), u"ping"_s);
        QCOMPARE(frame.value("user_id"_L1).toString(), idOf(m_server->world(), u"ben"_s).value);
        QCOMPARE(frame.value("dialect"_L1).toString(), u"mtchat"_s);
    }

    void framesOfOthersDoNotCount()
    {
        QaPeer anna;
        QaPeer ben;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QVERIFY(ben.open(m_server->world(), u"ben"_s));
        QaCall call = m_client->later(u"/expect"_s,
            {{u"user"_s, u"ben"_s}, {u"frame"_s, u"ping"_s}, {u"within"_s, u"60s"_s}});
        QVERIFY(isAsked());
        QVERIFY(anna.settle());
        QVERIFY(isAsked());
        QVERIFY(!call.isAnswered());
        ben.ping();
        QCOMPARE(call.answer().status, 200);
    }

    void whatWasSeenInsteadIsToldWhenTheTimeHasPassed()
    {
        QaPeer ben;
        QVERIFY(ben.open(m_server->world(), u"ben"_s));
        QaCall call = m_client->later(u"/expect"_s,
            {{u"user"_s, u"ben"_s}, {u"frame"_s, u"ping"_s}, {u"count"_s, 2},
                {u"within"_s, u"65s"_s}});
        QVERIFY(isAsked());
        QVERIFY(ben.settle());
        QVERIFY(m_client->advance(64s));
        QVERIFY(!call.isAnswered());
        QVERIFY(m_client->advance(1s));
        const QaAnswer answer = call.answer();
        QCOMPARE(answer.status, 408);
        QVERIFY(!answer["met"].toBool());
        QCOMPARE(answer["count"].toInt(), 1);
        QCOMPARE(answer["wanted"].toInt(), 2);
        QVERIFY(answer["waited_ms"].toInteger() >= 65'000);
        QCOMPARE(answer["seen"].toObject().value("ping"_L1).toInt(), 1);
        QCOMPARE(answer["seen"].toObject().value("pong"_L1).toInt(), 1);
        QVERIFY(answer["error"].toString().contains(u"1 of 2"));
    }

    void whatHasHappenedSinceAnAnswerCounts()
    {
        const qint64 mark = m_client->get(u"/frames"_s)["id"].toInteger();
        QaPeer ben;
        QVERIFY(ben.open(m_server->world(), u"ben"_s));
        QVERIFY(ben.settle());
        const auto expect = [this](const QJsonValue &since) {
            return m_client->post(u"/expect"_s,
                {{u"frame"_s, u"pong"_s}, {u"direction"_s, u"out"_s}, {u"since"_s, since},
                    {u"within"_s, 0}});
        };
        QCOMPARE(expect(mark).status, 200);
        QCOMPARE(expect(u"start"_s).status, 200);
        QCOMPARE(expect(u"now"_s).status, 408);
        QCOMPARE(expect(expect(u"start"_s)["id"]).status, 408);
    }

    void waitsForAStatus()
    {
        QCOMPARE(m_client
                     ->post(u"/expect"_s,
                         {{u"user"_s, u"anna"_s}, {u"status"_s, u"offline"_s}, {u"within"_s, 0}})
                     .status,
            200);
        QaCall online = m_client->later(u"/expect"_s,
            {{u"user"_s, u"anna"_s}, {u"status"_s, u"online"_s}, {u"within"_s, u"10s"_s}});
        QVERIFY(isAsked());
        QaPeer anna;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QCOMPARE(online.answer().status, 200);
        QaCall offline = m_client->later(u"/expect"_s,
            {{u"user"_s, idOf(m_server->world(), u"anna"_s).value}, {u"status"_s, u"offline"_s},
                {u"within"_s, u"2m"_s}});
        QVERIFY(isAsked());
        QVERIFY(m_client->advance(61s));
        const QaAnswer answer = offline.answer();
        QCOMPARE(answer.status, 200);
        QVERIFY(answer["waited_ms"].toInteger() <= 61'000);
    }

    void aStatusThatDoesNotComeIsToldWithTheOneThatIs()
    {
        const QaAnswer answer = m_client->post(u"/expect"_s,
            {{u"user"_s, u"anna"_s}, {u"status"_s, u"busy"_s}, {u"within"_s, u"10ms"_s}});
        QCOMPARE(answer.status, 408);
        QCOMPARE(answer["status"].toString(), u"offline"_s);
    }

    void whoWaitsIsToldOfAReset()
    {
        QaCall call
            = m_client->later(u"/expect"_s, {{u"frame"_s, u"ping"_s}, {u"within"_s, u"1h"_s}});
        QVERIFY(isAsked());
        QCOMPARE(m_client->post(u"/reset"_s).status, 200);
        QCOMPARE(call.answer().status, 409);
    }

private:
    //! What was asked before has arrived: the port answers in order of arrival.
    bool isAsked() { return m_client->get(u"/clock"_s).status == 200; }

    std::unique_ptr<QaServer> m_server;
    std::unique_ptr<QaClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Expectations)
#include "tst_expectations.moc"
