// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/grpc/callgate.h"

#include <utility>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using userstatus::Failure;
using userstatus::Fault;

namespace {

Failure goingDown()
{
    return {Fault::GoingDown, u"the server is going down"_s, {}};
}

} // namespace

void CallGate::enter(OpenCall &call, std::function<void()> work)
{
    std::unique_lock lock(m_mutex);
    const bool isClosed = !m_receiver;
    if (isClosed || m_open.size() >= MaxOpen || m_queued >= MaxQueued) {
        lock.unlock();
        return call.refuse(
            isClosed ? goingDown() : Failure{Fault::RateLimited, u"too many calls"_s, {}});
    }
    m_open.insert(&call);
    ++m_queued;
    QMetaObject::invokeMethod(
        m_receiver, [this, &call, work = std::move(work)] { arrive(call, work); },
        Qt::QueuedConnection);
}

void CallGate::arrive(OpenCall &call, const std::function<void()> &work)
{
    {
        const std::lock_guard lock(m_mutex);
        --m_queued;
        if (!m_open.contains(&call))
            return;
    }
    work();
}

void CallGate::post(std::function<void()> work)
{
    const std::lock_guard lock(m_mutex);
    if (m_receiver)
        QMetaObject::invokeMethod(m_receiver, std::move(work), Qt::QueuedConnection);
}

bool CallGate::leave(OpenCall &call)
{
    const std::lock_guard lock(m_mutex);
    return m_open.erase(&call) > 0;
}

void CallGate::close()
{
    std::unordered_set<OpenCall *> open;
    {
        const std::lock_guard lock(m_mutex);
        m_receiver = nullptr;
        open.swap(m_open);
    }
    for (OpenCall *call : open)
        call->refuse(goingDown());
}

} // namespace presently::net
