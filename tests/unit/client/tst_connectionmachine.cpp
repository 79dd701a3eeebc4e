// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/connectionmachine.h"

#include <QRandomGenerator>
#include <QTest>

#include "net/wire/mtchat/closecodes.h"

using namespace presently;
using namespace presently::net;
using namespace presently::net::link;
using namespace std::chrono_literals;

namespace {

const SteadyTime T0{1h};
const Terms Defaults;

Step at(SteadyTime now, const State &state, const link::Event &event, double random = 0.5)
{
    return step(Defaults, state, event, Moment{now, random});
}

template <typename A>
int count(const Step &step)
{
    return int(std::count_if(step.actions.cbegin(), step.actions.cend(),
        [](const Action &action) { return std::holds_alternative<A>(action); }));
}

template <typename P>
bool isIn(const Step &step)
{
    return std::holds_alternative<P>(step.next.phase);
}

template <typename P>
const P &phase(const Step &step)
{
    return std::get<P>(step.next.phase);
}

State onlineState(SteadyTime since = T0, int failures = 0)
{
    const Step welcomed = at(since,
        State{Handshaking{failures, false, since + 10s, ActivityState::Active}, {}}, Welcomed{30s});
    return welcomed.next;
}

QString nameOf(const State &state)
{
    static const QStringList names{QStringLiteral("SignedOut"), QStringLiteral("Connecting"),
        QStringLiteral("Handshaking"), QStringLiteral("Probing"), QStringLiteral("Online"),
        QStringLiteral("Waiting"), QStringLiteral("Refreshing"), QStringLiteral("Stopped")};
    return names.at(qsizetype(state.phase.index()));
}

const Error Refused{ErrorCode::Unreachable, {}, {}, {}};
const Error Unauthenticated{ErrorCode::Unauthenticated, {}, {}, {}};

QList<State> oneOfEach()
{
    return {State{SignedOut{}, {}}, State{Connecting{1, false, T0 + 65s}, {}},
        State{Handshaking{1, false, T0 + 10s, {}}, {}},
        State{Probing{1, false, T0 + 15s, Refused}, {}}, onlineState(),
        State{Waiting{1, T0 + 3s, Refused}, {}}, State{Refreshing{1, T0 + 30s}, {}},
        State{Stopped{Refused}, {}}};
}

} // namespace

class tst_ConnectionMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfAWindowHiddenBetweenDialAndAnswer();
    void followsTheTableOfEveryStateAndEvent_data();
    void followsTheTableOfEveryStateAndEvent();
    void obeysTheCloseCodeTable_data();
    void obeysTheCloseCodeTable();
    void waitsAsLongAsAGoodbyeSays();
    void neverTriesEarlierThanTheServerSaid();
    void keepsBackoffWithinItsBounds();
    void neverWaitsLongerThanTheOutageHasLasted_data();
    void neverWaitsLongerThanTheOutageHasLasted();
    void forgetsFailuresOnlyAfterAStableMinute();
    void endsASilentHandshakeAfterTenSeconds();
    void endsAnAttemptThatNeverReachesTcp();
    void pingsEachFifteenSecondsAndWaitsTenForThePong();
    void beatsBetweenNineTenthsAndTheWholeInterval();
    void pausesHeartbeatsWhileHiddenAndBeatsAtOnceWhenShown();
    void keepsPingingWhileHidden();
    void saysIdleRightAfterTheWelcome();
    void triesWithinHalfASecondAfterAHint();
    void probesAYoungLinkInsteadOfDroppingIt();
    void refreshesOnceAndThenAsksThePerson();
    void waitsWhenATokenExpiresAgainAndAgain();
    void asksThePersonWhenTheSessionWasRevoked();
    void saysGoodbyeBeforeQuitting();
    void reportsWhatThePersonNeeds();
};

void tst_ConnectionMachine::tellsOfAWindowHiddenBetweenDialAndAnswer()
{
    // The handshake was written when the socket was opened, with the window shown.
    const Step dialled = at(T0, State{}, Start{});
    const Step hidden = at(T0 + 1s, dialled.next, ActivityChanged{ActivityState::Hidden});
    const Step up = at(T0 + 2s, hidden.next, TcpUp{});
    const Step welcomed = at(T0 + 3s, up.next, Welcomed{30s});
    QCOMPARE(count<SendBeat>(welcomed), 1);
    QVERIFY(!phase<Online>(welcomed).beatDueAt);
}

void tst_ConnectionMachine::followsTheTableOfEveryStateAndEvent_data()
{
    QTest::addColumn<int>("event");
    QTest::addColumn<QStringList>("successors"); // in the order of oneOfEach()

    const auto row = [](const char *name, int event, const char *successors) {
        QTest::newRow(name) << event << QString::fromLatin1(successors).split(u' ');
    };
    //    S=SignedOut C=Connecting H=Handshaking P=Probing O=Online W=Waiting R=Refreshing X=Stopped
    row("Start", 0, "C C C C C C C C");
    row("SignOut", 1, "S S S S S S S S");
    row("Quit", 2, "X X X X X X X X");
    row("TryNow", 3, "S C H P O C R C");
    row("TcpUp", 4, "S H H P O W R X");
    row("Welcomed", 5, "S C O P O W R X");
    row("AttemptFailed", 6, "S W W P O W R X");
    row("AttemptFailed, answered", 7, "S P P P O W R X");
    row("Closed 1006", 8, "S W W P W W R X");
    row("ProbeAnswered, all well", 9, "S C H W O W R X");
    row("ProbeAnswered, 401", 10, "S C H R O W R X");
    row("TokenRefreshed", 11, "S C H P O W C X");
    row("RefreshFailed, 401", 12, "S C H P O W S X");
    row("RefreshFailed, out of reach", 13, "S C H P O W W X");
    row("PongReceived", 14, "S C H P O W R X");
    row("Hint", 15, "S W W P O W R X");
    row("Sleep", 16, "S C H P W W R X");
    row("Tick before any deadline", 17, "S C H P O W R X");
    row("Tick after every deadline", 18, "S W W W O C W X");
}

void tst_ConnectionMachine::followsTheTableOfEveryStateAndEvent()
{
    QFETCH(const int, event);
    QFETCH(const QStringList, successors);
    const std::vector<link::Event> events{Start{}, SignOut{}, Quit{}, TryNow{}, TcpUp{},
        Welcomed{30s}, AttemptFailed{Refused, false}, AttemptFailed{Refused, true},
        Closed{1006, {}}, ProbeAnswered{}, ProbeAnswered{Unauthenticated}, TokenRefreshed{},
        RefreshFailed{Unauthenticated}, RefreshFailed{Refused}, PongReceived{}, Hint{}, Sleep{},
        Tick{}, Tick{}};
    const QHash<QChar, QString> names{{u'S', QStringLiteral("SignedOut")},
        {u'C', QStringLiteral("Connecting")}, {u'H', QStringLiteral("Handshaking")},
        {u'P', QStringLiteral("Probing")}, {u'O', QStringLiteral("Online")},
        {u'W', QStringLiteral("Waiting")}, {u'R', QStringLiteral("Refreshing")},
        {u'X', QStringLiteral("Stopped")}};
    const bool isLate = event == 18;
    const QList<State> states = oneOfEach();
    QCOMPARE(successors.size(), states.size());
    for (qsizetype i = 0; i < states.size(); ++i) {
        const Step result
            = at(isLate ? T0 + 70s : T0 + 1s, states.at(i), events.at(std::size_t(event)));
        QVERIFY2(nameOf(result.next) == names.value(successors.at(i).at(0)),
            qPrintable(nameOf(states.at(i)) + QStringLiteral(" led to ") + nameOf(result.next)));
    }
}

void tst_ConnectionMachine::obeysTheCloseCodeTable_data()
{
    QTest::addColumn<quint16>("code");
    QTest::addColumn<QString>("leadsTo");
    QTest::addColumn<qint64>("fromMs");
    QTest::addColumn<qint64>("untilMs");

    const auto row = [](quint16 code, const char *leadsTo, qint64 from, qint64 until) {
        QTest::addRow("%d", int(code)) << code << QString::fromLatin1(leadsTo) << from << until;
    };
    for (const quint16 code : {1000, 1001, 1012, 1013})
        row(code, "Waiting", 0, 10'000);
    for (const quint16 code : {1002, 1003, 1006, 1007, 1008, 1009, 1011, 4999})
        row(code, "Waiting", 0, 3'000);
    row(4008, "Waiting", 5'000, 10'000);
    row(4001, "Refreshing", 0, 0);
    row(4003, "SignedOut", 0, 0);
    row(4009, "Stopped", 0, 0);
}

void tst_ConnectionMachine::obeysTheCloseCodeTable()
{
    QFETCH(const quint16, code);
    QFETCH(const QString, leadsTo);
    QFETCH(const qint64, fromMs);
    QFETCH(const qint64, untilMs);
    const SteadyTime now = T0 + 61s; // a stable link: no failures
    for (const double random : {0.0, 0.5, 0.999}) {
        const Step result = at(now, onlineState(), Closed{code, {}}, random);
        QCOMPARE(nameOf(result.next), leadsTo);
        QCOMPARE(count<OpenSocket>(result), 0);
        if (!isIn<Waiting>(result))
            continue;
        const Milliseconds delay = phase<Waiting>(result).tryAt - now;
        QVERIFY2(delay.count() >= fromMs && delay.count() <= untilMs,
            qPrintable(QString::number(delay.count())));
        if (random == 0.999)
            QVERIFY(delay.count() > untilMs * 9 / 10); // the window is used to its end
    }
}

void tst_ConnectionMachine::waitsAsLongAsAGoodbyeSays()
{
    const Step result = at(T0 + 61s, onlineState(), Closed{1012, Milliseconds{7000}}, 0.0);
    QCOMPARE(phase<Waiting>(result).tryAt - (T0 + 61s), Milliseconds{7000});
    const Step lost = at(T0 + 61s, onlineState(), Closed{1006, Milliseconds{7000}}, 0.0);
    QCOMPARE(phase<Waiting>(lost).tryAt - (T0 + 61s), Milliseconds{0});
}

void tst_ConnectionMachine::neverTriesEarlierThanTheServerSaid()
{
    const Error limited{ErrorCode::RateLimited, {}, {}, Milliseconds{5000}};
    for (const double random : {0.0, 0.7}) {
        const Step result = at(
            T0, State{Probing{0, false, T0 + 15s, Refused}, {}}, ProbeAnswered{limited}, random);
        QVERIFY(phase<Waiting>(result).tryAt >= T0 + 5s);
        QCOMPARE(phase<Waiting>(result).cause.code, ErrorCode::RateLimited);
    }
}

void tst_ConnectionMachine::keepsBackoffWithinItsBounds()
{
    QRandomGenerator random(20260207);
    const Terms terms;
    for (int failures = 0; failures < 12; ++failures) {
        const Milliseconds ceiling
            = std::min(Milliseconds{30'000}, Milliseconds{500 * (qint64(1) << (failures + 1))});
        Milliseconds longest{0};
        for (int i = 0; i < 200; ++i) {
            const Step result = at(T0, State{Connecting{failures, false, T0 + 65s}, {}},
                AttemptFailed{Refused, false}, random.generateDouble());
            const Milliseconds delay = phase<Waiting>(result).tryAt - T0;
            QVERIFY(delay >= 0ms);
            QVERIFY(delay <= ceiling);
            longest = std::max(longest, delay);
            QCOMPARE(phase<Waiting>(result).failures, failures + 1);
        }
        QVERIFY(longest > ceiling / 2); // full jitter, not half
    }
    QCOMPARE(backoffCeiling(terms.backoff, 1000), terms.backoff.cap);
}

void tst_ConnectionMachine::neverWaitsLongerThanTheOutageHasLasted_data()
{
    QTest::addColumn<qint64>("outageMs");
    for (const qint64 outageMs : {100, 1000, 3000, 10'000, 25'000})
        QTest::addRow("%lld ms", outageMs) << outageMs;
}

//! Reliability scenario R01, the part that is chance: a server that was away for three seconds is
//! found again within three more, whatever the jitter has drawn.
void tst_ConnectionMachine::neverWaitsLongerThanTheOutageHasLasted()
{
    QFETCH(const qint64, outageMs);
    QRandomGenerator random(1);
    Milliseconds longest{0};
    for (int run = 0; run < 1000; ++run) {
        const SteadyTime lostAt = T0 + 61s;
        const SteadyTime backAt = lostAt + Milliseconds{outageMs};
        State state = at(lostAt, onlineState(), Closed{1006, {}}, random.generateDouble()).next;
        SteadyTime now = *nextDeadline(state);
        while (now < backAt) {
            state = at(now, state, Tick{}).next;
            state = at(now, state, AttemptFailed{Refused, false}, random.generateDouble()).next;
            now = *nextDeadline(state);
        }
        longest = std::max(longest, now - backAt);
    }
    QVERIFY2(longest <= std::max(Milliseconds{outageMs}, Milliseconds{3000}),
        qPrintable(QString::number(longest.count())));
}

void tst_ConnectionMachine::forgetsFailuresOnlyAfterAStableMinute()
{
    const Step early = at(T0 + 59s, onlineState(T0, 4), Closed{1006, {}});
    QCOMPARE(phase<Waiting>(early).failures, 5);
    const Step late = at(T0 + 60s, onlineState(T0, 4), Closed{1006, {}});
    QCOMPARE(phase<Waiting>(late).failures, 0);
}

void tst_ConnectionMachine::endsASilentHandshakeAfterTenSeconds()
{
    const Step up = at(T0 + 3s, State{Connecting{0, false, T0 + 65s}, {}}, TcpUp{});
    QCOMPARE(*nextDeadline(up.next), T0 + 13s);
    QVERIFY(isIn<Handshaking>(at(T0 + 12'999ms, up.next, Tick{})));
    const Step ended = at(T0 + 13s, up.next, Tick{});
    QCOMPARE(count<AbortSocket>(ended), 1);
    QCOMPARE(phase<Waiting>(ended).cause.code, ErrorCode::Timeout);
}

void tst_ConnectionMachine::endsAnAttemptThatNeverReachesTcp()
{
    const Step started = at(T0, State{}, Start{});
    QCOMPARE(count<OpenSocket>(started), 1);
    QCOMPARE(*nextDeadline(started.next), T0 + 65s);
    QCOMPARE(count<AbortSocket>(at(T0 + 65s, started.next, Tick{})), 1);
}

void tst_ConnectionMachine::pingsEachFifteenSecondsAndWaitsTenForThePong()
{
    const Step pinged = at(T0 + 15s, onlineState(), Tick{});
    QCOMPARE(count<SendPing>(pinged), 1);
    QCOMPARE(phase<Online>(pinged).pongDeadline, T0 + 25s);
    QVERIFY(isIn<Online>(at(T0 + 24'999ms, pinged.next, Tick{})));
    const Step dead = at(T0 + 25s, pinged.next, Tick{});
    QCOMPARE(count<AbortSocket>(dead), 1);
    QCOMPARE(phase<Waiting>(dead).cause.code, ErrorCode::Timeout);

    const Step answered = at(T0 + 16s, pinged.next, PongReceived{});
    QVERIFY(!phase<Online>(answered).pongDeadline);
    QCOMPARE(phase<Online>(answered).pingDueAt, T0 + 31s);
}

void tst_ConnectionMachine::beatsBetweenNineTenthsAndTheWholeInterval()
{
    for (const double random : {0.0, 0.5, 0.999}) {
        const Step welcomed
            = at(T0, State{Handshaking{0, false, T0 + 10s, {}}, {}}, Welcomed{30s}, random);
        const Milliseconds delay = *phase<Online>(welcomed).beatDueAt - T0;
        QVERIFY(delay >= 27s && delay <= 30s);
        const Step beaten = at(T0 + 30s, welcomed.next, Tick{}, random);
        QCOMPARE(count<SendBeat>(beaten), 1);
        const Milliseconds next = *phase<Online>(beaten).beatDueAt - (T0 + 30s);
        QVERIFY(next >= 27s && next <= 30s);
    }
}

void tst_ConnectionMachine::pausesHeartbeatsWhileHiddenAndBeatsAtOnceWhenShown()
{
    for (const ActivityState away : {ActivityState::Hidden, ActivityState::Locked}) {
        const Step hidden = at(T0 + 5s, onlineState(), ActivityChanged{away});
        QCOMPARE(count<SendBeat>(hidden), 1);
        QCOMPARE(std::get<SendBeat>(hidden.actions.at(0)).activity, away);
        QVERIFY(!phase<Online>(hidden).beatDueAt);
        State state = hidden.next;
        for (SteadyTime now = T0 + 6s; now < T0 + 600s; now += 1s) {
            Step ticked = at(now, state, Tick{});
            QCOMPARE(count<SendBeat>(ticked), 0);
            state = at(now, ticked.next, PongReceived{}).next;
        }
        const Step shown = at(T0 + 600s, state, ActivityChanged{ActivityState::Active});
        QCOMPARE(count<SendBeat>(shown), 1);
        QVERIFY(phase<Online>(shown).beatDueAt);
        const Step again = at(T0 + 601s, shown.next, ActivityChanged{ActivityState::Active});
        QCOMPARE(count<SendBeat>(again), 0); // nothing has changed
    }
}

void tst_ConnectionMachine::keepsPingingWhileHidden()
{
    State state = at(T0 + 1s, onlineState(), ActivityChanged{ActivityState::Hidden}).next;
    int pings = 0;
    for (SteadyTime now = T0 + 2s; now <= T0 + 61s; now += 1s) {
        const Step ticked = at(now, state, Tick{});
        state = ticked.next;
        if (count<SendPing>(ticked) == 1) {
            ++pings;
            state = at(now, state, PongReceived{}).next;
        }
    }
    QCOMPARE(pings, 4);
}

void tst_ConnectionMachine::saysIdleRightAfterTheWelcome()
{
    State state{Handshaking{0, false, T0 + 10s, ActivityState::Active}, ActivityState::Idle};
    QCOMPARE(count<SendBeat>(at(T0, state, Welcomed{30s})), 1);
    state.activity = ActivityState::Hidden; // hidden after the handshake had said active
    const Step hidden = at(T0, state, Welcomed{30s});
    QCOMPARE(count<SendBeat>(hidden), 1);
    QVERIFY(!phase<Online>(hidden).beatDueAt);
    state.activity = ActivityState::Active;
    QCOMPARE(count<SendBeat>(at(T0, state, Welcomed{30s})), 0);
}

void tst_ConnectionMachine::triesWithinHalfASecondAfterAHint()
{
    const Step waiting = at(T0, State{Waiting{9, T0 + 29s, Refused}, {}}, Hint{}, 0.999);
    QVERIFY(phase<Waiting>(waiting).tryAt <= T0 + 500ms);
    const Step sooner = at(T0, State{Waiting{9, T0 + 1ms, Refused}, {}}, Hint{}, 0.999);
    QCOMPARE(phase<Waiting>(sooner).tryAt, T0 + 1ms); // a hint never lengthens
    const Step online = at(T0 + 20s, onlineState(), Hint{}, 0.999);
    QCOMPARE(count<AbortSocket>(online), 1);
    QVERIFY(phase<Waiting>(online).tryAt <= T0 + 20'500ms);
}

void tst_ConnectionMachine::probesAYoungLinkInsteadOfDroppingIt()
{
    const Step probed = at(T0 + 4s, onlineState(), Hint{});
    QVERIFY(isIn<Online>(probed));
    QCOMPARE(count<SendPing>(probed), 1);
    QCOMPARE(*nextDeadline(probed.next), T0 + 6s);
    QVERIFY(isIn<Waiting>(at(T0 + 6s, probed.next, Tick{})));
}

void tst_ConnectionMachine::refreshesOnceAndThenAsksThePerson()
{
    const State probing{Probing{0, false, T0 + 15s, Refused}, {}};
    const Step first = at(T0, probing, ProbeAnswered{Unauthenticated});
    QCOMPARE(count<RefreshToken>(first), 1);
    const Step renewed = at(T0 + 1s, first.next, TokenRefreshed{});
    QCOMPARE(count<OpenSocket>(renewed), 1);
    const Step up = at(T0 + 1s, renewed.next, TcpUp{});
    const Step refused = at(T0 + 1s, up.next, AttemptFailed{Refused, true});
    QCOMPARE(count<AskWhy>(refused), 1);
    const Step second = at(T0 + 2s, refused.next, ProbeAnswered{Unauthenticated});
    QCOMPARE(count<RefreshToken>(second), 0);
    QCOMPARE(count<AskSignIn>(second), 1);
    QVERIFY(!nextDeadline(second.next)); // and no storm
}

void tst_ConnectionMachine::waitsWhenATokenExpiresAgainAndAgain()
{
    const Step early = at(T0 + 1s, onlineState(), Closed{4001, {}});
    QVERIFY(isIn<Waiting>(at(T0 + 2s, early.next, TokenRefreshed{})));
    const Step late = at(T0 + 61s, onlineState(), Closed{4001, {}});
    QVERIFY(isIn<Connecting>(at(T0 + 62s, late.next, TokenRefreshed{})));
}

void tst_ConnectionMachine::asksThePersonWhenTheSessionWasRevoked()
{
    const Step revoked = at(T0 + 61s, onlineState(), Closed{4003, {}});
    QCOMPARE(count<AskSignIn>(revoked), 1);
    QCOMPARE(statusOf(revoked.next).cause->code, ErrorCode::SessionRevoked);
}

void tst_ConnectionMachine::saysGoodbyeBeforeQuitting()
{
    const Step quit = at(T0 + 1s, onlineState(), Quit{});
    QCOMPARE(quit.actions.size(), std::size_t(2));
    QVERIFY(std::holds_alternative<SendGoodbye>(quit.actions.at(0)));
    QCOMPARE(std::get<CloseSocket>(quit.actions.at(1)).code, quint16(1000));
    QVERIFY(isIn<Stopped>(at(T0 + 2s, quit.next, TryNow{})));
}

void tst_ConnectionMachine::reportsWhatThePersonNeeds()
{
    QCOMPARE(statusOf(State{}).state, LinkState::SignedOut);
    QCOMPARE(statusOf(onlineState()).state, LinkState::Online);
    const LinkStatus waiting = statusOf(State{Waiting{1, T0 + 3s, Refused}, {}});
    QCOMPARE(waiting.state, LinkState::Waiting);
    QCOMPARE(waiting.nextTryAt, T0 + 3s);
    QCOMPARE(waiting.cause->code, ErrorCode::Unreachable);
    QCOMPARE(statusOf(State{Refreshing{0, T0}, {}}).state, LinkState::Connecting);
}

QTEST_GUILESS_MAIN(tst_ConnectionMachine)
#include "tst_connectionmachine.moc"
