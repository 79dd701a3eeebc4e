// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QRandomGenerator>
#include <QTest>

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/client/clientprobe.h"
#include "tests/integration/client/faultproxy.h"
#include "tests/support/testserver.h"

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

//! Reliability scenario R29 over sockets: a snapshot that is late never undoes a newer event.
class tst_HydrationRace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsTheServerSaysInEveryInterleaving();
};

void tst_HydrationRace::endsAsTheServerSaysInEveryInterleaving()
{
    constexpr int interleavings = 200;
    constexpr quint32 seed = 29;
    QRandomGenerator random(seed);
    TestServer server;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    FaultProxy proxy(server.server().port());
    QVERIFY(proxy.listens());
    proxy.delayOf = [&](const QByteArray &head) {
        return head.contains("/participants") ? random.bounded(12) : 0;
    };
    const QString baoLogin = QStringLiteral("bao");
    const UserId baoId = server.id(baoLogin);
    ClientProbe bao(server.url(), quickOptions());
    bao.start(server.token(baoLogin));
    ClientProbe ana(proxy.url(), quickOptions());
    int snapshots = 0;
    connect(&ana.engine, &Engine::event, this, [&](const Event &event) {
        snapshots += std::holds_alternative<ParticipantsEvent>(event) ? 1 : 0;
    });
    ana.start(server.token(QStringLiteral("ana")));
    QTRY_VERIFY(ana.isHydrated() && bao.isHydrated());

    constexpr std::array statuses{
        IntentStatus::Auto, IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible};
    int overtaken = 0;
    for (int round = 0; round < interleavings; ++round) {
        if (round % 25 == 24) {
            proxy.dropAll(); // and once in a while the whole link
            QTRY_VERIFY(!ana.isOnline());
            QTRY_VERIFY_WITH_TIMEOUT(ana.isOnline(), 8000);
        }
        const int before = snapshots;
        int changes = 2 + random.bounded(3);
        ana.session.submit(OpenConversationCommand{server.team()});
        QTimer flip;
        connect(&flip, &QTimer::timeout, this, [&] {
            overtaken += snapshots == before ? 1 : 0;
            const Intent intent{statuses[random.bounded(quint32(statuses.size()))],
                QString::number(round * 10 + changes), {}};
            QVERIFY(server.server().hub().setIntent(server.key(baoLogin), intent));
            if (--changes == 0)
                flip.stop();
        });
        flip.start(random.bounded(4));
        QVERIFY2(QTest::qWaitFor([&] { return changes == 0 && snapshots > before; }, 5000),
            qPrintable(
                QStringLiteral("seed %1, round %2, changes %3").arg(seed).arg(round).arg(changes)));
        const PresenceRecord truth = server.server().presence().recordFor(
            server.key(QStringLiteral("ana")), server.key(baoLogin), baoId);
        const auto agrees = [&] {
            const Presence shown = ana.session.presence().presence(baoId);
            return shown.status == truth.presence.status
                && shown.customMessage == truth.presence.customMessage;
        };
        QVERIFY2(QTest::qWaitFor(agrees, 3000),
            qPrintable(QStringLiteral("seed %1, round %2").arg(seed).arg(round)));
    }
    // The test means something only if changes did overtake snapshots.
    QVERIFY2(overtaken > interleavings / 4, qPrintable(QString::number(overtaken)));
}

QTEST_GUILESS_MAIN(tst_HydrationRace)
#include "tst_hydrationrace.moc"
