// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/presenceservice.h"
#include "tests/bench/load/crowd.h"
#include "tests/bench/load/people.h"
#include "tests/integration/reliability/scenario.h"
#include "tests/support/testserver.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace presently;
using namespace presently::bench;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Watchers = 5; //!< the first people; they see everybody
constexpr int Missing = 10; //!< the last people; they do not come back
constexpr auto Jitter = 30s; //!< over which clients come back

//! \brief What the watchers were told of each person since the restart.
class Diary
{
public:
    explicit Diary(int people)
        : m_told(Watchers, std::vector<QByteArray>(size_t(people)))
    {
    }
    void note(int watcher, int person, bool isOnline)
    {
        m_told[size_t(watcher)][size_t(person)].append(isOnline ? '+' : '-');
    }
    [[nodiscard]] const QByteArray &of(int watcher, int person) const
    {
        return m_told[size_t(watcher)][size_t(person)];
    }

private:
    std::vector<std::vector<QByteArray>> m_told;
};

} // namespace

//! Reliability scenario R16: the server is restarted while many are online, and they come back over
//! half a minute. Whoever watches them is told of each once at most, never first that somebody is
//! offline and then that they are online, and knows everything rightly 50 s after the restart.
//! Virtual time; real sockets.
class tst_Returning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRestartTakesNobodyOffline();

private:
    void makePeople(TestServer &server);
    bool settle(Crowd &crowd, const std::function<bool()> &done);
    void pass(TestServer &server, Crowd &crowd, Milliseconds time);
    void comeBack(TestServer &server, Crowd &crowd);

    const int m_people = shortOrFull(200, 1'000);
    const std::unique_ptr<Speaker> m_speaker = makeMtchatSpeaker("-id");
};

void tst_Returning::makePeople(TestServer &server)
{
    server.logins.clear();
    for (int number = 0; number < m_people; ++number)
        server.logins.append(QString::fromLatin1(userId(number)));
    server.options.auth.trustUserId = true;
    server.options.presence.holdBack = 45s;
    server.options.presence.graceLost = net::PresenceOptions{}.graceLost;
    server.options.presence.graceClean = net::PresenceOptions{}.graceClean;
    QVERIFY2(server.start(), qPrintable(server.errorText()));
    for (int watcher = 0; watcher < Watchers; ++watcher) {
        for (int other = watcher + 1; other < m_people; ++other)
            QVERIFY(server.database().people().addContact(
                server.key(server.logins.at(watcher)), server.key(server.logins.at(other))));
    }
    QVERIFY(server.restart()); // which reads who knows whom
}

//! The server and the crowd share this thread.
bool tst_Returning::settle(Crowd &crowd, const std::function<bool()> &done)
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (!done() && !elapsed.hasExpired(20'000)) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        crowd.poll();
    }
    return done();
}

//! Time goes by, and everybody answers the server's pings.
void tst_Returning::pass(TestServer &server, Crowd &crowd, Milliseconds time)
{
    for (Milliseconds passed{0}; passed < time; passed += 1s) {
        server.advance(1s);
        for (int turn = 0; turn < 3; ++turn) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            crowd.poll();
        }
    }
}

void tst_Returning::comeBack(TestServer &server, Crowd &crowd)
{
    QRandomGenerator random(16);
    std::multimap<qint64, int> due;
    for (int number = 0; number < m_people - Missing; ++number)
        due.emplace(random.bounded(int(Milliseconds(Jitter).count())), number);
    int back = 0;
    for (Milliseconds now{0}; now <= Jitter; now += 1s) {
        for (; !due.empty() && due.begin()->first <= now.count(); due.erase(due.begin()), ++back)
            crowd.open(due.begin()->second, 1);
        QVERIFY(settle(crowd, [&] { return crowd.present() == back; }));
        pass(server, crowd, 1s);
    }
    QCOMPARE(crowd.present(), m_people - Missing);
}

void tst_Returning::aRestartTakesNobodyOffline()
{
    TestServer server(ServerTime::Manual);
    makePeople(server);
    {
        Crowd before(*m_speaker, server.server().port());
        before.open(0, m_people);
        QVERIFY(settle(before, [&] { return before.present() == m_people; }));
        pass(server, before, 50s);
        QVERIFY(server.restart());
        QVERIFY(settle(before, [&] { return before.present() == 0; }));
    }

    Crowd crowd(*m_speaker, server.server().port());
    Diary told(m_people);
    Diary asked(m_people);
    crowd.setWitness([&](const Crowd::Statement &statement) {
        if (statement.listener < Watchers && statement.subject != statement.listener)
            (statement.isAnswer ? asked : told)
                .note(statement.listener, statement.subject, statement.isOnline);
    });
    comeBack(server, crowd);
    pass(server, crowd, 50s - Jitter - 1s);

    // What they were told by itself
    int events = 0;
    for (int watcher = 0; watcher < Watchers; ++watcher) {
        for (int person = 0; person < m_people; ++person) {
            const QByteArray &lines = told.of(watcher, person);
            events += int(lines.size());
            QVERIFY2(lines.isEmpty() || lines == "+",
                qPrintable(u"watcher %1 was told of %2: %3"_s.arg(watcher).arg(person).arg(
                    QLatin1StringView(lines))));
        }
    }
    qInfo("R16 %d people came back over 30 s: %d events at %d watchers, none twice, nobody offline",
        m_people - Missing, events, Watchers);
    QVERIFY(events > 0);

    // What they know 50 s after the restart
    const qint64 answers = crowd.counters().answers;
    for (int client = 0; client < crowd.size(); ++client) {
        if (crowd.personOf(client) < Watchers)
            crowd.say(client, m_speaker->question({}));
    }
    const qint64 parts = (m_people + 498) / 500;
    QVERIFY(settle(crowd, [&] { return crowd.counters().answers == answers + Watchers * parts; }));
    for (int watcher = 0; watcher < Watchers; ++watcher) {
        for (int person = 0; person < m_people; ++person) {
            if (person != watcher)
                QCOMPARE(
                    asked.of(watcher, person), QByteArray(person < m_people - Missing ? "+" : "-"));
        }
    }
}

QTEST_GUILESS_MAIN(tst_Returning)
#include "tst_returning.moc"
