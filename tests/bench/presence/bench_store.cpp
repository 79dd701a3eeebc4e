// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The client's store: what one update costs among 100, 10,000 and 100,000 people, and a burst of
// 10,000 updates until its one signal.

#include "models/presence/presencestore.h"
#include "tests/bench/figures.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <random>

using namespace presently;
using namespace presently::bench;

namespace {

constexpr int Updates = 200'000;
constexpr int UpdatesInATurn = 100;
constexpr int Burst = 10'000;

UserId userOf(int number)
{
    return {QStringLiteral("018f3b2e-7c1a-7def-8000-%1").arg(number, 12, 10, QLatin1Char('0'))};
}

PresenceRecord recordOf(const UserId &user, Status status, qint64 serial)
{
    PresenceRecord record;
    record.user = user;
    record.presence.status = status;
    record.version = {1, serial};
    return record;
}

std::vector<UserId> fill(PresenceStore &store, int people)
{
    std::vector<UserId> users;
    store.beginHydration(1);
    PresenceSnapshot snapshot{1, true, {}};
    for (int i = 0; i < people; ++i) {
        users.push_back(userOf(i));
        snapshot.users.append(recordOf(users.back(), Status::Offline, 1));
    }
    store.applySnapshot(snapshot);
    store.flush();
    return users;
}

QByteArray named(const char *what, int people)
{
    return QByteArray(what) + " among " + QByteArray::number(people) + " people";
}

//! A hundred people, spread evenly, change again and again, whatever the number of the others.
double update(int people)
{
    const SystemClock clock;
    PresenceStore store{clock};
    const std::vector<UserId> users = fill(store, people);
    std::vector<UserId> busy;
    for (std::size_t i = 0; i < UpdatesInATurn; ++i)
        busy.push_back(users[i * users.size() / UpdatesInATurn]);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < Updates; ++i) {
        const int turn = i / UpdatesInATurn;
        store.applyEvent(recordOf(busy[std::size_t(i % UpdatesInATurn)],
            turn % 2 == 0 ? Status::Online : Status::Away, turn + 2));
        if (i % UpdatesInATurn == UpdatesInATurn - 1)
            store.flush();
    }
    const double cost = double(timer.nsecsElapsed()) / Updates;
    figure(named("store: update and its share of the signal", people).constData(), cost, "ns",
        "(target < 5000)");
    return cost;
}

void burst(int people)
{
    const SystemClock clock;
    PresenceStore store{clock};
    const std::vector<UserId> users = fill(store, people);
    std::vector<PresenceRecord> events;
    for (int i = 0; i < Burst; ++i)
        events.push_back(recordOf(users[std::size_t(i) % users.size()], Status::Online, i + 2));
    QElapsedTimer timer;
    timer.start();
    for (const PresenceRecord &event : events)
        store.applyEvent(event);
    store.flush();
    figure(named("store: burst of 10000 updates", people).constData(),
        double(timer.nsecsElapsed()) / 1e6, "ms", "(target < 16 at a time)");
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const double few = update(100);
    update(10'000);
    const double many = update(100'000);
    figure("store: update among 100000 against 100 people", many / few, "x", "(target < 1.5)");
    burst(100);
    burst(10'000);
    burst(100'000);
    return 0;
}
