// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QElapsedTimer>
#include <QMutex>
#include <QTest>
#include <QThread>

#include "tests/integration/client/clientprobe.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/support/testserver.h"

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

//! Runs \a work on \a object's thread and waits for it.
template <typename Work>
void on(QObject &object, Work work)
{
    QMetaObject::invokeMethod(&object, work, Qt::BlockingQueuedConnection);
}

} // namespace

//! Reliability scenario R10: the network thread goes on while the window's thread is blocked.
class tst_BlockedWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void missesNoHeartbeat();
};

void tst_BlockedWindow::missesNoHeartbeat()
{
    constexpr Milliseconds interval{200};
    const qint64 blockedMs = shortOrFull(2000, 30'000);
    QThread serverThread;
    QThread networkThread;
    QObject serverSide;
    serverSide.moveToThread(&serverThread);
    serverThread.start();
    networkThread.start();

    QMutex mutex;
    QList<qint64> beats; // milliseconds
    QElapsedTimer time;
    time.start();
    std::unique_ptr<TestServer> server;
    QUrl url;
    QString token;
    bool started = false;
    on(serverSide, [&] {
        server = std::make_unique<TestServer>();
        server->options.presence.heartbeat = interval;
        started = server->start();
        url = server->url();
        token = server->token(QStringLiteral("ana"));
        server->server().setFrameTap([&](const FrameRecord &frame) {
            if (frame.direction != FrameDirection::Received || !frame.payload.contains("\"ping\""))
                return;
            const QMutexLocker lock(&mutex);
            beats.append(time.elapsed());
        });
    });
    QVERIFY(started);

    const SystemClock clock;
    auto *engine = new Engine(clock, quickOptions());
    engine->moveToThread(&networkThread);
    connect(&networkThread, &QThread::finished, engine, &QObject::deleteLater);
    Session session(clock);
    connect(engine, &Engine::event, &session, &Session::apply);
    Account account;
    account.server = url;
    account.device = DeviceId{QStringLiteral("pc")};
    QMetaObject::invokeMethod(engine, [&] {
        engine->start(account, Credentials{token.toLatin1(), {}, {}});
    });
    QTRY_COMPARE(session.link().state, LinkState::Online);

    const qint64 from = time.elapsed();
    while (time.elapsed() - from < blockedMs) { } // the window's thread does something else
    const qint64 until = time.elapsed();
    QList<qint64> during;
    {
        const QMutexLocker lock(&mutex);
        std::copy_if(beats.cbegin(), beats.cend(), std::back_inserter(during),
            [&](qint64 at) { return at >= from && at <= until; });
    }
    QVERIFY2(during.size() >= blockedMs / interval.count() - 1,
        qPrintable(QString::number(during.size())));
    for (qsizetype i = 1; i < during.size(); ++i)
        QVERIFY2(during.at(i) - during.at(i - 1) <= interval.count() + 150,
            qPrintable(QString::number(during.at(i) - during.at(i - 1))));

    networkThread.quit();
    QVERIFY(networkThread.wait(5000));
    on(serverSide, [&] { server.reset(); });
    serverThread.quit();
    QVERIFY(serverThread.wait(5000));
}

QTEST_GUILESS_MAIN(tst_BlockedWindow)
#include "tst_blockedwindow.moc"
