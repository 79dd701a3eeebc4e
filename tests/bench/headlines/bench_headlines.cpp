// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What single operations of presence cost the server: processor time of its thread alone, in this
// process, with real sockets. One person has 100 contacts, all connected. 10,000 connected people
// are held by bench_compare.

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/bench/figures.h"
#include "tests/bench/load/crowd.h"
#include "tests/bench/load/people.h"
#include "tests/support/testserver.h"

#include <QCoreApplication>

#include <ctime>

using namespace presently;
using namespace presently::bench;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Contacts = 100;
constexpr int Rounds = 1'000;
constexpr int PeopleInQuestion = 50;

double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

//! \brief A server with person 0 and the contacts, and the crowd of them all.
struct Stage {
    TestServer server;
    std::unique_ptr<Speaker> speaker;
    std::unique_ptr<Crowd> crowd;

    bool build();
    bool connect(std::unique_ptr<Speaker> spoken);
    //! Runs server and crowd in turn; returns the processor time of the server's turns.
    std::optional<double> until(const std::function<bool()> &done);
};

bool Stage::build()
{
    server.logins.clear();
    for (int number = 0; number <= Contacts; ++number)
        server.logins.append(QString::fromLatin1(userId(number)));
    server.options.auth.trustUserId = true;
    const net::RateLimit plenty{100'000, Milliseconds{1}};
    server.options.limits.heartbeat = plenty;
    server.options.limits.frames = plenty;
    server.options.limits.intent = plenty;
    server.options.limits.presenceQuery = plenty;
    server.options.dialects.devices.countsEvery = 0ms;
    if (!server.start())
        return false;
    for (int number = 1; number <= Contacts; ++number) {
        if (!server.database().people().addContact(
                server.key(server.logins.at(0)), server.key(server.logins.at(number))))
            return false;
    }
    return server.restart();
}

bool Stage::connect(std::unique_ptr<Speaker> spoken)
{
    crowd.reset();
    speaker = std::move(spoken);
    crowd = std::make_unique<Crowd>(*speaker, server.server().port());
    crowd->open(0, Contacts + 1);
    const bool isIn = until([&] { return crowd->present() == Contacts + 1; }).has_value();
    for (int turn = 0; turn < 100; ++turn) { // what they are told of one another
        QCoreApplication::processEvents();
        crowd->poll();
    }
    return isIn;
}

std::optional<double> Stage::until(const std::function<bool()> &done)
{
    double spent = 0;
    const auto end = LoadClock::now() + 20s;
    while (!done()) {
        if (LoadClock::now() > end)
            return std::nullopt;
        const double before = threadMilliseconds();
        QCoreApplication::processEvents();
        spent += threadMilliseconds() - before;
        crowd->poll();
    }
    return spent;
}

//! A change of person 0: what it costs until all frames wait in their queues, and until they are in
//! the system's hands.
bool fanOut(Stage &stage)
{
    double queued = 0;
    double written = 0;
    const PersonKey person = stage.server.key(stage.server.logins.at(0));
    for (int round = 0; round < Rounds; ++round) {
        const Intent wish{round % 2 ? IntentStatus::Auto : IntentStatus::Busy, {}, {}};
        const qint64 expected = stage.crowd->counters().presences + Contacts;
        const double before = threadMilliseconds();
        if (!stage.server.server().hub().setIntent(person, wish))
            return false;
        queued += threadMilliseconds() - before;
        const auto rest
            = stage.until([&] { return stage.crowd->counters().presences >= expected; });
        if (!rest)
            return false;
        written += *rest;
    }
    figure("a change to 100 contacts, framed and queued", queued / Rounds, "ms", "(target < 0.5)");
    figure(
        "a change to 100 contacts, written", (queued + written) / Rounds, "ms", "(target < 1.5)");
    return true;
}

bool heartbeats(Stage &stage)
{
    double spent = 0;
    for (int round = 0; round < Rounds; ++round) {
        const qint64 expected = stage.crowd->counters().pongs + 1;
        stage.crowd->beat(round % Contacts);
        const auto one = stage.until([&] { return stage.crowd->counters().pongs >= expected; });
        if (!one)
            return false;
        spent += *one;
    }
    figure("a heartbeat, read, taken and answered", spent / Rounds, "ms", "(target < 0.1)");
    return true;
}

bool questions(Stage &stage, const QByteArray &question)
{
    double spent = 0;
    for (int round = 0; round < Rounds; ++round) {
        const qint64 expected = stage.crowd->counters().answers + 1;
        stage.crowd->say(0, question);
        const auto one = stage.until([&] { return stage.crowd->counters().answers >= expected; });
        if (!one)
            return false;
        spent += *one;
    }
    figure("a question about 50 people, read and answered", spent / Rounds, "ms", "(target < 1)");
    return true;
}

//! A second device of person 0 comes and goes; the contacts are told of each.
bool deviceOperations(Stage &stage)
{
    auto &presence = stage.server.server().presence();
    LeaseRequest request;
    request.person = stage.server.key(stage.server.logins.at(0));
    request.device = DeviceId{u"second"_s};
    request.dialect = Dialect::Devices;
    double spent = 0;
    for (int round = 0; round < Rounds; ++round) {
        const double before = threadMilliseconds();
        const LeaseId lease = presence.openLease(request);
        presence.ledger().end(lease);
        presence.settle();
        spent += threadMilliseconds() - before;
        QCoreApplication::processEvents();
        stage.crowd->poll();
    }
    figure(
        "a device comes or goes, 100 contacts told", spent / (2 * Rounds), "ms", "(target < 0.3)");
    return true;
}

QByteArray devicesQuestion(Stage &stage)
{
    QByteArray ids;
    for (int number = 1; number <= PeopleInQuestion; ++number) {
        const auto person = stage.server.database().people().find(
            stage.server.key(stage.server.logins.at(number)));
        if (person)
            ids += (ids.isEmpty() ? "\"" : ",\"") + person->ids.objectId.toLatin1() + '"';
    }
    return R"(42/chat,["get_bulk_presence",{"userIds":[)" + ids + "]}]";
}

bool measure(Stage &stage, const QByteArray &question)
{
    return fanOut(stage) && heartbeats(stage) && questions(stage, question)
        && deviceOperations(stage);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Stage stage;
    if (!stage.build()) {
        std::fprintf(
            stderr, "the server did not start: %s\n", qPrintable(stage.server.errorText()));
        return 1;
    }
    std::vector<int> people;
    std::vector<QByteArray> tokens;
    for (int number = 0; number <= Contacts; ++number)
        tokens.push_back(stage.server.token(stage.server.logins.at(number)).toLatin1());
    for (int number = 1; number <= PeopleInQuestion; ++number)
        people.push_back(number);

    std::printf("-- mtchat\n");
    auto mtchat = makeMtchatSpeaker("-id");
    const QByteArray question = mtchat->question(people);
    bool all = stage.connect(std::move(mtchat)) && measure(stage, question);
    std::printf("-- devices\n");
    all = stage.connect(makeDevicesSpeaker(tokens)) && measure(stage, devicesQuestion(stage))
        && all;
    if (!all)
        std::fprintf(stderr, "not everything could be measured\n");
    return all ? 0 : 1;
}
