// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/busappearancesource.h"
#include "app/platform/buslocksource.h"
#include "app/platform/bussleepsource.h"
#include "tests/unit/app/platform/fakelogind.h"
#include "tests/unit/app/platform/privatebus.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! Lock and sleep over a real bus, with a logind of the test's own on it.
class tst_BusSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_SESSION_ID", "c1");
        QVERIFY(m_bus.start());
        m_services = std::make_unique<QDBusConnection>(
            QDBusConnection::connectToBus(m_bus.address(), u"services"_s));
        m_client = std::make_unique<QDBusConnection>(
            QDBusConnection::connectToBus(m_bus.address(), u"client"_s));
        QVERIFY(m_services->isConnected());
        QVERIFY(m_client->isConnected());
    }

    void init()
    {
        m_manager = std::make_unique<FakeLoginManager>();
        m_session = std::make_unique<FakeLoginSession>();
        m_screenSaver = std::make_unique<FakeScreenSaver>();
        const auto contents = QDBusConnection::ExportAllContents;
        m_services->registerObject(u"/org/freedesktop/login1"_s, m_manager.get(), contents);
        m_services->registerObject(
            QLatin1String(FakeLoginManager::SessionPath), m_session.get(), contents);
        m_services->registerObject(
            u"/org/freedesktop/ScreenSaver"_s, m_screenSaver.get(), contents);
        QVERIFY(m_services->registerService(u"org.freedesktop.login1"_s));
        QVERIFY(m_services->registerService(u"org.freedesktop.ScreenSaver"_s));
    }

    void cleanup()
    {
        m_services->unregisterService(u"org.freedesktop.login1"_s);
        m_services->unregisterService(u"org.freedesktop.ScreenSaver"_s);
        m_manager.reset();
        m_session.reset();
        m_screenSaver.reset();
    }

    void knowsASessionThatIsLockedAlready()
    {
        m_session->lockedHint = true;
        BusLockSource source(*m_client, noBus());
        QVERIFY(!source.isLocked());
        QTRY_VERIFY(source.isLocked());
        QCOMPARE(m_manager->askedSession, u"c1"_s);
    }

    void followsLockAndUnlock()
    {
        BusLockSource source(*m_client, noBus());
        QSignalSpy changes(&source, &LockSource::lockedChanged);
        // Until the source listens the signal is lost, as on a real bus; so it is said again.
        QTRY_VERIFY((Q_EMIT m_session->Lock(), source.isLocked()));
        Q_EMIT m_session->Unlock();
        QTRY_VERIFY(!source.isLocked());
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0][0].toBool(), true);
        QCOMPARE(changes[1][0].toBool(), false);
    }

    void followsTheLockedHint()
    {
        BusLockSource source(*m_client, noBus());
        QTRY_VERIFY((m_session->changeHint(*m_services, true), source.isLocked()));
        m_session->changeHint(*m_services, false);
        QTRY_VERIFY(!source.isLocked());
    }

    void followsTheScreenSaver()
    {
        BusLockSource source(noBus(), *m_client);
        QTRY_VERIFY((Q_EMIT m_screenSaver->ActiveChanged(true), source.isLocked()));
        Q_EMIT m_screenSaver->ActiveChanged(false);
        QTRY_VERIFY(!source.isLocked());
    }

    void staysLockedWhileOneOfThemSaysSo()
    {
        m_screenSaver->isActive = true;
        BusLockSource source(*m_client, *m_client);
        QTRY_VERIFY(source.isLocked());
        QSignalSpy changes(&source, &LockSource::lockedChanged);
        m_session->changeHint(*m_services, true);
        Q_EMIT m_screenSaver->ActiveChanged(false);
        Q_EMIT m_session->Lock();
        Q_EMIT m_session->Unlock();
        QTRY_VERIFY(!source.isLocked());
        QCOMPARE(changes.size(), 1);
    }

    void isUnlockedAndQuickWithoutABus()
    {
        QElapsedTimer elapsed;
        elapsed.start();
        const BusLockSource lock(noBus(), noBus());
        const BusSleepSource sleep(noBus(), [] { return std::chrono::milliseconds(0); });
        QVERIFY(!lock.isLocked());
        QVERIFY2(elapsed.elapsed() < 50, qPrintable(QString::number(elapsed.elapsed())));
    }

    void isUnlockedWithoutServices()
    {
        m_services->unregisterService(u"org.freedesktop.login1"_s);
        m_services->unregisterService(u"org.freedesktop.ScreenSaver"_s);
        BusLockSource lock(*m_client, *m_client);
        QSignalSpy changes(&lock, &LockSource::lockedChanged);
        QVERIFY(!changes.wait(100));
        QVERIFY(!lock.isLocked());
    }

    void holdsSleepBackUntilTheGoodbyeIsSaid()
    {
        BusSleepSource source(*m_client, [] { return std::chrono::milliseconds(0); });
        QSignalSpy sleeps(&source, &SleepSource::aboutToSleep);
        QSignalSpy wakes(&source, &SleepSource::woke);
        QTRY_VERIFY(m_manager->isInhibited());
        QCOMPARE(m_manager->inhibitorArguments.first(), u"sleep"_s);
        QCOMPARE(m_manager->inhibitorArguments.last(), u"delay"_s);

        Q_EMIT m_manager->PrepareForSleep(true);
        QTRY_COMPARE(sleeps.size(), 1);
        QVERIFY(m_manager->isInhibited());
        QTRY_VERIFY_WITH_TIMEOUT(!m_manager->isInhibited(), 1000);

        Q_EMIT m_manager->PrepareForSleep(false);
        QTRY_COMPARE(wakes.size(), 1);
        QTRY_VERIFY(m_manager->isInhibited());
    }

    void tellsOfSleepByTheClocksAlone()
    {
        std::chrono::milliseconds slept{5000};
        BusSleepSource source(noBus(), [&slept] { return slept; });
        QSignalSpy wakes(&source, &SleepSource::woke);
        slept += std::chrono::milliseconds(1500);
        source.checkClocks();
        QCOMPARE(wakes.size(), 0);
        slept += std::chrono::minutes(2);
        QTRY_COMPARE(wakes.size(), 1);
        source.checkClocks();
        QCOMPARE(wakes.size(), 1);
    }

    void tellsOfOneSleepOnce()
    {
        std::chrono::milliseconds slept{0};
        BusSleepSource source(*m_client, [&slept] { return slept; });
        QSignalSpy sleeps(&source, &SleepSource::aboutToSleep);
        QSignalSpy wakes(&source, &SleepSource::woke);
        QTRY_VERIFY(m_manager->isInhibited());
        Q_EMIT m_manager->PrepareForSleep(true);
        QTRY_COMPARE(sleeps.size(), 1);
        slept += std::chrono::minutes(10);
        source.checkClocks();
        QCOMPARE(wakes.size(), 1);
        Q_EMIT m_manager->PrepareForSleep(false);
        // The second sleep is heard after the wake-up signal, which told nothing new.
        Q_EMIT m_manager->PrepareForSleep(true);
        QTRY_COMPARE(sleeps.size(), 2);
        QCOMPARE(wakes.size(), 1);
    }

    void followsDarkAndReducedMotion()
    {
        FakePortalSettings portal;
        portal.colorScheme = 1;
        m_services->registerObject(
            u"/org/freedesktop/portal/desktop"_s, &portal, QDBusConnection::ExportAllContents);
        QVERIFY(m_services->registerService(u"org.freedesktop.portal.Desktop"_s));
        BusAppearanceSource source(*m_client);
        QCOMPARE(source.isDark(), std::nullopt);
        QTRY_COMPARE(source.isDark(), std::optional(true));
        QVERIFY(!source.isMotionReduced());
        const QString appearance = u"org.freedesktop.appearance"_s;
        QTRY_VERIFY((
            Q_EMIT portal.SettingChanged(appearance, u"color-scheme"_s, QDBusVariant(QVariant(0U))),
            source.isDark() == std::optional(false)));
        QSignalSpy changes(&source, &AppearanceSource::appearanceChanged);
        Q_EMIT portal.SettingChanged(
            appearance, u"color-scheme"_s, QDBusVariant(QVariant(u"dark"_s)));
        Q_EMIT portal.SettingChanged(u"org.gnome.desktop.interface"_s, u"enable-animations"_s,
            QDBusVariant(QVariant(false)));
        QTRY_VERIFY(source.isMotionReduced());
        QCOMPARE(changes.size(), 1);
        QCOMPARE(source.isDark(), std::optional(false));
        m_services->unregisterService(u"org.freedesktop.portal.Desktop"_s);
    }

    void saysNothingOfLooksWithoutABusOrAPortal()
    {
        const BusAppearanceSource none(noBus());
        BusAppearanceSource alone(*m_client);
        QSignalSpy changes(&alone, &AppearanceSource::appearanceChanged);
        QVERIFY(!changes.wait(100));
        QCOMPARE(none.isDark(), std::nullopt);
        QCOMPARE(alone.isDark(), std::nullopt);
    }

private:
    static QDBusConnection noBus() { return QDBusConnection(u"no such bus"_s); }

    PrivateBus m_bus;
    std::unique_ptr<QDBusConnection> m_services;
    std::unique_ptr<QDBusConnection> m_client;
    std::unique_ptr<FakeLoginManager> m_manager;
    std::unique_ptr<FakeLoginSession> m_session;
    std::unique_ptr<FakeScreenSaver> m_screenSaver;
};

QTEST_GUILESS_MAIN(tst_BusSources)
#include "tst_bussources.moc"
