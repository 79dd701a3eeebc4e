// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/userstatus/faults.h"

#include <QObject>

#include <functional>
#include <mutex>
#include <unordered_set>

namespace presently::net {

//! \brief A call that has come in and has not been answered yet.
class OpenCall
{
public:
    //! The one answer to a call that succeeds() was not. After it the call may be gone.
    virtual void refuse(const userstatus::Failure &failure) = 0;

protected:
    ~OpenCall() = default;
};

//! \brief The one way from gRPC's threads to the server's, and the list of calls on it.
//!
//! Every call that is answered is taken off the list first, on the server's thread; so a call on
//! the list is alive, and each is answered exactly once, also when the server goes down while it
//! is on its way.
//! Units:     at most MaxOpen calls are open; one more is refused on gRPC's own thread.
//! Ownership: borrows the receiver, a QObject of the server's thread, and the calls.
//! Threading: enter() and post() from any thread; the rest on the receiver's.
class CallGate
{
    Q_DISABLE_COPY_MOVE(CallGate)

public:
    static constexpr std::size_t MaxOpen = 20'000;
    //! Calls on their way to the server's thread: what a flood may cost it.
    static constexpr std::size_t MaxQueued = 1'000;

    explicit CallGate(QObject &receiver)
        : m_receiver(&receiver)
    {
    }

    //! Runs \a work on the server's thread while \a call is open; else refuses the call at once.
    void enter(OpenCall &call, std::function<void()> work);
    //! Runs \a work on the server's thread, unless the gate is closed by then.
    void post(std::function<void()> work);
    //! Whether \a call was open: whoever gets true answers it.
    [[nodiscard]] bool leave(OpenCall &call);
    //! Refuses every open call, and every one that still comes.
    void close();

private:
    void arrive(OpenCall &call, const std::function<void()> &work);

    std::mutex m_mutex;
    QObject *m_receiver; //!< none: closed
    std::unordered_set<OpenCall *> m_open;
    std::size_t m_queued = 0;
};

} // namespace presently::net
