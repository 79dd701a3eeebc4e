// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/ratelimiter.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

// Reliability scenario R22: exact to one request.
class tst_RateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsABurstThroughAndThenOneEach();
    void saysHowLongToWaitAndIsRight();
    void refusedTriesCostNothing();
    void keepsNamesApart();
    void forgetsFullBuckets();
    void neverLetsMoreThroughThanPromised();
};

void tst_RateLimiter::letsABurstThroughAndThenOneEach()
{
    ManualClock clock;
    RateLimiter limiter(clock, {3, 2s});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(limiter.take(u"a"_s), Milliseconds::zero());
    QCOMPARE(limiter.take(u"a"_s), Milliseconds{2000});
    clock.advance(1999ms);
    QCOMPARE(limiter.take(u"a"_s), Milliseconds{1});
    clock.advance(1ms);
    QCOMPARE(limiter.take(u"a"_s), Milliseconds::zero());
    QVERIFY(limiter.take(u"a"_s) > Milliseconds::zero());
    clock.advance(1h);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(limiter.take(u"a"_s), Milliseconds::zero());
    QVERIFY(limiter.take(u"a"_s) > Milliseconds::zero());
}

void tst_RateLimiter::saysHowLongToWaitAndIsRight()
{
    ManualClock clock;
    RateLimiter limiter(clock, {5, 12s});
    while (limiter.take(u"a"_s) == Milliseconds::zero()) { }
    const Milliseconds wait = limiter.wait(u"a"_s);
    QCOMPARE(wait, Milliseconds{12'000});
    clock.advance(wait);
    QCOMPARE(limiter.wait(u"a"_s), Milliseconds::zero());
    QCOMPARE(limiter.take(u"a"_s), Milliseconds::zero());
}

void tst_RateLimiter::refusedTriesCostNothing()
{
    ManualClock clock;
    RateLimiter limiter(clock, {1, 10s});
    QCOMPARE(limiter.take(u"a"_s), Milliseconds::zero());
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(limiter.take(u"a"_s), Milliseconds{10'000});
}

void tst_RateLimiter::keepsNamesApart()
{
    ManualClock clock;
    RateLimiter limiter(clock, {1, 10s});
    QCOMPARE(limiter.take(u"a"_s), Milliseconds::zero());
    QCOMPARE(limiter.take(u"b"_s), Milliseconds::zero());
    QVERIFY(limiter.take(u"a"_s) > Milliseconds::zero());
}

void tst_RateLimiter::forgetsFullBuckets()
{
    ManualClock clock;
    RateLimiter limiter(clock, {1, 1s});
    for (int name = 0; name < 100'000; ++name) {
        (void)limiter.take(QString::number(name));
        clock.advance(1ms);
    }
    // Each bucket is full again after a second, so that about a thousand are worth keeping.
    QVERIFY2(limiter.size() < 5000, qPrintable(QString::number(limiter.size())));
}

void tst_RateLimiter::neverLetsMoreThroughThanPromised()
{
    ManualClock clock;
    const RateLimit limit{10, 2s};
    TokenBucket bucket;
    int passed = 0;
    for (int step = 0; step < 60'000; ++step) {
        passed += bucket.take(limit, clock.now()) ? 1 : 0;
        clock.advance(1ms);
    }
    QCOMPARE(passed, 10 + 29); // the burst, then one each two seconds of a minute
}

QTEST_GUILESS_MAIN(tst_RateLimiter)
#include "tst_ratelimiter.moc"
