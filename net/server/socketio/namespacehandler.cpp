// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/namespacehandler.h"

#include <utility>

namespace presently::net::socketio {

using namespace Qt::StringLiterals;

ConnectResponder::Slot::~Slot()
{
    if (Target *waiting = std::exchange(target, nullptr))
        waiting->refuse(u"Server error"_s, QJsonValue::Undefined);
}

void ConnectResponder::accept(std::unique_ptr<SocketHandler> handler, const QJsonObject &data) const
{
    if (Target *waiting = isAwaited() ? std::exchange(m_slot->target, nullptr) : nullptr)
        waiting->accept(std::move(handler), data);
}

void ConnectResponder::refuse(const QString &message, const QJsonValue &data) const
{
    if (Target *waiting = isAwaited() ? std::exchange(m_slot->target, nullptr) : nullptr)
        waiting->refuse(message, data);
}

void ConnectResponder::pass() const
{
    if (Target *waiting = isAwaited() ? std::exchange(m_slot->target, nullptr) : nullptr)
        waiting->pass();
}

} // namespace presently::net::socketio
