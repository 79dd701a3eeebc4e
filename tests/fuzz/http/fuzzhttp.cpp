// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/http/fuzzhttp.h"

#include "net/wire/http/requestparser.h"
#include "net/wire/websocket/handshake.h"
#include "tests/fuzz/require.h"

namespace presently::test {

namespace {

using net::RequestParser;

//! What came out of a stream, however it was cut.
struct Reading {
    QByteArray text;
    bool failed = false;

    void take(RequestParser &parser, QByteArrayView input)
    {
        while (!failed) {
            const auto step = parser.next(input);
            if (std::holds_alternative<RequestParser::NeedMore>(step))
                return;
            if (const auto *head = std::get_if<RequestParser::Head>(&step))
                takeHead(head->head);
            else if (const auto *chunk = std::get_if<RequestParser::BodyChunk>(&step))
                text += chunk->bytes;
            else if (std::holds_alternative<RequestParser::Complete>(step))
                text += "|";
            else
                failed = true;
        }
    }

    void takeHead(const net::HttpHead &head)
    {
        require(!head.segments.isEmpty() && !head.method.isEmpty());
        require(head.contentLength >= 0);
        require(head.headers.fields().size() <= net::HttpLimits().maxFields);
        for (const auto &[name, value] : head.headers.fields()) {
            require(!name.contains('\n') && !value.contains('\n') && !value.contains('\0'));
            text += name + ':' + value + '\n';
        }
        text += head.method + ' ' + head.path().toUtf8() + ' ';
        if (net::isUpgradeRequest(head) && !net::upgradeFailure(head))
            text += net::encodeUpgradeResponse(head);
    }
};

} // namespace

//! The same comes out of the bytes in one piece and one by one.
void fuzzHttp(QByteArrayView bytes)
{
    Reading whole;
    RequestParser wholeParser;
    whole.take(wholeParser, bytes);

    Reading parts;
    RequestParser partParser;
    for (const char &c : bytes)
        parts.take(partParser, QByteArrayView(&c, 1));
    require(parts.text == whole.text && parts.failed == whole.failed);
}

} // namespace presently::test
