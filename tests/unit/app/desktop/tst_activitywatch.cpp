// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/activitywatch.h"
#include "app/desktop/firstpaint.h"
#include "ui/desktop/windowactivity.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace presently;
using namespace presently::app;
using namespace std::chrono_literals;

namespace {

class FakeLock final : public LockSource
{
public:
    [[nodiscard]] bool isLocked() const override { return m_isLocked; }
    void set(bool isLocked)
    {
        m_isLocked = isLocked;
        Q_EMIT lockedChanged(isLocked);
    }

private:
    bool m_isLocked = false;
};

class FakeIdle final : public IdleSource
{
public:
    [[nodiscard]] std::chrono::milliseconds idleFor() const override { return 6min; }
    [[nodiscard]] QString name() const override { return {}; }
};

} // namespace

class tst_ActivityWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_windowActivity = new ui::WindowActivity(*m_window);
        auto lock = std::make_unique<FakeLock>();
        auto idle = std::make_unique<FakeIdle>();
        m_lock = lock.get();
        m_idle = idle.get();
        m_platform.lock = std::move(lock);
        m_platform.idle = std::move(idle);
        m_watch = std::make_unique<ActivityWatch>();
        m_watch->watchWindow(*m_windowActivity);
        m_watch->watchPlatform(m_platform);
    }
    void cleanup()
    {
        m_watch.reset();
        m_window.reset();
    }

    void startsHidden() { QCOMPARE(m_watch->state(), ActivityState::Hidden); }

    void isActiveWhileTheWindowIsSeen()
    {
        QSignalSpy changes(m_watch.get(), &ActivityWatch::changed);
        m_window->show();
        QTRY_COMPARE(m_watch->state(), ActivityState::Active);
        m_window->showMinimized();
        QTRY_COMPARE(m_watch->state(), ActivityState::Hidden);
        m_window->showNormal();
        QTRY_COMPARE(m_watch->state(), ActivityState::Active);
        m_window->hide();
        QTRY_COMPARE(m_watch->state(), ActivityState::Hidden);
        QCOMPARE(changes.size(), 4);
    }

    void aLockCountsMoreThanTheWindow()
    {
        m_window->show();
        m_lock->set(true);
        QCOMPARE(m_watch->state(), ActivityState::Locked);
        m_window->hide();
        QCOMPARE(m_watch->state(), ActivityState::Locked);
        m_lock->set(false);
        QCOMPARE(m_watch->state(), ActivityState::Hidden);
    }

    void anIdlePersonIsIdleOnlyBeforeAWindow()
    {
        m_window->show();
        QTRY_COMPARE(m_watch->state(), ActivityState::Active);
        Q_EMIT m_idle->idleChanged(true);
        QCOMPARE(m_watch->state(), ActivityState::Idle);
        QCOMPARE(m_watch->idleFor(), 6min);
        m_window->hide();
        QTRY_COMPARE(m_watch->state(), ActivityState::Hidden);
    }

    void aClosedWindowIsHidden()
    {
        m_window->show();
        QTRY_COMPARE(m_watch->state(), ActivityState::Active);
        m_window.reset();
        QCOMPARE(m_watch->state(), ActivityState::Hidden);
    }

    void theFirstPaintIsToldOnce()
    {
        auto *first = new FirstPaint(*m_window);
        QSignalSpy painted(first, &FirstPaint::painted);
        m_window->show();
        QTRY_COMPARE(painted.size(), 1);
        m_window->repaint();
        QCoreApplication::processEvents();
        QCOMPARE(painted.size(), 1);
    }

private:
    std::unique_ptr<QWidget> m_window;
    ui::WindowActivity *m_windowActivity = nullptr;
    Platform m_platform;
    FakeLock *m_lock = nullptr;
    FakeIdle *m_idle = nullptr;
    std::unique_ptr<ActivityWatch> m_watch;
};

QTEST_MAIN(tst_ActivityWatch)
#include "tst_activitywatch.moc"
