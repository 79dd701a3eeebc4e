// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/gatedacceptor.h"

namespace presently::net {

using namespace std::chrono_literals;

namespace {

constexpr Milliseconds StarvedRetry = 500ms;

} // namespace

GatedAcceptor::GatedAcceptor(
    ConnectionTaker &taker, DeadlineQueue &deadlines, const AcceptorOptions &options)
    : m_taker(taker)
    , m_deadlines(deadlines)
    , m_options(options)
    , m_retry(deadlines, *this)
{
    if (m_options.maxConnections <= 0)
        m_options.maxConnections = descriptorBudget();
}

bool GatedAcceptor::isOpen() const
{
    return m_wanted && !m_starved && m_count < m_options.maxConnections;
}

void GatedAcceptor::setAccepting(bool on)
{
    m_wanted = on;
    watchBacklog(isOpen());
}

void GatedAcceptor::connectionOpened()
{
    ++m_count;
    watchBacklog(isOpen());
}

void GatedAcceptor::handOver(std::unique_ptr<Connection> connection)
{
    m_taker.connectionAccepted(std::move(connection));
}

void GatedAcceptor::connectionClosed()
{
    --m_count;
    m_starved = false;
    watchBacklog(isOpen());
}

void GatedAcceptor::outOfDescriptors()
{
    m_starved = true;
    m_retry.arm(StarvedRetry);
    watchBacklog(false);
}

void GatedAcceptor::deadlineReached(Deadline &)
{
    m_starved = false;
    watchBacklog(isOpen());
}

} // namespace presently::net
