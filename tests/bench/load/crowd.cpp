// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/load/crowd.h"

#include "net/wire/websocket/handshake.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace presently::bench {

using namespace std::chrono_literals;
using net::FrameDecoder;
using net::Opcode;

namespace {

constexpr quint32 Mask = 0x5a17c3e9; // any: what is measured is not secret
constexpr int SourceAddresses = 16; //!< 127.0.0.2 and on
constexpr int EventsPerTurn = 512;
constexpr qsizetype MaxHead = 8192;

QByteArray framed(Opcode opcode, QByteArrayView payload)
{
    return net::encodeFrame(opcode, payload, {true, Mask});
}

double since(LoadClock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(LoadClock::now() - begin).count();
}

sockaddr_in loopback(quint32 address, quint16 port)
{
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_addr.s_addr = htonl(address);
    result.sin_port = htons(port);
    return result;
}

} // namespace

Crowd::Crowd(const Speaker &speaker, quint16 port)
    : m_speaker(speaker)
    , m_port(port)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_buffer(256 * 1024, Qt::Uninitialized)
    , m_heartbeat(framed(Opcode::Text, speaker.heartbeat()))
{
}

Crowd::~Crowd()
{
    for (const Client &client : m_clients) {
        if (client.fd >= 0)
            ::close(client.fd);
    }
    ::close(m_epoll);
}

void Crowd::open(int first, int count, int perSecond)
{
    const auto now = LoadClock::now();
    m_clients.reserve(m_clients.size() + size_t(count));
    for (int i = 0; i < count; ++i) {
        Client &client = m_clients.emplace_back();
        client.person = first + i;
        client.due = perSecond > 0 ? now + i * 1'000'000us / perSecond : now;
        m_waiting.push_back(size() - 1);
    }
    std::stable_sort(m_waiting.begin(), m_waiting.end(),
        [this](int a, int b) { return m_clients[size_t(a)].due > m_clients[size_t(b)].due; });
}

bool Crowd::run(const std::function<bool()> &done, std::chrono::milliseconds deadline,
    const std::function<void()> &each)
{
    const auto end = LoadClock::now() + deadline;
    while (!done()) {
        if (LoadClock::now() >= end)
            return false;
        if (each)
            each();
        pollFor(1);
    }
    return true;
}

void Crowd::poll()
{
    pollFor(0);
}

void Crowd::pollFor(int milliseconds)
{
    connectDue();
    std::array<epoll_event, EventsPerTurn> events{};
    const int count = epoll_wait(m_epoll, events.data(), EventsPerTurn, milliseconds);
    for (int i = 0; i < count; ++i)
        ready(int(events[size_t(i)].data.u32), events[size_t(i)].events);
}

// Connections

void Crowd::connectDue()
{
    const auto now = LoadClock::now();
    while (!m_waiting.empty() && m_clients[size_t(m_waiting.back())].due <= now) {
        const int index = m_waiting.back();
        m_waiting.pop_back();
        connectNow(index);
    }
}

void Crowd::connectNow(int index)
{
    Client &client = m_clients[size_t(index)];
    client.began = LoadClock::now();
    client.decoder = FrameDecoder(net::EndpointRole::Client, {1024 * 1024, 256});
    client.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
    if (client.fd < 0)
        return failed(index);
    const int on = 1;
    setsockopt(client.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto source = loopback(INADDR_LOOPBACK + 1 + quint32(index % SourceAddresses), 0);
    const auto server = loopback(INADDR_LOOPBACK, m_port);
    if (::bind(client.fd, reinterpret_cast<const sockaddr *>(&source), sizeof source) != 0
        || (::connect(client.fd, reinterpret_cast<const sockaddr *>(&server), sizeof server) != 0
            && errno != EINPROGRESS))
        return failed(index);
    client.stage = Stage::Connecting;
    epoll_event event{};
    event.events = EPOLLOUT;
    event.data.u32 = quint32(index);
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, client.fd, &event);
}

void Crowd::ready(int index, quint32 events)
{
    Client &client = m_clients[size_t(index)];
    if (client.fd < 0)
        return;
    if (client.stage == Stage::Connecting)
        return finishConnect(index);
    if (events & EPOLLOUT)
        flush(index);
    if (client.fd >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read(index);
}

void Crowd::finishConnect(int index)
{
    Client &client = m_clients[size_t(index)];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client.fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return failed(index);
    ++m_counters.connected;
    if (!m_firstConnected)
        m_firstConnected = LoadClock::now();
    client.stage = Stage::Handshake;
    watch(index, EPOLLIN);
    write(index,
        net::encodeUpgradeRequest("127.0.0.1:" + QByteArray::number(m_port),
            m_speaker.target(client.person),
            "dGhlIHNhbXBsZSBub25jZQ==", m_speaker.headers(client.person)));
}

void Crowd::failed(int index)
{
    ++m_counters.failed;
    end(index);
}

void Crowd::drop(int index)
{
    if (m_clients[size_t(index)].fd >= 0)
        end(index);
}

//! The connection is gone; the client comes again if it may.
void Crowd::end(int index)
{
    Client &client = m_clients[size_t(index)];
    if (client.fd >= 0)
        ::close(client.fd);
    if (client.isIn)
        --m_present;
    client.fd = -1;
    client.isIn = false;
    client.isWriting = false;
    client.awaitsPong = false;
    client.unsent.clear();
    client.head.clear();
    client.stage = Stage::Gone;
    if (!m_retry)
        return;
    client.stage = Stage::Waiting;
    client.due = LoadClock::now() + *m_retry;
    m_waiting.insert(m_waiting.begin(), index); // the latest of all
}

// Bytes

void Crowd::watch(int index, quint32 events)
{
    epoll_event event{};
    event.events = events;
    event.data.u32 = quint32(index);
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, m_clients[size_t(index)].fd, &event);
}

void Crowd::write(int index, const QByteArray &bytes)
{
    Client &client = m_clients[size_t(index)];
    if (client.isWriting) {
        client.unsent += bytes;
        return;
    }
    const ssize_t sent = ::send(client.fd, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    if (sent == bytes.size())
        return;
    // A dead connection shows itself with the next read.
    client.unsent = bytes.sliced(std::max<qsizetype>(0, sent));
    client.isWriting = true;
    watch(index, EPOLLIN | EPOLLOUT);
}

void Crowd::flush(int index)
{
    Client &client = m_clients[size_t(index)];
    if (!client.isWriting)
        return;
    const QByteArray rest = std::exchange(client.unsent, {});
    client.isWriting = false;
    watch(index, EPOLLIN);
    write(index, rest);
}

void Crowd::read(int index)
{
    Client &client = m_clients[size_t(index)];
    const ssize_t count = ::recv(client.fd, m_buffer.data(), size_t(m_buffer.size()), 0);
    if (count > 0) {
        take(index, QByteArrayView(m_buffer.constData(), count));
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        ++(client.isIn ? m_counters.lost : m_counters.refused);
        end(index);
    }
}

void Crowd::take(int index, QByteArrayView bytes)
{
    Client &client = m_clients[size_t(index)];
    if (client.stage == Stage::Handshake)
        takeHead(index, bytes);
    while (client.stage == Stage::Open) {
        const FrameDecoder::Step step = client.decoder.next(bytes);
        const auto *message = std::get_if<FrameDecoder::Message>(&step);
        if (std::holds_alternative<FrameDecoder::NeedMore>(step))
            return;
        if (!message) {
            ++(client.isIn ? m_counters.lost : m_counters.refused);
            return end(index);
        }
        if (message->opcode == Opcode::Text)
            takeText(index, message->payload);
        else if (message->opcode == Opcode::Ping)
            write(index, framed(Opcode::Pong, message->payload));
    }
}

void Crowd::takeHead(int index, QByteArrayView &bytes)
{
    Client &client = m_clients[size_t(index)];
    const qsizetype before = client.head.size();
    client.head += bytes.toByteArray();
    const qsizetype end = client.head.indexOf("\r\n\r\n");
    if (end < 0 && client.head.size() < MaxHead)
        return;
    if (end < 0 || !client.head.startsWith("HTTP/1.1 101 ")) {
        ++m_counters.refused;
        return this->end(index);
    }
    client.stage = Stage::Open;
    bytes = bytes.sliced(end + 4 - before);
    client.head.clear();
}

void Crowd::takeText(int index, QByteArrayView text)
{
    Client &client = m_clients[size_t(index)];
    if (const QByteArray answer = m_speaker.answer(text, client.person); !answer.isEmpty())
        say(index, answer);
    const Heard heard = m_speaker.hear(text);
    switch (heard) {
    case Heard::SignedIn:
        ++m_counters.signedIn;
        ++m_present;
        client.isIn = true;
        m_signInTimes.push_back(since(client.began));
        if (m_question)
            say(index, m_question(client.person));
        break;
    case Heard::Pong:
        ++m_counters.pongs;
        if (std::exchange(client.awaitsPong, false))
            m_roundTrips.push_back(since(client.beatSent));
        break;
    case Heard::Presence:
        ++m_counters.presences;
        break;
    case Heard::People:
        ++m_counters.answers;
        break;
    case Heard::Refused:
        ++m_counters.refusals;
        return;
    case Heard::Other:
        return;
    }
    if (!m_witness || (heard != Heard::Presence && heard != Heard::People))
        return;
    const int listener = client.person;
    m_speaker.tell(text, [&](int person, bool isOnline) {
        m_witness({listener, person, isOnline, heard == Heard::People});
    });
}

// Speech

void Crowd::say(int index, QByteArrayView text)
{
    if (m_clients[size_t(index)].stage == Stage::Open)
        write(index, framed(Opcode::Text, text));
}

void Crowd::beat(int index)
{
    Client &client = m_clients[size_t(index)];
    if (!client.isIn)
        return;
    client.awaitsPong = true;
    client.beatSent = LoadClock::now();
    write(index, m_heartbeat);
}

void Crowd::reset()
{
    m_counters = {};
    m_signInTimes.clear();
    m_roundTrips.clear();
    m_firstConnected.reset();
}

qint64 raiseDescriptorLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return qint64(limit.rlim_cur);
}

} // namespace presently::bench
