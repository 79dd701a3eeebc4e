// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/lostclock.h"
#include "app/platform/platform.h"
#include "app/platform/windowidlesource.h"
#include "tests/support/manualclock.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace std::chrono_literals;

class tst_Platform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksOnAMachineWithoutServices()
    {
        const QTemporaryDir empty;
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", empty.path().toUtf8());
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + empty.path().toUtf8() + "/none");
        QElapsedTimer elapsed;
        elapsed.start();
        const Platform platform = Platform::ofThisMachine();
        QVERIFY(platform.lock && platform.sleep && platform.network && platform.idle);
        QVERIFY(!platform.lock->isLocked());
        QVERIFY2(elapsed.elapsed() < 500, qPrintable(QString::number(elapsed.elapsed())));
    }

    void theClockThatStandsStillInSleepTellsOfIt()
    {
        std::chrono::milliseconds slept = 1h;
        LostClock clock([&slept] { return slept; });
        QVERIFY(!clock.hasLostTime());
        slept += 2s;
        QVERIFY(!clock.hasLostTime());
        slept += 1ms;
        QVERIFY(clock.hasLostTime());
        QVERIFY(!clock.hasLostTime());
        slept += 1min;
        clock.settle();
        QVERIFY(!clock.hasLostTime());
    }

    void aClockThatIsSetBackIsNoSleep()
    {
        std::chrono::milliseconds slept = 24h;
        LostClock clock([&slept] { return slept; });
        slept -= 12h;
        QVERIFY(!clock.hasLostTime());
        slept += 1min;
        QVERIFY(clock.hasLostTime());
    }

    void nothingIsLostWhileTheMachineRuns()
    {
        LostClock clock(&LostClock::sleptSinceStart);
        QVERIFY(!clock.hasLostTime());
    }

    void isIdleOnlyAfterTheThreshold()
    {
        test::ManualClock clock;
        WindowIdleSource source(clock, 20ms);
        QSignalSpy changes(&source, &IdleSource::idleChanged);
        clock.advance(15ms);
        QVERIFY(!changes.wait(60));

        clock.advance(5ms);
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toBool(), true);
        QCOMPARE(source.idleFor(), 20ms);

        QEvent touch(QEvent::KeyPress);
        QCoreApplication::sendEvent(this, &touch);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[1][0].toBool(), false);
        QCOMPARE(source.idleFor(), 0ms);
    }

    void paintingIsNoTouch()
    {
        test::ManualClock clock;
        const WindowIdleSource source(clock, 1min);
        clock.advance(30s);
        QEvent paint(QEvent::Paint);
        QCoreApplication::sendEvent(this, &paint);
        QCOMPARE(source.idleFor(), 30s);
    }
};

QTEST_GUILESS_MAIN(tst_Platform)
#include "tst_platform.moc"
