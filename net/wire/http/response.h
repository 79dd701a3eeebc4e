// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "net/wire/http/headerlist.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace presently::net {

//! \brief A part of a file that is sent as the body, read while it is sent.
struct FileSlice {
    QString path;
    qint64 offset = 0; //!< bytes
    qint64 length = -1; //!< bytes; -1: to the end of the file
};

//! \brief An answer. Content-Length, Connection and Date are added when it is sent.
struct HttpResponse {
    int status = 200;
    HeaderList headers;
    QByteArray body;
    std::optional<FileSlice> file; //!< sent in place of `body`

    [[nodiscard]] static HttpResponse text(int status, const QByteArray &text);
    //! \a body is sent as it is, as `application/json`.
    [[nodiscard]] static HttpResponse json(int status, const QByteArray &body);
};

enum class KeepAlive { Yes, No };

//! "Not Found" for 404; "Unknown" for codes that have no name.
[[nodiscard]] QByteArray reasonPhrase(int status);
//! "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] QByteArray httpDate(WallTime time);
//! Status line and fields, with the empty line. \a bodyLength is what will follow; a field whose
//! name or value could break out of its line is left out.
[[nodiscard]] QByteArray encodeResponseHead(
    const HttpResponse &response, qint64 bodyLength, KeepAlive keepAlive, WallTime now);
//! Head and body of a response that sends no file.
[[nodiscard]] QByteArray encodeResponse(
    const HttpResponse &response, KeepAlive keepAlive, WallTime now);

} // namespace presently::net
