// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/deadlinequeue.h"
#include "tests/support/manualclock.h"

#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace presently;
using namespace presently::net;
using namespace std::chrono_literals;

namespace {

//! Writes its number into a log when it is called.
class Owner final : public Deadline::Owner
{
public:
    Owner(DeadlineQueue &queue, QList<int> &log, int number)
        : deadline(queue, *this)
        , m_log(log)
        , m_number(number)
    {
    }

    void deadlineReached(Deadline &) override
    {
        m_log.append(m_number);
        if (then)
            then();
    }

    Deadline deadline;
    std::function<void()> then;

private:
    QList<int> &m_log;
    int m_number;
};

} // namespace

class tst_DeadlineQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsInTheOrderOfTime()
    {
        DeadlineQueue queue(clock);
        QList<int> log;
        Owner third(queue, log, 3);
        Owner first(queue, log, 1);
        Owner second(queue, log, 2);
        third.deadline.arm(30ms);
        first.deadline.arm(10ms);
        second.deadline.arm(20ms);
        QCOMPARE(queue.runDue(), 0);
        clock.advance(10ms);
        QCOMPARE(queue.runDue(), 1);
        clock.advance(100ms);
        QCOMPARE(queue.runDue(), 2);
        QCOMPARE(log, QList<int>({1, 2, 3}));
        QCOMPARE(queue.armedCount(), 0);
    }

    void movesADeadlineEarlierAndLater()
    {
        DeadlineQueue queue(clock);
        QList<int> log;
        Owner owner(queue, log, 1);
        owner.deadline.arm(10ms);
        owner.deadline.arm(30ms);
        clock.advance(29ms);
        QCOMPARE(queue.runDue(), 0);
        owner.deadline.arm(50ms);
        owner.deadline.arm(5ms);
        clock.advance(5ms);
        QCOMPARE(queue.runDue(), 1);
        QVERIFY(!owner.deadline.isArmed());
    }

    void forgetsTheDisarmedAndTheDestroyed()
    {
        DeadlineQueue queue(clock);
        QList<int> log;
        Owner disarmed(queue, log, 1);
        disarmed.deadline.arm(1ms);
        disarmed.deadline.disarm();
        {
            Owner gone(queue, log, 2);
            gone.deadline.arm(1ms);
        }
        clock.advance(1s);
        QCOMPARE(queue.runDue(), 0);
    }

    void letsAnOwnerArmAgain()
    {
        DeadlineQueue queue(clock);
        QList<int> log;
        Owner owner(queue, log, 1);
        owner.then = [&] { owner.deadline.arm(0ms); };
        owner.deadline.arm(0ms);
        QCOMPARE(queue.runDue(), 1); // armed for now again, and not called in a circle
        QVERIFY(owner.deadline.isArmed());
        QCOMPARE(queue.runDue(), 1);
    }

    void letsAnOwnerRemoveAnother()
    {
        DeadlineQueue queue(clock);
        QList<int> log;
        auto victim = std::make_unique<Owner>(queue, log, 2);
        Owner owner(queue, log, 1);
        owner.then = [&] { victim.reset(); };
        owner.deadline.arm(1ms);
        victim->deadline.arm(2ms);
        clock.advance(10ms);
        QCOMPARE(queue.runDue(), 1);
        QCOMPARE(log, QList<int>({1}));
    }

    void firesByItself()
    {
        const SystemClock real;
        DeadlineQueue queue(real);
        QList<int> log;
        Owner later(queue, log, 2);
        Owner sooner(queue, log, 1);
        later.deadline.arm(20ms);
        sooner.deadline.arm(1ms);
        QTRY_COMPARE(log, QList<int>({1, 2}));
    }

    //! Against the plainest model there is, with a fixed seed.
    void agreesWithAModel()
    {
        DeadlineQueue queue(clock);
        QList<int> log;
        QRandomGenerator random(20260207);
        std::vector<std::unique_ptr<Owner>> owners;
        QMap<int, SteadyTime> model;
        for (int i = 0; i < 200; ++i)
            owners.push_back(std::make_unique<Owner>(queue, log, i));
        for (int step = 0; step < 20'000; ++step) {
            const int which = random.bounded(200);
            if (random.bounded(4) == 0) {
                owners[size_t(which)]->deadline.disarm();
                model.remove(which);
            } else {
                const Milliseconds delay(random.bounded(1000));
                owners[size_t(which)]->deadline.arm(delay);
                model[which] = clock.now() + delay;
            }
            if (random.bounded(10) != 0)
                continue;
            clock.advance(Milliseconds(random.bounded(50)));
            QList<int> expected;
            for (const auto &[number, due] : model.toStdMap()) {
                if (due <= clock.now())
                    expected.append(number);
            }
            std::stable_sort(expected.begin(), expected.end(),
                [&](int a, int b) { return model[a] < model[b]; });
            log.clear();
            queue.runDue();
            QCOMPARE(log.size(), expected.size());
            for (qsizetype i = 0; i < log.size(); ++i)
                QCOMPARE(model[log[i]], model[expected[i]]);
            for (const int number : log)
                model.remove(number);
            QCOMPARE(queue.armedCount(), model.size());
        }
    }

private:
    test::ManualClock clock;
};

QTEST_GUILESS_MAIN(tst_DeadlineQueue)
#include "tst_deadlinequeue.moc"
