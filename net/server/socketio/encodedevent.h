// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/frame.h"

#include <QJsonArray>
#include <QList>
#include <QString>

namespace presently::net::socketio {

//! \brief An event on its way to any number of sockets of one namespace: encoded once, and every
//! copy shares the same bytes.
class EncodedEvent
{
public:
    //! \a attachments are the bytes that placeholders among \a arguments stand for.
    EncodedEvent(const QString &space, const QString &name, const QJsonArray &arguments,
        const QList<QByteArray> &attachments = {});

    [[nodiscard]] const QString &space() const { return m_space; }
    [[nodiscard]] const SharedFrame &frame() const { return m_frame; }
    [[nodiscard]] const QList<SharedFrame> &attachments() const { return m_attachments; }

private:
    QString m_space;
    SharedFrame m_frame;
    QList<SharedFrame> m_attachments;
};

} // namespace presently::net::socketio
