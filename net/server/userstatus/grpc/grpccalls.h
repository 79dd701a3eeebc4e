// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/userstatus/grpc/callgate.h"
#include "net/wire/userstatus/messages.h"

#include <QByteArray>

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <mutex>

//! \file
//! The calls as gRPC holds them. They make themselves in a handler on gRPC's threads and are gone
//! when gRPC says that they are done.

namespace presently::net {

//! \brief Who calls, as the metadata says it: nothing of it is checked yet.
struct CallCredentials {
    QByteArray token; //!< of `authorization: Bearer`; empty: none, or not exactly one
    QByteArray device; //!< `x-device-id`
};
[[nodiscard]] CallCredentials credentialsOf(const grpc::CallbackServerContext &context);

//! The status of \a failure; its code and details go into the trailing metadata of \a context.
[[nodiscard]] grpc::Status statusOf(
    const userstatus::Failure &failure, grpc::CallbackServerContext &context);

//! \brief One call with one answer.
class UnaryCall final : public grpc::ServerUnaryReactor, public OpenCall
{
    Q_DISABLE_COPY_MOVE(UnaryCall)

public:
    explicit UnaryCall(grpc::CallbackServerContext &context)
        : credentials(credentialsOf(context))
        , m_context(context)
    {
    }

    const CallCredentials credentials;

    //! The message is written; send it.
    void succeed() { Finish(grpc::Status::OK); }
    void refuse(const userstatus::Failure &failure) override;
    void OnDone() override { delete this; }

private:
    ~UnaryCall() override = default;

    grpc::CallbackServerContext &m_context;
};

//! \brief A way to break a call that has been answered and is still there, because its peer reads
//! nothing.
//!
//! Threading: any.
class CallBreaker
{
public:
    explicit CallBreaker(grpc::CallbackServerContext &context)
        : m_context(&context)
    {
    }
    //! Nothing any more once the call is done.
    void breakCall();
    void callDone();

private:
    // Breaking a call may end it before it returns, on the same thread.
    std::recursive_mutex m_mutex;
    grpc::CallbackServerContext *m_context;
};

//! \brief One call with many answers, written one after the other.
class StreamCall final : public grpc::ServerWriteReactor<userstatus::pb::StatusUpdateEvent>,
                         public OpenCall
{
    Q_DISABLE_COPY_MOVE(StreamCall)

public:
    //! Called on gRPC's threads.
    struct Listener {
        std::function<void()> written;
        std::function<void()> closed; //!< by the peer; may come more than once
    };
    StreamCall(grpc::CallbackServerContext &context, Listener listener)
        : credentials(credentialsOf(context))
        , m_context(context)
        , m_listener(std::move(listener))
        , m_breaker(std::make_shared<CallBreaker>(context))
    {
    }

    const CallCredentials credentials;

    [[nodiscard]] std::shared_ptr<CallBreaker> breaker() const { return m_breaker; }
    //! Not before the one before it was written.
    void write(const userstatus::StatusEvent &event, userstatus::EnumRevision revision);
    void refuse(const userstatus::Failure &failure) override;
    //! The answer to a peer that has gone.
    void abandon() { Finish(grpc::Status::CANCELLED); }

    void OnWriteDone(bool ok) override { (ok ? m_listener.written : m_listener.closed)(); }
    void OnCancel() override { m_listener.closed(); }
    void OnDone() override;

private:
    ~StreamCall() override = default;

    grpc::CallbackServerContext &m_context;
    const Listener m_listener;
    const std::shared_ptr<CallBreaker> m_breaker;
    userstatus::pb::StatusUpdateEvent m_event; //!< on its way
};

} // namespace presently::net
