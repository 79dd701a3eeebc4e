// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/headparser.h"

#include "net/wire/http/percentcoding.h"

#include <algorithm>

namespace presently::net {

namespace {

using Failure = RequestParser::Failure;
using Result = std::optional<Failure>; //!< none: good

constexpr qsizetype MaxMethodBytes = 32;
constexpr qsizetype MaxLengthDigits = 18; //!< fits a qint64 with room to spare

Failure bad(const char *reason)
{
    return {400, reason};
}

bool isTokenChar(char c)
{
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return true;
    return c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isFieldText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
        [](char c) { return c == '\t' || (quint8(c) >= 0x20 && c != 0x7F); });
}

bool isVisible(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

//! The path and query of \a target, which is "/path?query", "*" or "http://host/path?query".
std::optional<QByteArrayView> originForm(QByteArrayView target, QByteArrayView method)
{
    if (target.startsWith('/'))
        return target;
    if (target == "*")
        return method == "OPTIONS" ? std::optional<QByteArrayView>("/*") : std::nullopt;
    const qsizetype scheme = target.indexOf("://");
    if (scheme < 0)
        return std::nullopt;
    const QByteArrayView name = target.first(scheme);
    if (!equalsIgnoringCase(name, "http") && !equalsIgnoringCase(name, "https"))
        return std::nullopt;
    const qsizetype slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? QByteArrayView("/") : target.sliced(slash);
}

Result readTarget(HttpHead &head, const HttpLimits &limits)
{
    if (head.target.size() > limits.maxTargetBytes)
        return Failure{414, "target too long"};
    if (!isVisible(head.target) || head.target.contains('#'))
        return bad("character not allowed in the target");
    const auto form = originForm(head.target, head.method);
    if (!form)
        return bad("target is no path");
    const qsizetype mark = form->indexOf('?');
    const QByteArrayView path = mark < 0 ? *form : form->first(mark);
    const auto segments = decodedSegments(path);
    const auto query = decodedQuery(mark < 0 ? QByteArrayView() : form->sliced(mark + 1));
    if (!segments || !query)
        return bad("bad escape in the target");
    head.rawPath = path.toByteArray();
    head.segments = *segments;
    head.query = *query;
    return {};
}

Result readVersion(HttpHead &head, QByteArrayView version)
{
    if (version.size() != 8 || !version.startsWith("HTTP/") || version[6] != '.' || version[5] < '0'
        || version[5] > '9' || version[7] < '0' || version[7] > '9')
        return bad("not HTTP");
    if (version[5] != '1')
        return Failure{505, "only HTTP/1.0 and HTTP/1.1"};
    head.minorVersion = version[7] == '0' ? 0 : 1;
    return {};
}

Result readRequestLine(HttpHead &head, QByteArrayView line, const HttpLimits &limits)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first)
        return bad("bad request line");
    const QByteArrayView method = line.first(first);
    if (method.size() > MaxMethodBytes || !isToken(method))
        return bad("bad method");
    head.method = method.toByteArray();
    head.target = line.sliced(first + 1, last - first - 1).toByteArray();
    if (const Result failure = readVersion(head, line.sliced(last + 1)))
        return failure;
    return readTarget(head, limits);
}

Result readLength(HttpHead &head)
{
    const QByteArray length = head.headers.value("Content-Length");
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (head.headers.count("Content-Length") > 1)
        return bad("more than one Content-Length");
    if (length.isEmpty() || length.size() > MaxLengthDigits
        || !std::all_of(length.begin(), length.end(), isDigit))
        return bad("bad Content-Length");
    head.contentLength = length.toLongLong();
    head.framing = head.contentLength > 0 ? BodyFraming::Length : BodyFraming::None;
    return {};
}

Result readFraming(HttpHead &head)
{
    const bool hasLength = head.headers.contains("Content-Length");
    if (!head.headers.contains("Transfer-Encoding"))
        return hasLength ? readLength(head) : Result{};
    if (hasLength)
        return bad("Content-Length beside Transfer-Encoding");
    if (head.minorVersion == 0 || head.headers.count("Transfer-Encoding") > 1)
        return bad("bad Transfer-Encoding");
    if (!equalsIgnoringCase(head.headers.value("Transfer-Encoding"), "chunked"))
        return Failure{501, "unknown transfer coding"};
    head.framing = BodyFraming::Chunked;
    return {};
}

Result readMeaning(HttpHead &head)
{
    const qsizetype hosts = head.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && head.minorVersion > 0))
        return bad("there must be one Host");
    if (!isVisible(head.headers.value("Host")))
        return bad("bad Host");
    head.keepAlive = head.minorVersion > 0 ? !head.headers.hasToken("Connection", "close")
                                           : head.headers.hasToken("Connection", "keep-alive");
    if (const Result failure = readFraming(head))
        return failure;
    if (head.minorVersion > 0 && head.headers.contains("Expect")) {
        if (!equalsIgnoringCase(head.headers.value("Expect"), "100-continue"))
            return Failure{417, "unknown expectation"};
        head.expectsContinue = head.framing != BodyFraming::None;
    }
    return {};
}

Result readField(HttpHead &head, QByteArrayView line, const HttpLimits &limits)
{
    if (head.headers.fields().size() >= limits.maxFields)
        return Failure{431, "too many fields"};
    if (!isGoodField(line))
        return bad("bad header field");
    const qsizetype colon = line.indexOf(':');
    head.headers.add(
        line.first(colon).toByteArray(), trimmedOfBlanks(line.sliced(colon + 1)).toByteArray());
    return {};
}

} // namespace

bool isGoodField(QByteArrayView line)
{
    // A line that begins with a blank would continue the one before; a blank before the colon is read
    // differently by different servers. Neither is a token.
    const qsizetype colon = line.indexOf(':');
    return colon > 0 && isToken(line.first(colon)) && isFieldText(line.sliced(colon + 1));
}

std::variant<HttpHead, RequestParser::Failure> parseHead(
    QByteArrayView bytes, const HttpLimits &limits)
{
    HttpHead head;
    bool first = true;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView line = bytes.first(end - 1);
        bytes = bytes.sliced(end + 1);
        if (line.isEmpty())
            break;
        const Result failure
            = first ? readRequestLine(head, line, limits) : readField(head, line, limits);
        if (failure)
            return *failure;
        first = false;
    }
    if (const Result failure = readMeaning(head))
        return *failure;
    return head;
}

} // namespace presently::net
