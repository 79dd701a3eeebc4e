// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What one person changes until another's window has painted it: two real windows and clients and
// a real server, all in this process, over loopback.

#include "tests/bench/figures.h"
#include "tests/support/desk.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QTest>

using namespace presently;
using namespace presently::bench;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Changes = 100;
constexpr int Deadline = 10'000;
//! People change one by one; the views show a stream of changes less often.
constexpr int Pause = 2 * int(PresenceStore::SignalInterval.count());

//! \brief Knows whether the participant list has been painted with a given status of a person.
class PaintedStatus : public QObject
{
    Q_OBJECT

public:
    PaintedStatus(Desk &desk, UserId user)
        : m_desk(desk)
        , m_user(std::move(user))
    {
        desk.find<QAbstractItemView>("participantView")->viewport()->installEventFilter(this);
    }

    [[nodiscard]] std::optional<Status> status() const { return m_status; }

private:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_status = m_desk.dotInList(m_user);
        return false;
    }

    Desk &m_desk;
    const UserId m_user;
    std::optional<Status> m_status;
};

//! Milliseconds from what \a desk asks for to the painted dot; none: it never came.
std::optional<double> changeToPaint(Desk &desk, const PaintedStatus &painted, IntentStatus wish)
{
    const Status expected = wish == IntentStatus::Busy ? Status::Busy : Status::Online;
    QElapsedTimer elapsed;
    elapsed.start();
    desk.session().submit(SetIntentCommand{Intent{wish, {}, std::nullopt}});
    while (painted.status() != expected) {
        if (elapsed.hasExpired(Deadline))
            return std::nullopt;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return static_cast<double>(elapsed.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestServer server;
    server.options.limits.frames = {1000, Milliseconds{1}};
    if (!server.start()) {
        std::fprintf(stderr, "the server did not start: %s\n", qPrintable(server.errorText()));
        return 1;
    }
    Desk viewer(server, u"ana"_s);
    Desk mover(server, u"bao"_s);
    if (!QTest::qWaitFor([&] { return viewer.isOnline() && mover.isOnline(); }, Deadline))
        return 1;
    viewer.window().openConversation(server.team());
    const PaintedStatus painted(viewer, server.id(u"bao"_s));
    if (!QTest::qWaitFor([&] { return painted.status() == Status::Online; }, Deadline)) {
        std::fprintf(stderr, "the other was never seen\n");
        return 1;
    }

    std::vector<double> times;
    for (int i = 0; i < Changes; ++i) {
        const auto time
            = changeToPaint(mover, painted, i % 2 == 0 ? IntentStatus::Busy : IntentStatus::Auto);
        if (!time) {
            std::fprintf(stderr, "change %d was never painted\n", i);
            return 1;
        }
        times.push_back(*time);
        QTest::qWait(Pause);
    }
    figure("change on one client to paint on another, p50", percentile(times, 0.50), "ms");
    figure("change on one client to paint on another, p95", percentile(times, 0.95), "ms",
        "(target < 100)");
    figure("the longest of 100", percentile(times, 1.0), "ms");
    return 0;
}

#include "bench_link.moc"
