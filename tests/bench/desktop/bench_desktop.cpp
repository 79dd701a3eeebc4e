// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The real desktop program on an X server of its own, against a real server process, with 500
// contacts and 20 conversations: start, memory, cost of presence, wake-ups while hidden. An almost
// empty window of the same toolkit is measured beside it. Fails on no figure.

#include "tests/bench/desktop/crowd.h"
#include "tests/bench/desktop/crowdseed.h"
#include "tests/bench/desktop/desktopclient.h"
#include "tests/bench/desktop/wakeups.h"
#include "tests/bench/figures.h"
#include "tests/integration/programs/programs.h"
#include "tests/integration/programs/xserver.h"
#include "tests/unit/app/credentials/keyringdaemon.h"
#include "tests/unit/app/platform/privatebus.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace presently::bench;
using presently::test::Home;
using presently::test::KeyringDaemon;
using presently::test::PrivateBus;
using presently::test::ServerProcess;
using presently::test::XServer;

namespace {

constexpr int Starts = 10;
constexpr int Updates = 10'000;
constexpr int CrowdSize = 100;
constexpr int Deadline = 30'000;

struct StartTimes {
    std::vector<double> firstPaint;
    std::vector<double> ready;
    int withoutCache = 0;
};

[[noreturn]] void give(const char *reason, const QByteArray &detail = {})
{
    std::fprintf(stderr, "%s %s\n", reason, detail.constData());
    std::exit(1);
}

//! \brief The machine of one person: display, window manager, bus, keychain, home.
class Machine
{
public:
    Machine()
    {
        if (!m_display.start())
            give("Xvfb did not start");
        if (!m_bus.start() || !m_keyring.start(m_bus.address()))
            give("no bus or no keychain (dbus, gnome-keyring)");
        m_windowManager.setProcessEnvironment(environment());
        m_windowManager.start(u"openbox"_s, {});
        if (!m_windowManager.waitForStarted(5'000))
            give("openbox did not start");
        if (!QTest::qWaitFor([this] { return xdotool({u"get_num_desktops"_s}) != 0; }, 5'000))
            give("openbox does not answer");
    }
    ~Machine()
    {
        m_windowManager.terminate();
        m_windowManager.waitForFinished(5'000);
    }

    [[nodiscard]] QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = m_home.environment();
        environment.insert(u"DISPLAY"_s, m_display.name());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_bus.address());
        environment.insert(u"QT_LOGGING_RULES"_s, u"presently.startup.debug=true"_s);
        environment.insert(u"QT_FORCE_STDERR_LOGGING"_s, u"1"_s);
        return environment;
    }
    [[nodiscard]] const Home &home() const { return m_home; }

    //! What xdotool prints, as a number; -1 without an answer.
    int xdotool(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(u"xdotool"_s, arguments, QIODevice::ReadOnly);
        process.waitForFinished(10'000);
        bool isNumber = false;
        const int number
            = process.readAllStandardOutput().simplified().split(' ').first().toInt(&isNumber);
        return isNumber ? number : -1;
    }
    [[nodiscard]] QString mainWindow() const
    {
        return QString::number(xdotool(
            {u"search"_s, u"--onlyvisible"_s, u"--name"_s, u"^([(][0-9]+[)] )?Presently$"_s}));
    }
    [[nodiscard]] QImage screenshot() const { return m_display.screenshot(); }

private:
    Home m_home;
    XServer m_display;
    PrivateBus m_bus;
    KeyringDaemon m_keyring;
    QProcess m_windowManager;
};

void pause(int milliseconds)
{
    QTest::qWait(milliseconds);
}

//! Signs in once, so that profile, keychain and cache are there, and opens the first conversation.
void signInOnce(const Machine &machine, const QString &http)
{
    DesktopClient client(PRESENTLY_PROGRAM_DIR "/presently"_L1, machine.environment());
    client.start({u"--server"_s, http, u"--user"_s, ViewerLogin, u"--password-stdin"_s,
                     u"--profile"_s, machine.home().profile()},
        ViewerPassword.toUtf8() + '\n');
    if (!client.saysWithin("ready for input", Deadline))
        give("the client did not start:", client.said());
    const auto isKept
        = [&] { return !machine.home().filesHolding({ViewerLogin.toUtf8()}).isEmpty(); };
    if (!QTest::qWaitFor(isKept, Deadline))
        give("nothing was kept of the first sign-in");
    pause(3'000);
    machine.xdotool({u"windowactivate"_s, u"--sync"_s, machine.mainWindow(), u"mousemove"_s,
        u"--window"_s, machine.mainWindow(), u"150"_s, u"150"_s, u"click"_s, u"1"_s});
    pause(2'000);
}

StartTimes startOften(const Machine &machine)
{
    StartTimes times;
    for (int i = 0; i < Starts; ++i) {
        DesktopClient client(PRESENTLY_PROGRAM_DIR "/presently"_L1, machine.environment());
        client.start({u"--profile"_s, machine.home().profile()});
        const auto ready = client.saysWithin("ready for input", Deadline);
        const auto painted = client.saysWithin("first paint", 0);
        if (!ready || !painted)
            give("the client did not start:", client.said());
        times.firstPaint.push_back(*painted);
        times.ready.push_back(*ready);
        times.withoutCache += client.said().contains("without the cache") ? 1 : 0;
        pause(500); // a start of which the network has had its part
    }
    return times;
}

struct Peer {
    double firstPaint = 0;
    double resident = 0;
};

Peer measureEmptyWindow(const Machine &machine)
{
    std::vector<double> times;
    Peer peer;
    for (int i = 0; i < Starts; ++i) {
        DesktopClient window(PRESENTLY_EMPTY_WINDOW ""_L1, machine.environment());
        window.start({});
        const auto painted = window.saysWithin("first paint", Deadline);
        if (!painted)
            give("the empty window did not start:", window.said());
        times.push_back(*painted);
        peer.resident = processStatus(window.pid(), "VmRSS:") / 1024;
    }
    peer.firstPaint = percentile(times, 0.5);
    return peer;
}

void printStart(const Peer &peer, const StartTimes &times)
{
    const double painted = percentile(times.firstPaint, 0.5);
    figure("an almost empty window, start to first paint", peer.firstPaint, "ms");
    figure("start to first paint, median of 10", painted, "ms", "(target < 150)");
    figure("start to first paint, best", percentile(times.firstPaint, 0), "ms");
    figure("start to usable list from cache, median of 10", percentile(times.ready, 0.5), "ms",
        "(target < 300)");
    figure("starts that painted before the cache was read", times.withoutCache, "of 10");
    figure("first paint to that of an almost empty window", painted / peer.firstPaint, "x");
}

void printMemory(const Peer &peer, qint64 pid)
{
    const double resident = processStatus(pid, "VmRSS:") / 1024;
    figure("an almost empty window, resident", peer.resident, "MiB");
    figure("resident at rest, 500 contacts, 20 conversations", resident, "MiB", "(target < 70)");
    figure("of it private (heap, stacks)", processStatus(pid, "RssAnon:") / 1024, "MiB");
    figure("of it files (libraries, fonts)", processStatus(pid, "RssFile:") / 1024, "MiB");
    figure("resident to that of an almost empty window", resident / peer.resident, "x");
}

//! Processor seconds of the client for all updates, \a perSecond of them a second; 0: at once.
double costOfUpdates(Crowd &crowd, qint64 pid, int perSecond)
{
    const int seenBefore = crowd.updatesSeen();
    const double before = processorSeconds(pid);
    QElapsedTimer elapsed;
    elapsed.start();
    int sent = 0;
    const auto isDone = [&] {
        const qint64 due = perSecond > 0 ? elapsed.elapsed() * perSecond / 1000 : Updates;
        for (; sent < Updates && sent < due; ++sent)
            crowd.change();
        return crowd.updatesSeen() - seenBefore >= Updates;
    };
    if (!QTest::qWaitFor(isDone, 60'000))
        give("not every update came:", QByteArray::number(crowd.updatesSeen() - seenBefore));
    pause(1'000);
    return processorSeconds(pid) - before;
}

void printCostOfUpdates(const QString &http, qint64 pid)
{
    Crowd crowd(http, CrowdSize);
    if (!QTest::qWaitFor([&] { return crowd.isComplete(); }, Deadline))
        give("the crowd could not connect");
    pause(2'000);
    figure("10,000 presence updates in one burst", costOfUpdates(crowd, pid, 0), "CPU s",
        "(target < 0.2)");
    figure("10,000 presence updates, 1,000 a second", costOfUpdates(crowd, pid, 1'000), "CPU s");
}

void printWakeUps(const Machine &machine, qint64 pid)
{
    machine.xdotool({u"windowminimize"_s, machine.mainWindow()});
    pause(20'000); // the crowd has gone, its grace is over
    const WaitCounts before = WaitCounts::of(pid);
    pause(60'000);
    const QHash<QString, qint64> waits = WaitCounts::of(pid).since(before);
    qint64 sum = 0;
    for (auto it = waits.begin(); it != waits.end(); ++it) {
        sum += it.value();
        if (it.value() > 0)
            figure(
                qPrintable("  of thread "_L1 + it.key()), static_cast<double>(it.value()), "1/min");
    }
    figure("wake-ups while hidden", static_cast<double>(sum), "1/min", "(target <= 12)");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const Machine machine;
    ServerProcess server;
    const auto ready = server.start({u"--memory"_s, u"--port"_s, u"0"_s, u"--trust-user-id"_s,
        u"--seed"_s, machine.home().file(u"seed.json"_s, QString::fromUtf8(crowdSeed())),
        u"--config"_s, machine.home().file(u"server.json"_s, QString::fromUtf8(crowdConfig()))});
    if (!ready)
        give("the server did not start:", server.process.readAllStandardError());

    signInOnce(machine, ready->http);
    const Peer peer = measureEmptyWindow(machine);
    printStart(peer, startOften(machine));

    DesktopClient client(PRESENTLY_PROGRAM_DIR "/presently"_L1, machine.environment());
    client.start({u"--profile"_s, machine.home().profile()});
    if (!client.saysWithin("ready for input", Deadline))
        give("the client did not start:", client.said());
    pause(10'000);
    if (qEnvironmentVariableIsSet("PRESENTLY_BENCH_SCREENSHOT"))
        machine.screenshot().save(qEnvironmentVariable("PRESENTLY_BENCH_SCREENSHOT"));
    printMemory(peer, client.pid());
    printCostOfUpdates(ready->http, client.pid());
    printWakeUps(machine, client.pid());
    return 0;
}
