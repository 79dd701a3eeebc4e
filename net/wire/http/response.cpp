// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/response.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

struct Phrase {
    int status = 0;
    QByteArrayView words;
};

constexpr std::array Phrases{
    Phrase{100, "Continue"},
    Phrase{101, "Switching Protocols"},
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{204, "No Content"},
    Phrase{206, "Partial Content"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{304, "Not Modified"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{416, "Range Not Satisfiable"},
    Phrase{417, "Expectation Failed"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{426, "Upgrade Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{503, "Service Unavailable"},
    Phrase{505, "HTTP Version Not Supported"},
    Phrase{507, "Insufficient Storage"},
};

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
    const auto found = std::find_if(Phrases.begin(), Phrases.end(),
        [status](const Phrase &phrase) { return phrase.status == status; });
    return found == Phrases.end() ? "Unknown"_ba : found->words.toByteArray();
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
