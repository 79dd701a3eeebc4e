// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/figures.h"
#include "tests/bench/load/measure.h"
#include "tests/integration/reliability/scenario.h"

#include <QTest>

#include <sys/resource.h>

using namespace presently;
using namespace presently::bench;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

//! Reliability scenario R15: everybody connects at the same moment, as after an outage without any
//! jitter. All are in within 5 s, 99 of 100 within 3 s, nobody is refused, and a connection costs at
//! most 40 kB.
class tst_Stampede : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everybodyComesInAtOnce()
    {
        const Population population{shortOrFull(1'000, 10'000), 20};
        PresentlySubject subject(population, PresentlySubject::Face::SignedIn);
        // The server begins with the usual few descriptors and has to ask for more.
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &usual), 0);
        usual.rlim_cur = std::min<rlim_t>(1'024, usual.rlim_max);
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &usual), 0);
        QVERIFY2(subject.start(), qPrintable(subject.errorText()));
        if (raiseDescriptorLimit() < population.people + 200)
            QFAIL("this process may not open enough sockets: see ulimit -n");
        const double before = processStatus(subject.pid(), "VmRSS:");

        const auto speaker = subject.makeSpeaker();
        Crowd crowd(*speaker, subject.port());
        const auto begin = LoadClock::now();
        crowd.open(0, population.people);
        const bool isIn = crowd.run(
            [&] { return crowd.present() == population.people; }, shortOrFull(20s, 60s));
        const auto took
            = std::chrono::duration_cast<std::chrono::milliseconds>(LoadClock::now() - begin);
        const double each = (processStatus(subject.pid(), "VmRSS:") - before) / population.people;

        qInfo("R15 %d clients at once: all in after %lld ms, p99 %.0f ms, %.1f KiB each",
            population.people, qlonglong(took.count()), percentile(crowd.signInTimes(), 0.99),
            each);
        QVERIFY2(
            isIn, qPrintable(u"%1 of %2 are in"_s.arg(crowd.present()).arg(population.people)));
        QCOMPARE(crowd.counters().refused, 0);
        QCOMPARE(crowd.counters().failed, 0);
        QCOMPARE(crowd.counters().lost, 0);
        QVERIFY(each <= 40);
        if (isFullRun()) {
            QVERIFY(took <= 5s);
            QVERIFY(percentile(crowd.signInTimes(), 0.99) <= 3'000);
        }
    }
};

QTEST_GUILESS_MAIN(tst_Stampede)
#include "tst_stampede.moc"
