// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/server/serveroptions.h"

#include <grpcpp/security/server_credentials.h>

#include <memory>

namespace presently::net {

//! TLS with the certificate of the options, the same that the other port shows; plain without one.
//! Errors: TlsFailed, with the file as the field.
[[nodiscard]] Expected<std::shared_ptr<grpc::ServerCredentials>, Error> makeGrpcCredentials(
    const NetworkOptions &options);

} // namespace presently::net
