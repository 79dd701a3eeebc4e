// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/responder.h"
#include "net/server/listener/websocketconnection.h"
#include "net/transport/connection.h"
#include "net/wire/http/httphead.h"
#include "net/wire/http/response.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <variant>

namespace presently::net {

//! \brief A checked request before its body, and who asks.
struct RequestHead : HttpHead {
    PeerAddress peer;
    bool secure = false;
};

//! \brief A request with its body, in memory or in a file.
struct HttpRequest {
    RequestHead head;
    QByteArray body;
    //! Set when the plan was StreamBody. Removed after the answer, unless it has been moved away.
    QString bodyFile;
    qint64 bodySize = 0; //!< bytes, in either place
};

//! Answers now; a body is not read.
struct RefuseRequest {
    HttpResponse response;
};
//! Takes a body of at most \a maxBytes into memory; a longer one is answered with 413.
struct BufferBody {
    qint64 maxBytes = 256LL * 1024;
};
//! Streams a body of at most \a maxBytes into a new file in \a directory.
struct StreamBody {
    QString directory;
    qint64 maxBytes = 0;
};
using BodyPlan = std::variant<RefuseRequest, BufferBody, StreamBody>;

//! Answers before the 101: the client sees a status, not a closed socket.
struct RefuseUpgrade {
    HttpResponse response;
};
struct AcceptUpgrade {
    std::unique_ptr<WebSocketHandler> handler;
};
using WebSocketDecision = std::variant<RefuseUpgrade, AcceptUpgrade>;

//! \brief What the listener asks of the server behind it.
//!
//! Ownership: borrowed by the listener, which it must outlive.
//! Threading: called on the listener's thread.
class RequestHandler
{
public:
    virtual ~RequestHandler() = default;

    //! For each request, also those without a body: refuse, or say how much to take.
    [[nodiscard]] virtual BodyPlan plan(const RequestHead &head) = 0;
    //! \a responder may answer during the call or later.
    virtual void handle(HttpRequest request, Responder responder) = 0;
    //! For a well-formed upgrade from an allowed host and origin.
    [[nodiscard]] virtual WebSocketDecision upgrade(const RequestHead &head) = 0;
    //! The answer to what never reached handle(): malformed, too large, too slow, foreign. By
    //! default a line of plain text. The listener closes the connection after it.
    [[nodiscard]] virtual HttpResponse failure(int status, const QByteArray &reason);
};

} // namespace presently::net
