// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/qa/qapeer.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! What is true, and what was said.
class tst_Oracle : public QObject
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

    void tellsTheRuleThatDecided()
    {
        QCOMPARE(m_client->presence(u"anna"_s).value("rule"_L1).toString(), u"no_device"_s);
        QaPeer anna;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        QCOMPARE(m_client->presence(u"anna"_s).value("rule"_L1).toString(), u"online"_s);
        anna.say({{u"type"_s, u"ping"_s}, {u"state"_s, u"idle"_s}});
        QTRY_COMPARE(m_client->statusOf(u"anna"_s), u"away"_s);
        const QJsonObject idle = m_client->presence(u"anna"_s);
        QCOMPARE(idle.value("rule"_L1).toString(), u"all_idle"_s);
        QCOMPARE(idle.value("rule_number"_L1).toInt(), 6);
        QCOMPARE(statusIn(idle, "seen_by_others"_L1), u"away"_s);
    }

    void tellsWhatInvisibleHides()
    {
        QaPeer anna;
        QVERIFY(anna.open(m_server->world(), u"anna"_s));
        anna.say({{u"type"_s, u"presence.set"_s}, {u"status"_s, u"invisible"_s}});
        QVERIFY(anna.settle());
        const QJsonObject presence = m_client->presence(u"anna"_s);
        QCOMPARE(presence.value("rule"_L1).toString(), u"invisible"_s);
        QCOMPARE(statusIn(presence, "seen_by_others"_L1), u"offline"_s);
        QCOMPARE(statusIn(presence, "seen_by_self"_L1), u"online"_s);
        QCOMPARE(
            presence.value("intent"_L1).toObject().value("status"_L1).toString(), u"invisible"_s);
    }

    void tellsEachLeaseAndItsConnection()
    {
        net::QaWorld &world = m_server->world();
        QaPeer anna;
        QVERIFY(anna.open(world, u"anna"_s));
        const QString url = world.server().url().toString();
        QCOMPARE(rest("POST", url + u"/api/chat/heartbeat/"_s, QaServer::tokenOf(world, u"anna"_s))
                     .status,
            200);
        const auto devices = m_client->presence(u"anna"_s).value("devices"_L1).toArray();
        QCOMPARE(devices.size(), 2);
        const QJsonObject socket = devices.at(0).toObject();
        QCOMPARE(socket.value("dialect"_L1).toString(), u"mtchat"_s);
        QCOMPARE(socket.value("binding"_L1).toString(), u"attached"_s);
        QCOMPARE(socket.value("state"_L1).toString(), u"live"_s);
        QVERIFY(socket.value("ends_at"_L1).isString());
        const QJsonObject poll = devices.at(1).toObject();
        QCOMPARE(poll.value("dialect"_L1).toString(), u"polling"_s);
        QCOMPARE(poll.value("binding"_L1).toString(), u"detached"_s);
        QVERIFY(!poll.contains("connection"_L1));

        const auto connections = m_client->get(u"/connections"_s)["connections"].toArray();
        QCOMPARE(connections.size(), 1);
        const QJsonObject connection = connections.first().toObject();
        QCOMPARE(connection.value("connection"_L1), socket.value("connection"_L1));
        QCOMPARE(connection.value("user_id"_L1).toString(), idOf(world, u"anna"_s).value);
        QVERIFY(m_client->advance(299s));
        QCOMPARE(m_client->statusOf(u"anna"_s), u"online"_s); // by the lease of polling alone
        QVERIFY(m_client->advance(2s));
        QCOMPARE(m_client->statusOf(u"anna"_s), u"offline"_s);
    }

    void knowsEverybodyByAnyName()
    {
        const QJsonObject all = m_client->get(u"/presence"_s).json();
        QCOMPARE(all.value("people"_L1).toArray().size(), m_server->world().accounts().size());
        const QJsonObject ids = m_client->presence(u"anna"_s).value("ids"_L1).toObject();
        for (const QString &id : {ids.value("mtchat"_L1).toString(),
                 ids.value("friends"_L1).toString(), ids.value("userstatus"_L1).toString()})
            QCOMPARE(m_client->presence(id).value("login"_L1).toString(), u"anna"_s);
    }

    void framesAreLoggedWithoutWhatTheySay()
    {
        net::QaWorld &world = m_server->world();
        QaPeer anna;
        QaPeer ben;
        QVERIFY(anna.open(world, u"anna"_s));
        QVERIFY(ben.open(world, u"ben"_s));
        const QString url = world.server().url().toString();
        const QString token = QaServer::tokenOf(world, u"anna"_s);
        const auto dialogs
            = QJsonDocument::fromJson(rest("GET", url + u"/api/v1/dialogs"_s, token).body)
                  .object()
                  .value("data"_L1)
                  .toArray();
        for (const QJsonValue &dialog : dialogs) {
            const QString id = dialog.toObject().value("id"_L1).toString();
            rest("POST", url + u"/api/v1/dialogs/%1/messages"_s.arg(id), token,
                {{u"content"_s, u"<p>a secret word</p>"_s}});
        }
        QTRY_VERIFY(ben.count(u"message.new"_s) > 0);
        ben.say({{u"type"_s, u"resume"_s}, {u"token"_s, token}, {u"password"_s, u"pass\"word"_s}});
        QVERIFY(ben.settle());

        const QaAnswer plain = m_client->get(u"/frames?user=ben&limit=50"_s);
        QVERIFY(!plain.body.contains("secret word"));
        QVERIFY(!plain.body.contains("\"body\""));
        QVERIFY(plain.body.contains("\"message.new\""));
        for (const QJsonValue &frame : plain["frames"].toArray())
            QCOMPARE(frame.toObject().value("user_id"_L1).toString(), idOf(world, u"ben"_s).value);
        const QaAnswer full = m_client->get(u"/frames?user=ben&limit=50&bodies=1"_s);
        QVERIFY(full.body.contains("secret word"));
        QVERIFY(!full.body.contains(token.toLatin1()));
        QVERIFY(!full.body.contains("word\\\\\\\""));
        QCOMPARE(m_client->get(u"/frames?limit=1"_s)["frames"].toArray().size(), 1);
        QCOMPARE(m_client->get(u"/frames?limit=0"_s)["frames"].toArray().size(), 0);
    }

private:
    static QString statusIn(const QJsonObject &presence, QLatin1StringView seenBy)
    {
        return presence.value(seenBy).toObject().value("status"_L1).toString();
    }

    std::unique_ptr<QaServer> m_server;
    std::unique_ptr<QaClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Oracle)
#include "tst_oracle.moc"
