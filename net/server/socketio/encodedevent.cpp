// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/encodedevent.h"

#include "net/wire/socketio/packet.h"

namespace presently::net::socketio {

EncodedEvent::EncodedEvent(const QString &space, const QString &name, const QJsonArray &arguments,
    const QList<QByteArray> &attachments)
    : m_space(space)
    , m_frame(SharedFrame::text(encodeMessage(
          EventPacket{space, std::nullopt, name, arguments, int(attachments.size())})))
{
    Q_ASSERT(!isReservedEvent(name));
    for (const QByteArray &bytes : attachments)
        m_attachments.append(SharedFrame::binary(bytes));
}

} // namespace presently::net::socketio
