// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/session.h"

namespace presently::net {

Session::Session(SessionHost &host, quint64 id, std::unique_ptr<Connection> connection)
    : m_host(host)
    , m_connection(std::move(connection))
    , m_deadline(host.context().deadlines, *this)
    , m_peer(m_connection->peer())
    , m_id(id)
{
    m_connection->setHandler(this);
}

} // namespace presently::net
