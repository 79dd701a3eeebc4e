// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What a change of presence costs in the real window, by the number of participants; prints figures
// and ratios, fails on none of them.

#include "models/items/roles.h"
#include "tests/gui/windowfixture.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace presently;
using namespace presently::test;

namespace {

QString crowdName(int number)
{
    return u"p%1"_s.arg(number, 6, 10, QChar(u'0'));
}

//! \brief How long the window's thread was busy between two looks at its event queue.
class BlockMeter : public QObject
{
    Q_OBJECT

public:
    BlockMeter()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { m_timer.start(); });
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { note(); });
        m_timer.start();
    }

    void clear()
    {
        m_longest = 0;
        m_timer.start();
    }
    //! Also between the turns of a loop that does not sleep.
    void note()
    {
        m_longest = std::max(m_longest, m_timer.nsecsElapsed());
        m_timer.start();
    }
    [[nodiscard]] double longestMs() const { return double(m_longest) / 1e6; }

private:
    QElapsedTimer m_timer;
    qint64 m_longest = 0;
};

class Bench
{
public:
    explicit Bench(int participants)
        : m_count(participants)
    {
        m_fixture.theme.applyTo(*qApp);
        QList<Participant> crowd;
        crowd.reserve(participants);
        for (int i = 0; i < participants; ++i)
            crowd << m_fixture.demo.participant(crowdName(i), u"Person %1"_s.arg(crowdName(i)));
        m_fixture.demo.session.apply(ParticipantsEvent{DemoSession::conversation(1), crowd});
        PresenceSnapshot snapshot;
        snapshot.epoch = 1;
        snapshot.complete = true;
        for (const Participant &person : std::as_const(crowd)) {
            PresenceRecord record;
            record.user = person.user;
            record.presence.status = Status::Online;
            record.presence.deviceCount = 1;
            record.version = {1, 1};
            snapshot.users << record;
        }
        m_fixture.demo.session.apply(PresenceSnapshotEvent{snapshot});
        m_fixture.demo.session.presence().flush();
        m_fixture.showOpen();
        drain();
    }

    //! Microseconds from the event to the painted row, of somebody in sight.
    double eventToPaintedRow()
    {
        constexpr int Rounds = 600;
        PaintCounter paints(*m_fixture.list(u"participantView"_s));
        QList<qint64> times;
        for (int round = 0; round < Rounds; ++round) {
            paints.clear();
            const int who = round % std::min(m_count, 8);
            QElapsedTimer timer;
            timer.start();
            change(who, Status::Online, u"text %1"_s.arg(round));
            showNow();
            while (paints.rows().isEmpty() && !timer.hasExpired(1000))
                QCoreApplication::processEvents();
            times << timer.nsecsElapsed();
        }
        std::sort(times.begin(), times.end());
        return double(times[times.size() / 2]) / 1000;
    }

    //! The same for a change that moves the row to another group.
    double moveToPaintedRow()
    {
        constexpr int Rounds = 200;
        PaintCounter paints(*m_fixture.list(u"participantView"_s));
        QList<qint64> times;
        for (int round = 0; round < Rounds; ++round) {
            paints.clear();
            QElapsedTimer timer;
            timer.start();
            change(3, round % 2 ? Status::Online : Status::Away, {});
            showNow();
            while (paints.rows().isEmpty() && !timer.hasExpired(1000))
                QCoreApplication::processEvents();
            times << timer.nsecsElapsed();
        }
        std::sort(times.begin(), times.end());
        return double(times[times.size() / 2]) / 1000;
    }

    struct Burst {
        double longestBlockMs = 0;
        double totalMs = 0;
        qsizetype rowsPainted = 0;
    };
    //! \a perTurn: how many events the network thread hands over in one turn of the loop.
    Burst burst(int events, int perTurn)
    {
        auto *view = m_fixture.list(u"participantView"_s);
        PaintCounter paints(*view);
        BlockMeter meter;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < events; ++i) {
            change(i % m_count, i % 3 ? Status::Busy : Status::Online,
                u"burst %1 of %2"_s.arg(i).arg(perTurn));
            if (i % perTurn == perTurn - 1)
                turn(meter);
        }
        showNow();
        for (int quiet = 0; quiet < 20;) {
            const qsizetype before = paints.rows().size();
            turn(meter);
            quiet = paints.rows().size() == before ? quiet + 1 : 0;
        }
        return {meter.longestMs(), double(timer.nsecsElapsed()) / 1e6, paints.rows().size()};
    }

private:
    static void turn(BlockMeter &meter)
    {
        meter.note();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 0);
        meter.note();
    }

    void drain()
    {
        for (int i = 0; i < 50; ++i)
            QCoreApplication::processEvents();
    }

    //! What the store does by itself after quiet, and a while later in a stream.
    void showNow() { m_fixture.demo.session.presence().flush(); }

    void change(int who, Status status, const QString &text)
    {
        m_fixture.demo.setPresence(crowdName(who), status, {}, 1, text);
    }

    WindowFixture m_fixture;
    int m_count;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    Bench(100).eventToPaintedRow(); // fonts, glyphs and pixmaps are made once
    double first = 0;
    double firstMove = 0;
    for (const int participants : {100, 10'000, 100'000}) {
        Bench bench(participants);
        const double shown = bench.eventToPaintedRow();
        const double moved = bench.moveToPaintedRow();
        first = first > 0 ? first : shown;
        firstMove = firstMove > 0 ? firstMove : moved;
        std::printf("%6d participants: event -> painted row %7.1f us (x%.2f), with a move %7.1f us "
                    "(x%.2f)\n",
            participants, shown, shown / first, moved, moved / firstMove);
        for (const int perTurn : {500, 10'000}) {
            const Bench::Burst burst = bench.burst(10'000, perTurn);
            std::printf(
                "%6d participants: burst of 10,000 events, %5d a turn: longest block %.1f ms, "
                "%.0f ms in all, %d rows painted\n",
                participants, perTurn, burst.longestBlockMs, burst.totalMs, int(burst.rowsPainted));
        }
        std::fflush(stdout);
    }
    return 0;
}

#include "bench_presence.moc"
