// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/qa/qapeer.h"

#include <QTcpSocket>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! Further servers in one process, each as if it were alone.
class tst_Worlds : public QObject
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

    void sixteenAtOnceKnowNothingOfOneAnother()
    {
        constexpr int count = 16;
        std::vector<QJsonObject> worlds;
        for (int i = 0; i < count; ++i) {
            const QaAnswer made = m_client->post(u"/worlds"_s);
            QCOMPARE(made.status, 201);
            worlds.push_back(made.json());
        }
        QCOMPARE(m_client->get(u"/worlds"_s)["worlds"].toArray().size(), count);
        QSet<QString> addresses;
        std::vector<std::unique_ptr<QaPeer>> peers;
        for (const QJsonObject &world : worlds) {
            addresses.insert(world.value("http"_L1).toString());
            QCOMPARE(idsIn(world), idsIn(worlds.front()));
            auto peer = std::make_unique<QaPeer>();
            QVERIFY(peer->open(world.value("http"_L1).toString(), tokenIn(world, u"anna"_s)));
            peers.push_back(std::move(peer));
        }
        QCOMPARE(addresses.size(), count);
        // In each world the time goes its own way.
        for (int i = 0; i < count; i += 2)
            QVERIFY(clientOf(worlds[size_t(i)])->advance(61s));
        for (int i = 0; i < count; ++i) {
            const auto client = clientOf(worlds[size_t(i)]);
            QCOMPARE(client->statusOf(u"anna"_s), i % 2 == 0 ? u"offline"_s : u"online"_s);
            QVERIFY(peers[size_t(i)]->isConnected());
        }
        QCOMPARE(m_client->statusOf(u"anna"_s), u"offline"_s);
        QCOMPARE(m_client->get(u"/clock"_s)["offset_ms"].toInteger(), 0);
        QCOMPARE(clientOf(worlds[3])->post(u"/reset"_s).status, 200);
        QTRY_VERIFY(!peers[3]->isConnected());
        QVERIFY(peers[5]->isConnected());
    }

    void theirIdsAreThoseOfTheServerItself()
    {
        const QJsonObject world = m_client->post(u"/worlds"_s).json();
        const net::QaWorld &own = m_server->world();
        QCOMPARE(idsIn(world).value("anna"_L1).toString(), idOf(own, u"anna"_s).value);
        const QStringList theirs
            = dialogsOf(world.value("http"_L1).toString(), tokenIn(world, u"anna"_s));
        QVERIFY(theirs.size() > 3);
        QCOMPARE(theirs,
            dialogsOf(
                m_server->world().server().url().toString(), QaServer::tokenOf(own, u"anna"_s)));
    }

    void tokensAreGoodInTheirOwnWorldOnly()
    {
        const QJsonObject one = m_client->post(u"/worlds"_s).json();
        const QJsonObject other = m_client->post(u"/worlds"_s).json();
        const QString me = u"/api/v1/sessions/current"_s;
        QCOMPARE(
            rest("GET", one.value("http"_L1).toString() + me, tokenIn(one, u"anna"_s)).status, 200);
        QCOMPARE(
            rest("GET", other.value("http"_L1).toString() + me, tokenIn(one, u"anna"_s)).status,
            401);
    }

    void aSeedOfOnesOwn()
    {
        const QJsonObject seed{{u"version"_s, 1},
            {u"people"_s,
                QJsonArray{QJsonObject{{u"login"_s, u"zoe"_s}, {u"password"_s, u"zoe-password"_s},
                               {u"name"_s, u"Zoe"_s}},
                    QJsonObject{{u"login"_s, u"yan"_s}, {u"password"_s, u"yan-password"_s},
                        {u"name"_s, u"Yan"_s}}}},
            {u"conversations"_s, QJsonArray{}}};
        const QaAnswer made = m_client->post(u"/worlds"_s, {{u"seed"_s, seed}});
        QVERIFY2(made.status == 201, made.body.constData());
        QCOMPARE(made["users"].toArray().size(), 2);
        const auto again = m_client->post(u"/worlds"_s, {{u"seed"_s, seed}});
        QCOMPARE(idsIn(made.json()), idsIn(again.json()));
        QVERIFY(!idsIn(made.json()).value("zoe"_L1).toString().isEmpty());
        // Signing in by password works as well.
        const auto signedIn = rest("POST", made["http"].toString() + u"/api/auth/login/"_s, {},
            {{u"email"_s, u"zoe"_s}, {u"password"_s, u"zoe-password"_s}});
        QCOMPARE(signedIn.status, 200);
    }

    void anEndedWorldIsGone()
    {
        const QJsonObject world = m_client->post(u"/worlds"_s).json();
        const QString name = world.value("world"_L1).toString();
        QaPeer anna;
        QVERIFY(anna.open(world.value("http"_L1).toString(), tokenIn(world, u"anna"_s)));
        QaClient own(m_server->control().url(), m_server->control().token(), name);
        QaCall waiting = own.later(u"/expect"_s, {{u"frame"_s, u"ping"_s}, {u"within"_s, u"1h"_s}});
        QCOMPARE(own.get(u"/clock"_s).status, 200);
        QCOMPARE(m_client->remove(u"/worlds/"_s + name).status, 204);
        QCOMPARE(waiting.answer().status, 409);
        QTRY_VERIFY(!anna.isConnected());
        QCOMPARE(own.get(u"/clock"_s).status, 404);
        QCOMPARE(m_client->remove(u"/worlds/"_s + name).status, 404);
        QTcpSocket socket;
        socket.connectToHost(
            QHostAddress::LocalHost, quint16(QUrl(world.value("http"_L1).toString()).port()));
        QTRY_COMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
    }

    void thereIsAnEndToThem()
    {
        QaAnswer answer;
        for (qsizetype i = 0; i < net::QaControl::MaxWorlds; ++i)
            QCOMPARE(m_client->post(u"/worlds"_s).status, 201);
        answer = m_client->post(u"/worlds"_s);
        QCOMPARE(answer.status, 409);
        QVERIFY(answer["error"].toString().contains(u"64"));
    }

private:
    std::unique_ptr<QaClient> clientOf(const QJsonObject &world)
    {
        return std::make_unique<QaClient>(m_server->control().url(), m_server->control().token(),
            world.value("world"_L1).toString());
    }
    static QString tokenIn(const QJsonObject &world, const QString &login)
    {
        for (const QJsonValue &user : world.value("users"_L1).toArray()) {
            if (user.toObject().value("login"_L1).toString() == login)
                return user.toObject().value("token"_L1).toString();
        }
        return {};
    }
    //! The mtchat id by login.
    static QJsonObject idsIn(const QJsonObject &world)
    {
        QJsonObject ids;
        for (const QJsonValue &user : world.value("users"_L1).toArray())
            ids.insert(
                user.toObject().value("login"_L1).toString(), user.toObject().value("user_id"_L1));
        return ids;
    }

    std::unique_ptr<QaServer> m_server;
    std::unique_ptr<QaClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Worlds)
#include "tst_worlds.moc"
