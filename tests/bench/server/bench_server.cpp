// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// Heartbeats against a real server process on loopback: how long a pong takes at 2,000 a second,
// what 100,000 of them cost the server, and what an idle connection weighs.

#include "tests/bench/figures.h"
#include "tests/support/serverprocess.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <memory>

using namespace Qt::Literals::StringLiterals;
using namespace presently::bench;
using presently::test::ServerProcess;

namespace {

constexpr int Connections = 200;
constexpr int HeartbeatsPerSecond = 2'000;
constexpr int Heartbeats = 40'000;

//! \brief Many sockets of one process, each a person of its own.
class Crowd
{
public:
    explicit Crowd(const QString &http)
    {
        QString url = http;
        url.replace(0, 4, u"ws"_s);
        for (int i = 0; i < Connections; ++i) {
            auto &member = m_members.emplace_back(std::make_unique<Member>());
            QObject::connect(&member->socket, &QWebSocket::textMessageReceived, &member->socket,
                [this, raw = member.get()](const QString &text) { received(*raw, text); });
            member->socket.open(QUrl(url + u"/api/v1/ws?user_id=bench-%1"_s.arg(i)));
        }
    }

    [[nodiscard]] bool everybodyIsIn() const { return m_connected == Connections; }
    [[nodiscard]] const std::vector<double> &latencies() const { return m_latencies; }

    void beat()
    {
        Member &member = *m_members[static_cast<size_t>(m_next)];
        m_next = (m_next + 1) % Connections;
        if (member.waiting)
            return;
        member.waiting = true;
        member.sent.start();
        member.socket.sendTextMessage(u"{\"type\":\"ping\"}"_s);
    }

private:
    struct Member {
        QWebSocket socket;
        QElapsedTimer sent;
        bool waiting = false;
    };

    void received(Member &member, const QString &text)
    {
        if (text.contains(u"\"connected\""_s)) {
            ++m_connected;
        } else if (member.waiting && text.contains(u"\"pong\""_s)) {
            member.waiting = false;
            m_latencies.push_back(static_cast<double>(member.sent.nsecsElapsed()) / 1e6);
        }
    }

    std::vector<std::unique_ptr<Member>> m_members;
    std::vector<double> m_latencies;
    int m_connected = 0;
    int m_next = 0;
};

template <typename Condition>
bool pumpUntil(Condition condition, int deadline)
{
    QElapsedTimer elapsed;
    elapsed.start();
    QTimer wake;
    wake.start(1);
    while (!condition() && elapsed.elapsed() < deadline)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    ServerProcess server;
    const auto ready = server.start({u"--memory"_s, u"--port"_s, u"0"_s, u"--trust-user-id"_s});
    if (!ready) {
        std::fprintf(stderr, "the server did not start: %s\n",
            server.process.readAllStandardError().constData());
        return 1;
    }
    const qint64 pid = server.process.processId();
    const double emptyRss = processStatus(pid, "VmRSS:");
    figure("server resident memory, nobody connected", emptyRss / 1024, "MiB");

    Crowd crowd(ready->http);
    if (!pumpUntil([&] { return crowd.everybodyIsIn(); }, 30'000)) {
        std::fprintf(stderr, "not everybody could connect\n");
        return 1;
    }
    figure("resident memory per connection (with its person)",
        (processStatus(pid, "VmRSS:") - emptyRss) / Connections, "KiB");

    const double before = processorSeconds(pid);
    QElapsedTimer elapsed;
    elapsed.start();
    qint64 sent = 0;
    pumpUntil(
        [&] {
            for (const qint64 due = elapsed.elapsed() * HeartbeatsPerSecond / 1000; sent < due;
                 ++sent)
                crowd.beat();
            return crowd.latencies().size() >= Heartbeats;
        },
        60'000);
    const double spent = processorSeconds(pid) - before;
    const auto count = static_cast<double>(crowd.latencies().size());
    figure("heartbeats a second", count * 1000 / static_cast<double>(elapsed.elapsed()), "1/s");
    figure("heartbeat to pong, p50", percentile(crowd.latencies(), 0.50), "ms");
    figure("heartbeat to pong, p99", percentile(crowd.latencies(), 0.99), "ms", "(target < 1)");
    figure("server processor time per 100,000 heartbeats", spent * 100'000 / count, "s");
    return 0;
}
