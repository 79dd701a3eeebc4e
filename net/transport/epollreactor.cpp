// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/epollreactor.h"

#include <array>
#include <optional>

#include <sys/epoll.h>
#include <unistd.h>

namespace presently::net {

namespace {

constexpr int EventsPerTurn = 256;
constexpr qsizetype ReadBufferBytes = 64LL * 1024;

quint64 packed(const EpollReactor::Token &token)
{
    return (quint64(token.generation) << 32) | token.slot;
}

EpollReactor::Token unpacked(quint64 data)
{
    return {quint32(data), quint32(data >> 32)};
}

} // namespace

EpollReactor::EpollReactor(QObject *parent)
    : QObject(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_readBuffer(ReadBufferBytes, Qt::Uninitialized)
{
    if (m_epoll < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { dispatch(); });
}

EpollReactor::~EpollReactor()
{
    m_notifier.reset();
    if (m_epoll >= 0)
        ::close(m_epoll);
}

std::optional<EpollReactor::Token> EpollReactor::add(int fd, quint32 events, EpollSource &source)
{
    if (m_freeSlots.empty()) {
        m_freeSlots.push_back(quint32(m_slots.size()));
        m_slots.emplace_back();
    }
    const quint32 slot = m_freeSlots.back();
    const Token token{slot, m_slots[slot].generation};
    epoll_event event{};
    event.events = events;
    event.data.u64 = packed(token);
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        return std::nullopt;
    m_freeSlots.pop_back();
    m_slots[slot].source = &source;
    return token;
}

void EpollReactor::change(int fd, const Token &token, quint32 events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = packed(token);
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
}

void EpollReactor::remove(int fd, const Token &token)
{
    if (!find(token))
        return;
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
    Slot &slot = m_slots[token.slot];
    slot.source = nullptr;
    slot.flushRequested = false;
    ++slot.generation;
    m_freeSlots.push_back(token.slot);
}

void EpollReactor::requestFlush(const Token &token)
{
    if (!find(token) || m_slots[token.slot].flushRequested)
        return;
    m_slots[token.slot].flushRequested = true;
    m_flushes.push_back(token);
    if (m_dispatching || m_flushPosted)
        return;
    m_flushPosted = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_flushPosted = false;
            flushRequested();
        },
        Qt::QueuedConnection);
}

EpollSource *EpollReactor::find(const Token &token) const
{
    if (token.slot >= m_slots.size() || m_slots[token.slot].generation != token.generation)
        return nullptr;
    return m_slots[token.slot].source;
}

void EpollReactor::dispatch()
{
    std::array<epoll_event, EventsPerTurn> events{};
    const int count = epoll_wait(m_epoll, events.data(), int(events.size()), 0);
    m_dispatching = true;
    for (int i = 0; i < count; ++i) {
        // An earlier event of this turn may have removed the source.
        if (EpollSource *source = find(unpacked(events[size_t(i)].data.u64)))
            source->ready(events[size_t(i)].events);
    }
    m_dispatching = false;
    flushRequested();
}

void EpollReactor::flushRequested()
{
    // What is requested by flushing has its turn in the next round, so that two sources which answer
    // each other cannot hold the loop.
    std::vector<Token> flushes;
    flushes.swap(m_flushes);
    for (const Token &token : flushes) {
        if (EpollSource *source = find(token)) {
            m_slots[token.slot].flushRequested = false;
            source->flush();
        }
    }
    if (m_flushes.empty()) {
        flushes.clear();
        m_flushes.swap(flushes);
    }
}

} // namespace presently::net
