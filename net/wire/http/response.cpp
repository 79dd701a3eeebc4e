// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/response.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

bool isPlainValue(QByteArrayView value)
{
    return std::all_of(value.begin(), value.end(),
        [](char c) { return c == '\t' || (quint8(c) >= 0x20 && c != 0x7F); });
}

bool isPlainName(QByteArrayView name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c > 0x20 && c < 0x7F && c != ':';
    });
}

bool isOurs(QByteArrayView name)
{
    return equalsIgnoringCase(name, "Content-Length") || equalsIgnoringCase(name, "Connection")
        || equalsIgnoringCase(name, "Date") || equalsIgnoringCase(name, "Transfer-Encoding");
}

} // namespace

HttpResponse HttpResponse::text(int status, const QByteArray &text)
{
    return {status, {{"Content-Type"_ba, "text/plain; charset=utf-8"_ba}}, text + '\n', {}};
}

HttpResponse HttpResponse::json(int status, const QByteArray &body)
{
    return {status, {{"Content-Type"_ba, "application/json"_ba}}, body, {}};
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 100:
        return "Continue"_ba;
    case 101:
        return "Switching Protocols"_ba;
    case 200:
        return "OK"_ba;
    case 201:
        return "Created"_ba;
    case 202:
        return "Accepted"_ba;
    case 204:
        return "No Content"_ba;
    case 206:
        return "Partial Content"_ba;
    case 301:
        return "Moved Permanently"_ba;
    case 302:
        return "Found"_ba;
    case 304:
        return "Not Modified"_ba;
    case 400:
        return "Bad Request"_ba;
    case 401:
        return "Unauthorized"_ba;
    case 403:
        return "Forbidden"_ba;
    case 404:
        return "Not Found"_ba;
    case 405:
        return "Method Not Allowed"_ba;
    case 408:
        return "Request Timeout"_ba;
    case 409:
        return "Conflict"_ba;
    case 410:
        return "Gone"_ba;
    case 411:
        return "Length Required"_ba;
    case 413:
        return "Content Too Large"_ba;
    case 414:
        return "URI Too Long"_ba;
    case 415:
        return "Unsupported Media Type"_ba;
    case 416:
        return "Range Not Satisfiable"_ba;
    case 417:
        return "Expectation Failed"_ba;
    case 421:
        return "Misdirected Request"_ba;
    case 422:
        return "Unprocessable Content"_ba;
    case 426:
        return "Upgrade Required"_ba;
    case 429:
        return "Too Many Requests"_ba;
    case 431:
        return "Request Header Fields Too Large"_ba;
    case 500:
        return "Internal Server Error"_ba;
    case 501:
        return "Not Implemented"_ba;
    case 503:
        return "Service Unavailable"_ba;
    case 505:
        return "HTTP Version Not Supported"_ba;
    case 507:
        return "Insufficient Storage"_ba;
    default:
        return "Unknown"_ba;
    }
}

QByteArray httpDate(WallTime time)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    return QLocale::c().toString(utc, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray encodeResponseHead(
    const HttpResponse &response, qint64 bodyLength, KeepAlive keepAlive, WallTime now)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' '
        + reasonPhrase(response.status) + "\r\nDate: " + httpDate(now) + "\r\n";
    for (const auto &[name, value] : response.headers.fields()) {
        if (isPlainName(name) && isPlainValue(value) && !isOurs(name))
            head += name + ": " + value + "\r\n";
    }
    // 204 and 304 have no body by definition, and a length would say otherwise.
    if (response.status != 204 && response.status != 304)
        head += "Content-Length: " + QByteArray::number(bodyLength) + "\r\n";
    head += keepAlive == KeepAlive::Yes ? "Connection: keep-alive\r\n\r\n"
                                        : "Connection: close\r\n\r\n";
    return head;
}

QByteArray encodeResponse(const HttpResponse &response, KeepAlive keepAlive, WallTime now)
{
    const QByteArray head = encodeResponseHead(response, response.body.size(), keepAlive, now);
    return response.status == 204 || response.status == 304 ? head : head + response.body;
}

} // namespace presently::net
