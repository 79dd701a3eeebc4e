// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/namespacehandler.h"

namespace presently::net::socketio {

//! \brief What the published conformance suites expect of a namespace: it lets everybody in, says the
//! credentials back as `auth`, sends each `message` back as `message-back`, and answers
//! `message-with-ack` with its own arguments.
class EchoNamespace final : public NamespaceHandler
{
public:
    void connecting(const ConnectRequest &request, ConnectResponder responder) override;
};

} // namespace presently::net::socketio
