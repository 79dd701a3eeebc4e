// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/websocket/handshake.h"

#include <QCryptographicHash>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 1.3
constexpr qsizetype KeyBytes = 16;

bool isGoodKey(const QByteArray &key)
{
    const auto decoded
        = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && (*decoded).size() == KeyBytes;
}

} // namespace

QByteArray webSocketAccept(QByteArrayView key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(key);
    hash.addData(Guid);
    return hash.result().toBase64();
}

bool isUpgradeRequest(const HttpHead &head)
{
    return head.headers.hasToken("Upgrade", "websocket")
        && head.headers.hasToken("Connection", "Upgrade");
}

std::optional<HttpResponse> upgradeFailure(const HttpHead &head)
{
    if (head.method != "GET")
        return HttpResponse::text(405, "A WebSocket begins with GET."_ba);
    if (head.minorVersion == 0 || head.framing != BodyFraming::None)
        return HttpResponse::text(400, "A WebSocket begins with HTTP/1.1 and without a body."_ba);
    if (head.headers.count("Sec-WebSocket-Version") != 1
        || head.headers.value("Sec-WebSocket-Version") != "13") {
        HttpResponse response = HttpResponse::text(426, "Only WebSocket version 13."_ba);
        response.headers.add("Sec-WebSocket-Version"_ba, "13"_ba);
        response.headers.add("Upgrade"_ba, "websocket"_ba);
        return response;
    }
    if (head.headers.count("Sec-WebSocket-Key") != 1
        || !isGoodKey(head.headers.value("Sec-WebSocket-Key")))
        return HttpResponse::text(400, "Bad Sec-WebSocket-Key."_ba);
    return {};
}

QByteArray encodeUpgradeResponse(const HttpHead &head)
{
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: "
        + webSocketAccept(head.headers.value("Sec-WebSocket-Key")) + "\r\n\r\n";
}

QByteArray encodeUpgradeRequest(
    QByteArrayView host, QByteArrayView target, QByteArrayView key, const HeaderList &extra)
{
    QByteArray request = "GET " + target.toByteArray() + " HTTP/1.1\r\nHost: " + host.toByteArray()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: "
        + key.toByteArray() + "\r\n";
    for (const auto &[name, value] : extra.fields())
        request += name + ": " + value + "\r\n";
    return request + "\r\n";
}

} // namespace presently::net
