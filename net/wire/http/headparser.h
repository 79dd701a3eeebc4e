// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/requestparser.h"

#include <QByteArrayView>

#include <variant>

namespace presently::net {

//! Reads request line and fields. \a bytes is the head with its last empty line; every line in it
//! ends with CRLF, and there is no other LF.
[[nodiscard]] std::variant<HttpHead, RequestParser::Failure> parseHead(
    QByteArrayView bytes, const HttpLimits &limits);

//! Whether \a line, without its end, is a good header field; used for trailers, too.
[[nodiscard]] bool isGoodField(QByteArrayView line);

} // namespace presently::net
