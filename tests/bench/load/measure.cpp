// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/load/measure.h"

#include "tests/bench/figures.h"

namespace presently::bench {

using namespace std::chrono_literals;

namespace {

constexpr int ArrivalsPerSecond = 1'000;
constexpr int BeatsOfEach = 8; //!< within the burst that our server lets pass
constexpr int BeatsPerSecond = 4'000;
constexpr int ChangesPerSecond = 200;
constexpr int Questions = 3'000;
constexpr int QuestionsPerSecond = 500;
constexpr int PeopleInQuestion = 50;
constexpr auto Deadline = 120s;
constexpr auto RetryPause = 100ms;

//! \brief Does something so many times a second, in step with the clock.
class Pacer
{
public:
    Pacer(int perSecond, int count, std::function<void(int)> act, int atOnce = 1)
        : m_perSecond(perSecond)
        , m_count(count)
        , m_atOnce(atOnce)
        , m_act(std::move(act))
    {
    }
    void operator()()
    {
        const double passed = std::chrono::duration<double>(LoadClock::now() - m_begin).count();
        const int due = std::min(m_count, int(passed * m_perSecond) / m_atOnce * m_atOnce);
        for (; m_done < due; ++m_done)
            m_act(m_done);
    }
    [[nodiscard]] bool isDone() const { return m_done >= m_count; }

private:
    int m_perSecond;
    int m_count;
    int m_atOnce;
    std::function<void(int)> m_act;
    LoadClock::time_point m_begin = LoadClock::now();
    int m_done = 0;
};

//! \brief The server's processor time over a stretch.
class Meter
{
public:
    explicit Meter(const Subject &subject)
        : m_pid(subject.pid())
        , m_begin(processorSeconds(m_pid))
    {
    }
    [[nodiscard]] double seconds() const { return processorSeconds(m_pid) - m_begin; }

private:
    qint64 m_pid;
    double m_begin;
};

//! False as soon as nobody is on the way any more and somebody is missing, or after the deadline.
bool everybodyComesIn(Crowd &crowd, const Population &population)
{
    (void)crowd.run(
        [&] {
            const CrowdCounters &now = crowd.counters();
            return now.signedIn + now.refused + now.failed >= population.people;
        },
        Deadline);
    return crowd.present() == population.people;
}

//! What is on its way arrives: nothing has come for a while.
void settle(Crowd &crowd)
{
    qint64 seen = -1;
    auto last = LoadClock::now();
    (void)crowd.run(
        [&] {
            const CrowdCounters &now = crowd.counters();
            const qint64 heard = now.presences + now.pongs + now.answers;
            if (heard != seen)
                last = LoadClock::now();
            seen = heard;
            return LoadClock::now() - last > 1s;
        },
        30s);
}

void measureHeartbeats(Subject &subject, Crowd &crowd, LoadFigures &figures)
{
    const int count = crowd.size() * BeatsOfEach;
    crowd.reset();
    const Meter meter(subject);
    Pacer pacer(BeatsPerSecond, count, [&](int n) { crowd.beat(n % crowd.size()); });
    if (!crowd.run([&] { return crowd.counters().pongs >= count; }, Deadline, std::ref(pacer)))
        return;
    figures.cpuPerHeartbeats = meter.seconds() * 100'000 / count;
    figures.heartbeatP50 = percentile(crowd.roundTrips(), 0.50);
    figures.heartbeatP99 = percentile(crowd.roundTrips(), 0.99);
}

//! Half of the people become busy, far from one another.
std::optional<double> deliveries(Subject &subject, Crowd &crowd, const Speaker &speaker, int first,
    int count, int contacts, int atOnce)
{
    crowd.reset();
    const qint64 expected = qint64(count) * contacts;
    const QByteArray busy = speaker.change(Speaker::Status::Busy);
    const Meter meter(subject);
    Pacer pacer(
        ChangesPerSecond, count,
        [&](int n) { crowd.say(int(qint64(first + n) * 7 % crowd.size()), busy); }, atOnce);
    const bool all = crowd.run(
        [&] { return crowd.counters().presences >= expected; }, Deadline, std::ref(pacer));
    settle(crowd);
    if (!all)
        return std::nullopt;
    return meter.seconds() * 1e6 / double(crowd.counters().presences);
}

void measureQuestions(Subject &subject, Crowd &crowd, const Speaker &speaker, LoadFigures &figures)
{
    crowd.reset();
    std::vector<QByteArray> questions;
    for (int client = 0; client < crowd.size(); ++client) {
        std::vector<int> people = contactsOf(client, {crowd.size(), PeopleInQuestion});
        questions.push_back(speaker.question(people));
    }
    const Meter meter(subject);
    Pacer pacer(QuestionsPerSecond, Questions,
        [&](int n) { crowd.say(n % crowd.size(), questions[size_t(n % crowd.size())]); });
    if (crowd.run([&] { return crowd.counters().answers >= Questions; }, Deadline, std::ref(pacer)))
        figures.cpuPerQuestion = meter.seconds() * 1'000 / Questions;
}

//! \brief Whether every client knows of each of its contacts that they are online.
class Picture
{
public:
    Picture(Crowd &crowd, const Population &population)
        : m_population(population)
        , m_known(size_t(population.people), std::vector<bool>(size_t(population.contacts)))
    {
        crowd.setWitness([this](const Crowd::Statement &statement) { note(statement); });
    }
    [[nodiscard]] bool isRight() const
    {
        return m_right == qint64(m_population.people) * m_population.contacts;
    }

private:
    void note(const Crowd::Statement &statement)
    {
        const auto &[listener, subject, isOnline, isAnswer] = statement;
        Q_UNUSED(isAnswer)
        const int people = m_population.people;
        const int reach = m_population.contacts / 2;
        const int ahead = (subject - listener + people) % people;
        const int behind = (listener - subject + people) % people;
        const int place = ahead >= 1 && ahead <= reach ? (ahead - 1) * 2
            : behind >= 1 && behind <= reach           ? (behind - 1) * 2 + 1
                                                       : -1;
        if (place < 0 || m_known[size_t(listener)][size_t(place)] == isOnline)
            return;
        m_known[size_t(listener)][size_t(place)] = isOnline;
        m_right += isOnline ? 1 : -1;
    }

    Population m_population;
    std::vector<std::vector<bool>> m_known; //!< by listener, and by place of the contact
    qint64 m_right = 0;
};

void measureRestart(Subject &subject, Crowd &crowd, const Speaker &speaker,
    const Population &population, LoadFigures &figures)
{
    crowd.reset();
    crowd.retryEvery(RetryPause);
    crowd.askOnSignIn([&](int person) { return speaker.question(contactsOf(person, population)); });
    if (!subject.killAndRestart())
        return;
    // The old connections end first; what they knew counts no more.
    (void)crowd.run([&] { return crowd.present() == 0; }, 30s);
    Picture picture(crowd, population);
    const bool isRight = crowd.run(
        [&] { return crowd.present() == population.people && picture.isRight(); }, Deadline);
    if (isRight && crowd.firstConnected())
        figures.restartSeconds
            = std::chrono::duration<double>(LoadClock::now() - *crowd.firstConnected()).count();
    crowd.setWitness({});
}

} // namespace

LoadFigures measureLoad(Subject &subject, const Population &population)
{
    LoadFigures figures;
    const auto speaker = subject.makeSpeaker();
    Crowd crowd(*speaker, subject.port());
    const double before = processStatus(subject.pid(), "VmRSS:");
    crowd.open(0, population.people, ArrivalsPerSecond);
    if (!everybodyComesIn(crowd, population))
        return figures;
    settle(crowd);
    figures.kibPerConnection
        = (processStatus(subject.pid(), "VmRSS:") - before) / population.people;
    measureHeartbeats(subject, crowd, figures);
    const int changes = population.people / 3;
    figures.cpuPerDeliveries
        = deliveries(subject, crowd, *speaker, 0, changes, population.contacts, 1);
    figures.cpuPerBurst
        = deliveries(subject, crowd, *speaker, changes, changes, population.contacts, 100);
    measureQuestions(subject, crowd, *speaker, figures);
    measureRestart(subject, crowd, *speaker, population, figures);
    return figures;
}

StampedeFigures measureStampede(
    Subject &subject, const Population &population, std::chrono::milliseconds held)
{
    StampedeFigures figures;
    const auto speaker = subject.makeSpeaker();
    Crowd crowd(*speaker, subject.port());
    const auto begin = LoadClock::now();
    crowd.open(0, population.people);
    (void)everybodyComesIn(crowd, population);
    figures.seconds = std::chrono::duration<double>(LoadClock::now() - begin).count();
    figures.p50 = percentile(crowd.signInTimes(), 0.50);
    figures.p99 = percentile(crowd.signInTimes(), 0.99);
    figures.failures = population.people - crowd.present();
    if (held <= 0ms)
        return figures;

    settle(crowd);
    const int lostBefore = crowd.counters().lost;
    const Meter meter(subject);
    const auto since = LoadClock::now();
    Pacer pacer(population.people / 30, population.people * 10,
        [&](int n) { crowd.beat(n % crowd.size()); });
    (void)crowd.run([] { return false; }, held, std::ref(pacer));
    figures.cpuShare
        = meter.seconds() / std::chrono::duration<double>(LoadClock::now() - since).count();
    figures.lostLater = crowd.counters().lost - lostBefore;
    return figures;
}

} // namespace presently::bench
