// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/httphead.h"

#include <QByteArray>
#include <QByteArrayView>

#include <variant>

namespace presently::net {

//! \brief What a request may cost before anybody has asked for it.
struct HttpLimits {
    qsizetype maxHeadBytes = 8LL * 1024; //!< request line and all fields; more is 431
    int maxFields = 64; //!< more is 431
    qsizetype maxTargetBytes = 2LL * 1024; //!< more is 414
};

//! \brief Reads HTTP/1.0 and HTTP/1.1 requests from bytes as they come; no sockets, no timers.
//!
//! Call next() with the bytes that arrived until it says NeedMore or Failure; it eats from the
//! front of the view and keeps only an unfinished head. After Complete the next call begins a new
//! request: pipelined ones come out one after the other. A Failure is final.
//! What could be read in two ways by two readers (request smuggling) is refused: Content-Length
//! beside Transfer-Encoding, repeated or odd lengths, folded fields, blanks before the colon,
//! bare CR, control characters.
//! Units:     lengths in bytes.
//! Errors:    Failure carries the status to answer with before the connection is closed.
//! Threading: none; a plain value holder.
class RequestParser
{
public:
    struct NeedMore {
    };
    //! The body, if `head.framing` says there is one, follows as BodyChunk.
    struct Head {
        HttpHead head;
    };
    //! Points into the bytes that were passed in.
    struct BodyChunk {
        QByteArrayView bytes;
    };
    struct Complete {
    };
    struct Failure {
        int status = 400;
        QByteArray reason; //!< English, for logs
    };
    using Step = std::variant<NeedMore, Head, BodyChunk, Complete, Failure>;

    explicit RequestParser(const HttpLimits &limits = {})
        : m_limits(limits)
    {
    }

    [[nodiscard]] Step next(QByteArrayView &input);

    //! Whether a request has begun and is not complete.
    [[nodiscard]] bool isInsideRequest() const;
    //! Whether its head is still to be finished.
    [[nodiscard]] bool isInsideHead() const;

private:
    enum class State { Head, FixedBody, ChunkSize, ChunkData, ChunkEnd, Trailers, End, Failed };
    enum class Line { Unfinished, Whole, Bad, TooLong };

    Step nextHead(QByteArrayView &input);
    Step nextFixedBody(QByteArrayView &input);
    Step nextChunkSize(QByteArrayView &input);
    Step nextChunkData(QByteArrayView &input);
    Step nextChunkEnd(QByteArrayView &input);
    Step nextTrailers(QByteArrayView &input);
    Step headComplete();
    Step fail(int status, const char *reason);
    Line takeLine(QByteArrayView &input, qsizetype limit);
    QByteArrayView takeBody(QByteArrayView &input);

    HttpLimits m_limits;
    State m_state = State::Head;
    QByteArray m_pending; //!< an unfinished head, chunk line or trailer
    qsizetype m_lineStart = 0; //!< of the last line in m_pending
    int m_blankLines = 0; //!< before a request
    qsizetype m_trailerBytes = 0;
    qint64 m_remaining = 0; //!< of the body or the chunk
};

} // namespace presently::net
