// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// Our server beside two plain ones on Node and Redis (tests/bench/peers), the same load on each:
// what heartbeats, deliveries, questions and idle connections cost, how long a killed server takes
// to be right again, and 10,000 clients that connect at the same moment. Processor time is that of
// the server alone, without Redis.
//
// bench_compare [WORD]: only servers whose names contain the word.

#include "tests/bench/figures.h"
#include "tests/bench/load/measure.h"

#include <QCoreApplication>

using namespace presently::bench;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Population Everyday{5'000, 50};
const Population Stampede{10'000, 50};
constexpr auto Held = 40s;

struct Row {
    const char *name;
    const char *unit;
    std::optional<double> LoadFigures::*value;
    const char *target; //!< of ours
};

constexpr Row Rows[] = {
    {"processor time per 100,000 heartbeats", "s", &LoadFigures::cpuPerHeartbeats,
        "(target: a third of the better peer)"},
    {"heartbeat round trip, p50", "ms", &LoadFigures::heartbeatP50, ""},
    {"heartbeat round trip, p99", "ms", &LoadFigures::heartbeatP99, ""},
    {"processor time per million deliveries, one by one", "s", &LoadFigures::cpuPerDeliveries,
        "(target: a third of the better peer)"},
    {"processor time per million deliveries, 100 changes at once", "s", &LoadFigures::cpuPerBurst,
        "(target: a third of the better peer)"},
    {"presence of 50 people, processor time", "ms", &LoadFigures::cpuPerQuestion,
        "(target < 0.15)"},
    {"resident memory per idle connection", "KiB", &LoadFigures::kibPerConnection, "(target <= 4)"},
    {"killed with 5,000 clients: right again after the port is back", "s",
        &LoadFigures::restartSeconds, "(target < 2)"},
};

struct Measured {
    QByteArray name;
    bool isPeer = false;
    LoadFigures figures;
};

void print(const Measured &measured)
{
    std::printf("-- %s, 5,000 clients with 50 contacts each\n", measured.name.constData());
    for (const Row &row : Rows) {
        const std::optional<double> value = measured.figures.*row.value;
        if (value)
            figure(row.name, *value, row.unit, measured.isPeer ? "" : row.target);
        else
            std::printf("%-58s could not be measured\n", row.name);
    }
    std::fflush(stdout);
}

//! How many times as much the better of the peers needs.
void printRatios(const Measured &ours, const std::vector<Measured> &all)
{
    std::printf("-- the better peer's figure divided by that of %s\n", ours.name.constData());
    for (const Row &row : Rows) {
        std::optional<double> best;
        for (const Measured &peer : all) {
            if (const auto value = peer.figures.*row.value; peer.isPeer && value)
                best = std::min(best.value_or(*value), *value);
        }
        const std::optional<double> own = ours.figures.*row.value;
        if (best && own && *own > 0)
            figure(row.name, *best / *own, "times");
    }
}

bool measureOne(std::unique_ptr<Subject> subject, bool isPeer, std::vector<Measured> &all)
{
    if (!subject->start()) {
        std::fprintf(stderr, "%s\n", qPrintable(subject->errorText()));
        return false;
    }
    all.push_back({subject->name().toUtf8(), isPeer, measureLoad(*subject, Everyday)});
    print(all.back());
    return true;
}

bool stampede(std::unique_ptr<Subject> subject, std::chrono::milliseconds held)
{
    if (!subject->start()) {
        std::fprintf(stderr, "%s\n", qPrintable(subject->errorText()));
        return false;
    }
    const StampedeFigures figures = measureStampede(*subject, Stampede, held);
    const bool isOurs = held > 0ms;
    std::printf("-- %s, 10,000 clients at once\n", qPrintable(subject->name()));
    figure("until all are in", figures.seconds, "s", isOurs ? "(target < 5)" : "");
    figure("until one is in, p50", figures.p50, "ms");
    figure("until one is in, p99", figures.p99, "ms", isOurs ? "(target < 3000)" : "");
    figure("refused or never in", figures.failures, "", isOurs ? "(target 0)" : "");
    if (!isOurs)
        return true;
    figure("lost in 40 s with a heartbeat each 30 s", figures.lostLater, "", "(target 0)");
    figure("processor time of one core meanwhile", figures.cpuShare * 100, "%");
    return true;
}

std::unique_ptr<Subject> make(int which, const Population &population, quint16 redis)
{
    using Face = PresentlySubject::Face;
    switch (which) {
    case 0:
        return std::make_unique<PresentlySubject>(population, Face::Published);
    case 1:
        return std::make_unique<PresentlySubject>(population, Face::SignedIn);
    case 2:
        return std::make_unique<PresentlySubject>(population, Face::Devices);
    case 3:
        return std::make_unique<PeerSubject>(population, PeerSubject::Kind::WebSocket, redis);
    default:
        return std::make_unique<PeerSubject>(population, PeerSubject::Kind::SocketIo, redis);
    }
}

constexpr int Subjects = 5;
constexpr int FirstPeer = 3;

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString word = application.arguments().value(1);
    if (raiseDescriptorLimit() < Stampede.people + 100) {
        std::fprintf(stderr, "this process may not open 10,000 sockets: see ulimit -n\n");
        return 1;
    }
    const QString missing = PeerSubject::whatIsMissing();
    Redis redis;
    const bool withPeers = missing.isEmpty() && redis.start();
    if (!withPeers)
        std::printf("without the peers: %s\n",
            missing.isEmpty() ? "redis-server does not start"
                              : qPrintable(missing + " missing"_L1));

    bool all = true;
    std::vector<Measured> measured;
    for (int which = 0; which < (withPeers ? Subjects : FirstPeer); ++which) {
        auto subject = make(which, Everyday, redis.port());
        if (subject->name().contains(word))
            all = measureOne(std::move(subject), which >= FirstPeer, measured) && all;
    }
    for (const Measured &ours : measured) {
        if (!ours.isPeer)
            printRatios(ours, measured);
    }
    for (int which = 0; which < (withPeers ? Subjects : FirstPeer); ++which) {
        auto subject = make(which, Stampede, redis.port());
        if (subject->name().contains(word))
            all = stampede(std::move(subject), which < FirstPeer ? Held : 0s) && all;
    }
    return all ? 0 : 1;
}
