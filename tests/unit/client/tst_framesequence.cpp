// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/framesequence.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace std::chrono_literals;

namespace {

const SteadyTime T0{1h};

mtchat::ConnectedFrame connected(const char *session, qint64 epoch = 7)
{
    mtchat::SessionTerms terms;
    terms.session = SessionId{QString::fromLatin1(session)};
    terms.epoch = epoch;
    terms.resumeWindow = 600s;
    return {UserId{QStringLiteral("ana")}, terms};
}

mtchat::ServerMessage numbered(int number, std::optional<qint64> seq)
{
    return {mtchat::TypingFrame{ConversationId{QString::number(number)}, {}, {}}, seq};
}

mtchat::ServerMessage resumed(qint64 seq)
{
    return {mtchat::UnknownFrame{QStringLiteral("resumed")}, seq};
}

QList<int> numbersIn(const FrameSequence::Outcome &outcome)
{
    QList<int> numbers;
    for (const mtchat::ServerFrame &frame : outcome.frames) {
        if (const auto *typing = std::get_if<mtchat::TypingFrame>(&frame))
            numbers.append(typing->conversation.value.toInt());
    }
    return numbers;
}

//! A session that has seen its frames up to \a seq and then lost its link.
FrameSequence lostAt(qint64 seq)
{
    FrameSequence sequence;
    Q_UNUSED(sequence.welcome(connected("old"), T0));
    for (qint64 number = 1; number <= seq; ++number)
        Q_UNUSED(sequence.accept(numbered(int(number), number)));
    sequence.lost(T0 + 1s);
    return sequence;
}

} // namespace

class tst_FrameSequence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversInOrderAndNoticesWhatIsMissing();
    void dropsWhatWasToldTwice();
    void passesFramesOutsideTheCount();
    void asksForWhatWasMissed();
    void fetchesAnewAfterANewEpoch();
    void fetchesAnewAfterTheWindow();
    void deliversExactlyTheMissedFramesOfAResume();
    void noticesAResumeThatLeftSomethingOut();
    void takesTheNewSessionWhenTheResumeIsRefused();
    void takesTheNewSessionWhenTheAnswerDoesNotCome();
    void resumesTheOldSessionAgainAfterALossInBetween();
    void knowsNothingOfAServerWithoutNumbers();
};

void tst_FrameSequence::deliversInOrderAndNoticesWhatIsMissing()
{
    FrameSequence sequence;
    QVERIFY(!sequence.welcome(connected("s"), T0));
    QVERIFY(!sequence.accept(numbered(1, 1)).hasGap);
    const FrameSequence::Outcome gap = sequence.accept(numbered(3, 3));
    QVERIFY(gap.hasGap);
    QCOMPARE(numbersIn(gap), QList<int>{3});
    QVERIFY(!sequence.accept(numbered(4, 4)).hasGap); // told once
}

void tst_FrameSequence::dropsWhatWasToldTwice()
{
    FrameSequence sequence;
    QVERIFY(!sequence.welcome(connected("s"), T0));
    QCOMPARE(numbersIn(sequence.accept(numbered(1, 1))), QList<int>{1});
    QCOMPARE(numbersIn(sequence.accept(numbered(1, 1))), QList<int>{});
}

void tst_FrameSequence::passesFramesOutsideTheCount()
{
    FrameSequence sequence;
    QVERIFY(!sequence.welcome(connected("s"), T0));
    const FrameSequence::Outcome outcome = sequence.accept(numbered(9, std::nullopt));
    QCOMPARE(numbersIn(outcome), QList<int>{9});
    QVERIFY(!outcome.hasGap);
}

void tst_FrameSequence::asksForWhatWasMissed()
{
    FrameSequence sequence = lostAt(4);
    const auto request = sequence.welcome(connected("new"), T0 + 2s);
    QVERIFY(request);
    QCOMPARE(request->session.value, QStringLiteral("old"));
    QCOMPARE(request->seq, qint64(4));
    QVERIFY(sequence.isResuming());
    QCOMPARE(numbersIn(sequence.accept(numbered(5, 5))), QList<int>{}); // undecided: held
}

void tst_FrameSequence::fetchesAnewAfterANewEpoch()
{
    FrameSequence sequence = lostAt(4);
    QVERIFY(!sequence.welcome(connected("new", 8), T0 + 2s));
    QVERIFY(!sequence.isResuming());
}

void tst_FrameSequence::fetchesAnewAfterTheWindow()
{
    FrameSequence sequence = lostAt(4);
    QVERIFY(!sequence.welcome(connected("new"), T0 + 601s));
}

void tst_FrameSequence::deliversExactlyTheMissedFramesOfAResume()
{
    FrameSequence sequence = lostAt(2);
    QVERIFY(sequence.welcome(connected("new"), T0 + 2s));
    Q_UNUSED(sequence.accept(numbered(4, 1))); // numbered by the session that is given up
    Q_UNUSED(sequence.accept(numbered(100, std::nullopt)));
    Q_UNUSED(sequence.accept(numbered(3, 3)));
    Q_UNUSED(sequence.accept(numbered(4, 4)));
    const FrameSequence::Outcome outcome = sequence.accept(resumed(4));
    QVERIFY(outcome.isDecided);
    QVERIFY(!outcome.hasGap);
    QVERIFY(sequence.wasResumed());
    QCOMPARE(numbersIn(outcome), (QList<int>{100, 3, 4}));
    QCOMPARE(numbersIn(sequence.accept(numbered(5, 5))), QList<int>{5});
}

void tst_FrameSequence::noticesAResumeThatLeftSomethingOut()
{
    FrameSequence sequence = lostAt(2);
    QVERIFY(sequence.welcome(connected("new"), T0 + 2s));
    Q_UNUSED(sequence.accept(numbered(4, 4)));
    QVERIFY(sequence.accept(resumed(4)).hasGap);
}

void tst_FrameSequence::takesTheNewSessionWhenTheResumeIsRefused()
{
    FrameSequence sequence = lostAt(2);
    QVERIFY(sequence.welcome(connected("new"), T0 + 2s));
    Q_UNUSED(sequence.accept(numbered(1, 1)));
    const FrameSequence::Outcome outcome
        = sequence.accept({mtchat::ResyncFrame{QStringLiteral("gap_too_large")}, {}});
    QVERIFY(outcome.isDecided);
    QVERIFY(!sequence.wasResumed());
    QCOMPARE(numbersIn(outcome), QList<int>{1});
    QVERIFY(!sequence.accept(numbered(2, 2)).hasGap);
}

void tst_FrameSequence::takesTheNewSessionWhenTheAnswerDoesNotCome()
{
    FrameSequence sequence = lostAt(2);
    QVERIFY(sequence.welcome(connected("new"), T0 + 2s));
    Q_UNUSED(sequence.accept(numbered(1, 1)));
    QVERIFY(sequence.giveUp().isDecided);
    QVERIFY(!sequence.isResuming());
    QVERIFY(!sequence.accept(numbered(2, 2)).hasGap);
}

void tst_FrameSequence::resumesTheOldSessionAgainAfterALossInBetween()
{
    FrameSequence sequence = lostAt(2);
    QVERIFY(sequence.welcome(connected("new"), T0 + 2s));
    sequence.lost(T0 + 3s);
    const auto request = sequence.welcome(connected("newer"), T0 + 4s);
    QVERIFY(request);
    QCOMPARE(request->session.value, QStringLiteral("old"));
    QCOMPARE(request->seq, qint64(2));
}

void tst_FrameSequence::knowsNothingOfAServerWithoutNumbers()
{
    FrameSequence sequence;
    QVERIFY(!sequence.welcome({UserId{QStringLiteral("ana")}, {}}, T0));
    QCOMPARE(numbersIn(sequence.accept(numbered(1, std::nullopt))), QList<int>{1});
    sequence.lost(T0);
    QVERIFY(!sequence.welcome({UserId{QStringLiteral("ana")}, {}}, T0 + 1s));
}

QTEST_GUILESS_MAIN(tst_FrameSequence)
#include "tst_framesequence.moc"
