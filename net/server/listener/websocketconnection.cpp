// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/websocketconnection.h"

namespace presently::net {

void WebSocketHandler::binaryReceived(QByteArrayView)
{
}

void WebSocketHandler::pinged(QByteArrayView)
{
}

void WebSocketHandler::ponged(QByteArrayView)
{
}

} // namespace presently::net
