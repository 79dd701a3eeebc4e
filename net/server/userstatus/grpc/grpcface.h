// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QtGlobal>

#include <memory>

namespace presently::net {

class StatusDesk;
class StatusStreams;
struct ServerOptions;

//! \brief All that the adapter sees of gRPC, whose headers stay in this folder.
//!
//! Threading: the server's thread, whatever gRPC does behind it.
class GrpcFace
{
public:
    virtual ~GrpcFace() = default;
    [[nodiscard]] virtual quint16 port() const = 0;
    //! Takes no more calls, and ends those that are open with UNAVAILABLE. Does not wait for peers.
    virtual void stop() = 0;
};

//! What gRPC's calls are passed on to.
struct GrpcParts {
    const ServerOptions &options;
    StatusDesk &desk;
    StatusStreams &streams;
};

//! Listens on the port of the options. Errors: Unreachable (address or port), TlsFailed
//! (certificate, key), InvalidField in a build without gRPC.
[[nodiscard]] Expected<std::unique_ptr<GrpcFace>, Error> startGrpc(const GrpcParts &parts);

} // namespace presently::net
