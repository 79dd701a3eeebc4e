// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/grpc/grpcface.h"

//! \file
//! In the place of grpcserver.cpp, in a build without gRPC.

namespace presently::net {

Expected<std::unique_ptr<GrpcFace>, Error> startGrpc(const GrpcParts &)
{
    return Unexpected{Error{ErrorCode::InvalidField, QStringLiteral("userstatus.grpc_port"),
        QStringLiteral("this server was built without gRPC (--grpc-port off)"), {}}};
}

} // namespace presently::net
