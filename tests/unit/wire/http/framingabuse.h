// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <vector>

namespace presently::test {

//! \brief A request that must be refused, and how.
struct AbusiveRequest {
    const char *name;
    int status;
    QByteArray bytes;
};

//! What servers have been broken with: each is refused with its status and the connection closed.
//! The body limit of the listener's test is 256 KiB.
inline std::vector<AbusiveRequest> abusiveRequests()
{
    const QByteArray get = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    QByteArray manyFields = get;
    for (int i = 0; i < 101; ++i)
        manyFields += "X-" + QByteArray::number(i) + ": 1\r\n";
    return {
        {"negative length", 400, post + "Content-Length: -1\r\n\r\n"},
        {"signed length", 400, post + "Content-Length: +3\r\n\r\nabc"},
        {"overflowing length", 400, post + "Content-Length: 18446744073709551617\r\n\r\n"},
        {"length above 63 bits", 400, post + "Content-Length: 9223372036854775808\r\n\r\n"},
        {"hexadecimal length", 400, post + "Content-Length: 0x3\r\n\r\nabc"},
        {"empty length", 400, post + "Content-Length:\r\n\r\n"},
        {"two lengths", 400, post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"},
        {"the same length twice", 400, post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"},
        {"list of lengths", 400, post + "Content-Length: 3, 3\r\n\r\nabc"},
        {"length and chunked", 400,
            post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"chunked and length", 400,
            post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"},
        {"chunked twice", 400,
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"chunked list", 501, post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"},
        {"unknown coding", 501, post + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
        {"identity coding", 501, post + "Transfer-Encoding: identity\r\n\r\n"},
        {"chunked in HTTP/1.0", 400,
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"no host", 400, "GET / HTTP/1.1\r\n\r\n"},
        {"two hosts", 400, get + "Host: localhost\r\n\r\n"},
        {"blank in host", 400, "GET / HTTP/1.1\r\nHost: local host\r\n\r\n"},
        {"NUL in a value", 400, get + QByteArray("X: a\0b\r\n\r\n", 10)},
        {"NUL in a name", 400, get + QByteArray("X\0: a\r\n\r\n", 9)},
        {"NUL in the target", 400, QByteArray("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 28)},
        {"escaped NUL", 400, "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"control character", 400, get + "X: a\x01\r\n\r\n"},
        {"delete character", 400, get + "X: a\x7f\r\n\r\n"},
        {"bare CR", 400, get + "X: a\rY: b\r\n\r\n"},
        {"bare LF", 400, get + "X: a\nY: b\r\n\r\n"},
        {"folded field", 400, get + "X: a\r\n b\r\n\r\n"},
        {"folded first field", 400, "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n"},
        {"blank before colon", 400, post + "Content-Length : 3\r\n\r\nabc"},
        {"no colon", 400, get + "Nonsense\r\n\r\n"},
        {"empty name", 400, get + ": a\r\n\r\n"},
        {"bad chunk size", 400, chunked + "zz\r\nabc\r\n0\r\n\r\n"},
        {"negative chunk size", 400, chunked + "-3\r\nabc\r\n0\r\n\r\n"},
        {"overflowing chunk size", 400, chunked + "ffffffffffffffff1\r\nabc\r\n"},
        {"chunk size with 0x", 400, chunked + "0x3\r\nabc\r\n0\r\n\r\n"},
        {"empty chunk size", 400, chunked + "\r\nabc\r\n"},
        {"chunk without end", 400, chunked + "3\r\nabcXX0\r\n\r\n"},
        {"endless chunk extension", 400, chunked + "3;" + QByteArray(1000, 'x') + "\r\nabc\r\n"},
        {"bad trailer", 400, chunked + "0\r\nno colon\r\n\r\n"},
        {"endless trailers", 431,
            chunked + "0\r\n" + QByteArray("X: " + QByteArray(500, 'x') + "\r\n").repeated(40)},
        {"101 fields", 431, manyFields + "\r\n"},
        {"16 KiB field", 431, get + "X: " + QByteArray(16384, 'x') + "\r\n\r\n"},
        {"endless field", 431, get + "X: " + QByteArray(200'000, 'x')},
        {"long target", 414,
            "GET /" + QByteArray(3000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"endless target", 414, "GET /" + QByteArray(200'000, 'x')},
        {"no path", 400, "GET x HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"path that climbs", 400, "GET /a/../b HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"path that climbs in escapes", 400, "GET /a/%2e%2E/b HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"bad escape", 400, "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"escaped bad UTF-8", 400, "GET /%ff HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"raw UTF-8", 400, "GET /\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"bad method", 400, "G(T / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"endless method", 400, QByteArray(100, 'G') + " / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"three blanks", 400, "GET / x HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"no version", 400, "GET /\r\nHost: localhost\r\n\r\n"},
        {"HTTP/2.0", 505, "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"},
        {"HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"lower-case version", 400, "GET / http/1.1\r\nHost: localhost\r\n\r\n"},
        {"TLS hello", 400, QByteArray::fromHex("160301020a0100020a03034a0a0a0a")},
        {"unknown expectation", 417, post + "Content-Length: 3\r\nExpect: 200-maybe\r\n\r\nabc"},
        {"blank lines only", 400, QByteArray("\r\n").repeated(10)},
    };
}

} // namespace presently::test
