// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/server/serveroptions.h"

#include <QtGlobal>

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <memory>

namespace presently::net {

//! \brief The listening socket of gRPC.
//!
//! Call prepare() before gRPC is started, and listen() after it.
//! Errors:    listen(): Unreachable, with the address as the field.
//! Ownership: what it hands to gRPC is gRPC's.
//! Threading: the server's thread, with an event loop.
class GrpcListener
{
    Q_DISABLE_COPY_MOVE(GrpcListener)

public:
    GrpcListener() = default;
    virtual ~GrpcListener() = default;

    virtual void prepare(
        grpc::ServerBuilder &builder, std::shared_ptr<grpc::ServerCredentials> credentials)
        = 0;
    //! Returns the port.
    [[nodiscard]] virtual Expected<quint16, Error> listen() = 0;
    virtual void close() = 0;
};

//! On Linux connections are accepted and counted by us, so that the caps of the options hold; gRPC
//! 1.51 knows none. Elsewhere gRPC accepts them itself.
[[nodiscard]] std::unique_ptr<GrpcListener> makeGrpcListener(const ServerOptions &options);

} // namespace presently::net
