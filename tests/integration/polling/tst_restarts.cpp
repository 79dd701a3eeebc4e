// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "tests/integration/polling/pollingclient.h"

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

//! A lease without connection over a restart (ruling L01).
class tst_Restarts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<TestServer>(ServerTime::Manual);
        QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
        m_client = std::make_unique<PollingClient>(*m_server);
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void aHeartbeatIsStillEvidenceAfterARestart()
    {
        beat(u"ana"_s);
        m_server->advance(1s);
        QVERIFY(m_server->restart());
        m_server->advance(299s);
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({u"ana"_s}));
        m_server->advance(1ms);
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({}));
    }

    void theTimeWithoutAServerCounts()
    {
        beat(u"ana"_s);
        m_server->advance(1s);
        beat(u"bao"_s);
        m_server->advance(1s);
        m_server->kill();
        m_server->advance(299s);
        QVERIFY(m_server->start());
        QCOMPARE(seenBy(u"chi"_s), m_client->numbers({u"bao"_s}));
        m_server->advance(1ms);
        QCOMPARE(seenBy(u"chi"_s), m_client->numbers({}));
    }

    void theLatestHeartbeatCounts()
    {
        beat(u"ana"_s);
        m_server->advance(120s);
        beat(u"ana"_s);
        m_server->advance(1s);
        QVERIFY(m_server->restart());
        m_server->advance(299s);
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({u"ana"_s}));
    }

    void whoHasLeftStaysAway()
    {
        beat(u"ana"_s);
        m_server->advance(1s);
        QCOMPARE(m_client->leave(m_client->as(u"ana"_s)).status, 200);
        m_server->advance(1s);
        QVERIFY(m_server->restart());
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({}));
    }

    void whoHasLeftInvisiblyStaysAway()
    {
        beat(u"ana"_s);
        const Intent invisible{IntentStatus::Invisible, {}, {}};
        QVERIFY(m_server->server().hub().setIntent(m_server->key(u"ana"_s), invisible));
        m_server->advance(1s);
        QCOMPARE(m_client->leave(m_client->as(u"ana"_s)).status, 200);
        m_server->advance(1s);
        QVERIFY(m_server->restart());
        QVERIFY(m_server->server().explain(m_server->key(u"ana"_s)).devices.empty());
    }

    void eachDeviceComesBackForItself()
    {
        const auto pc = m_client->as(u"ana"_s, u"pc"_s);
        const auto tab = m_client->as(u"ana"_s, u"tab"_s);
        m_client->beat(pc);
        m_server->advance(100s);
        m_client->beat(tab);
        m_server->advance(1s);
        QVERIFY(m_server->restart());
        const auto devices = m_server->server().explain(m_server->key(u"ana"_s)).devices;
        QCOMPARE(devices.size(), size_t(2));
        for (const DeviceExplanation &device : devices) {
            QVERIFY(device.dialect == Dialect::Polling && device.binding == Binding::Detached);
            QCOMPARE(device.type, DeviceType::Desktop);
        }
        m_server->advance(250s);
        QCOMPARE(m_server->server().explain(m_server->key(u"ana"_s)).devices.size(), size_t(1));
        m_client->leave(m_client->as(u"ana"_s, u"tab"_s));
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({}));
    }

    void aGoodbyeOfTheServerKeepsThem()
    {
        beat(u"ana"_s);
        QSignalSpy stopped(&m_server->server(), &net::Server::stopped);
        m_server->server().stop(); // before anything was written down by its timer
        QTRY_COMPARE(stopped.count(), 1);
        QVERIFY(m_server->restart());
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({u"ana"_s}));
    }

    void aWallClockThatWasSetBackMakesNobodyImmortal()
    {
        beat(u"ana"_s);
        m_server->advance(1s);
        m_server->kill();
        m_server->manualClock().stepWall(-24h);
        QVERIFY(m_server->start());
        m_server->advance(300s + 1ms);
        QCOMPARE(seenBy(u"bao"_s), m_client->numbers({}));
    }

private:
    void beat(const QString &login) { QCOMPARE(m_client->beat(m_client->as(login)).status, 200); }
    QList<qint64> seenBy(const QString &login)
    {
        return m_client->list(m_client->as(login)).users();
    }

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<PollingClient> m_client;
};

QTEST_GUILESS_MAIN(tst_Restarts)
#include "tst_restarts.moc"
