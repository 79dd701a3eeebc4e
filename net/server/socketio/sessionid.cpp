// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketio/sessionid.h"

#include <QRandomGenerator>

#include <array>

namespace presently::net::socketio {

QByteArray makeSessionId()
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    constexpr int bytes = 15;
    return QByteArray(reinterpret_cast<const char *>(random.data()), bytes)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace presently::net::socketio
