// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The server's ledger with 10,000, 100,000 and 1,000,000 people: heartbeats, flips and expiries a
// second on one core, and what a person weighs. The clock is real for heartbeats, because reading
// it is part of the price.

#include "models/presence/presenceledger.h"
#include "tests/bench/figures.h"
#include "tests/support/manualclock.h"

#include <QElapsedTimer>
#include <QUuid>

#include <array>
#include <random>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

using namespace presently;
using namespace presently::bench;

namespace {

constexpr int Heartbeats = 4'000'000;
constexpr int Flips = 1'000'000;
constexpr int FlipsInABatch = 64;

//! Bytes in use on the heap, as its owner counts them.
double heapInUse()
{
#if defined(__GLIBC__)
    const struct mallinfo2 info = mallinfo2();
    return double(info.uordblks) + double(info.hblkhd);
#else
    return 0;
#endif
}

LedgerOptions withoutHoldBack()
{
    LedgerOptions options;
    options.holdBack = Milliseconds{0};
    return options;
}

LeaseRequest requestOf(int person)
{
    LeaseRequest request;
    request.person = PersonKey{person};
    request.device = {QUuid::createUuid().toString(QUuid::WithoutBraces)};
    request.deviceType = DeviceType::Desktop;
    return request;
}

double perSecond(int count, const QElapsedTimer &timer)
{
    return double(count) * 1e9 / double(timer.nsecsElapsed());
}

QByteArray named(const char *what, int people)
{
    return QByteArray(what) + " with " + QByteArray::number(people) + " people";
}

std::vector<LeaseId> openAll(PresenceLedger &ledger, int people)
{
    std::vector<LeaseId> leases;
    leases.reserve(std::size_t(people));
    for (int person = 0; person < people; ++person) {
        leases.push_back(ledger.open(requestOf(person)).lease);
        if (person % 1024 == 0)
            (void)ledger.takeChanges();
    }
    (void)ledger.takeChanges();
    return leases;
}

void weigh(int people)
{
    const SystemClock clock;
    PresenceLedger ledger{clock, withoutHoldBack()};
    const double before = heapInUse();
    const std::vector<LeaseId> leases = openAll(ledger, people);
    const double own = double(leases.capacity() * sizeof(LeaseId));
    figure(named("ledger: memory a person", people).constData(),
        (heapInUse() - before - own) / people, "bytes", "(target < 300, device id included)");
}

double beat(int people)
{
    const SystemClock clock;
    PresenceLedger ledger{clock, withoutHoldBack()};
    std::vector<LeaseId> leases = openAll(ledger, people);
    std::ranges::shuffle(leases, std::mt19937{20260207});
    const double heapBefore = heapInUse();
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < Heartbeats; ++i)
        ledger.beat(leases[std::size_t(i) % leases.size()], ActivityState::Active, Milliseconds{0});
    const double rate = perSecond(Heartbeats, timer);
    const double heapTaken = heapInUse() - heapBefore;
    figure(named("ledger: heartbeats", people).constData(), rate, "/s",
        people == 100'000 ? "(target > 1000000)" : "");
    figure(
        named("ledger: heap taken by them", people).constData(), heapTaken, "bytes", "(target 0)");
    return rate;
}

//! Somebody idle turns active and back: two views derived before and after, and told.
void flip(int people)
{
    const SystemClock clock;
    PresenceLedger ledger{clock, withoutHoldBack()};
    std::vector<LeaseId> leases = openAll(ledger, people);
    std::ranges::shuffle(leases, std::mt19937{20260208});
    std::size_t told = 0;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < Flips; ++i) {
        const bool idles = (i / int(leases.size())) % 2 == 0;
        ledger.beat(leases[std::size_t(i) % leases.size()],
            idles ? ActivityState::Idle : ActivityState::Active);
        if (i % FlipsInABatch == 0)
            told += ledger.takeChanges().size();
    }
    told += ledger.takeChanges().size();
    figure(named("ledger: flips, told", people).constData(), perSecond(int(told), timer), "/s");
}

//! Everybody falls silent within a minute; one late call notices them all, each at its own time.
void expire(int people)
{
    presently::test::ManualClock clock;
    PresenceLedger ledger{clock, withoutHoldBack()};
    std::vector<LeaseId> leases = openAll(ledger, people);
    std::mt19937 dice{20260209};
    std::ranges::shuffle(leases, dice);
    for (std::size_t i = 0; i < leases.size(); ++i) {
        if (i % std::max<std::size_t>(1, leases.size() / 30'000) == 0)
            clock.advance(Milliseconds{1});
        ledger.beat(leases[i]);
    }
    QElapsedTimer timer;
    timer.start();
    clock.advance(std::chrono::minutes{5});
    ledger.advance();
    const auto changes = ledger.takeChanges();
    figure(named("ledger: expiries, told", people).constData(),
        perSecond(int(changes.size()), timer), "/s");
}

} // namespace

int main()
{
    std::array<double, 2> rates{};
    for (const int people : {10'000, 100'000, 1'000'000}) {
        weigh(people);
        const double rate = beat(people);
        if (people == 10'000)
            rates[0] = rate;
        rates[1] = rate;
        flip(people);
        expire(people);
    }
    figure("ledger: heartbeat with 1000000 against 10000 people", rates[0] / rates[1], "x");
    return 0;
}
