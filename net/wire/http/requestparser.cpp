// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/http/requestparser.h"

#include "net/wire/http/headparser.h"

#include <algorithm>
#include <utility>

namespace presently::net {

namespace {

constexpr qsizetype MaxChunkLine = 256; //!< size and extensions, which nobody reads
constexpr qsizetype MaxChunkDigits = 12; //!< 256 TiB: far above every limit, far below an overflow
constexpr int MaxBlankLines = 4; //!< some clients send an empty line after a body

std::optional<qint64> chunkSize(QByteArrayView line)
{
    const qsizetype semicolon = line.indexOf(';');
    const QByteArrayView digits = trimmedOfBlanks(semicolon < 0 ? line : line.first(semicolon));
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (digits.isEmpty() || digits.size() > MaxChunkDigits || digits.data() != line.data()
        || !std::all_of(digits.begin(), digits.end(), isHex))
        return std::nullopt;
    return digits.toLongLong(nullptr, 16);
}

} // namespace

bool RequestParser::isInsideHead() const
{
    return m_state == State::Head && !m_pending.isEmpty();
}

bool RequestParser::isInsideRequest() const
{
    return m_state == State::Head ? !m_pending.isEmpty() : m_state != State::Failed;
}

RequestParser::Step RequestParser::next(QByteArrayView &input)
{
    switch (m_state) {
    case State::Head:
        return nextHead(input);
    case State::FixedBody:
        return nextFixedBody(input);
    case State::ChunkSize:
        return nextChunkSize(input);
    case State::ChunkData:
        return nextChunkData(input);
    case State::ChunkEnd:
        return nextChunkEnd(input);
    case State::Trailers:
        return nextTrailers(input);
    case State::End:
        m_state = State::Head;
        return Complete{};
    case State::Failed:
        break;
    }
    input = {};
    return NeedMore{};
}

RequestParser::Step RequestParser::fail(int status, const char *reason)
{
    m_state = State::Failed;
    m_pending = {};
    return Failure{status, reason};
}

//! Moves bytes up to the next line end into m_pending.
RequestParser::Line RequestParser::takeLine(QByteArrayView &input, qsizetype limit)
{
    const qsizetype room = limit - m_pending.size();
    const qsizetype found = input.first(std::min(input.size(), room)).indexOf('\n');
    const qsizetype taken = found < 0 ? std::min(input.size(), room) : found + 1;
    m_pending.append(input.first(taken));
    input = input.sliced(taken);
    if (found < 0)
        return m_pending.size() >= limit ? Line::TooLong : Line::Unfinished;
    return m_pending.endsWith("\r\n") ? Line::Whole : Line::Bad;
}

RequestParser::Step RequestParser::nextHead(QByteArrayView &input)
{
    for (;;) {
        switch (takeLine(input, m_limits.maxHeadBytes)) {
        case Line::Unfinished:
            if (m_lineStart == 0 && m_pending.size() > m_limits.maxTargetBytes + 64)
                return fail(414, "request line too long");
            return NeedMore{};
        case Line::Bad:
            return fail(400, "line feed without carriage return");
        case Line::TooLong:
            return m_lineStart == 0 ? fail(414, "request line too long")
                                    : fail(431, "head too large");
        case Line::Whole:
            break;
        }
        const bool isBlank = m_pending.size() - m_lineStart == 2;
        if (isBlank && m_lineStart > 0)
            return headComplete();
        m_lineStart = m_pending.size();
        if (isBlank) {
            m_pending.clear();
            m_lineStart = 0;
            if (++m_blankLines > MaxBlankLines)
                return fail(400, "no request");
        }
    }
}

RequestParser::Step RequestParser::headComplete()
{
    auto parsed = parseHead(m_pending, m_limits);
    m_pending = {};
    m_lineStart = 0;
    m_blankLines = 0;
    if (auto *failure = std::get_if<Failure>(&parsed)) {
        m_state = State::Failed;
        return std::move(*failure);
    }
    auto &head = std::get<HttpHead>(parsed);
    m_remaining = head.contentLength;
    m_state = head.framing == BodyFraming::Length ? State::FixedBody
        : head.framing == BodyFraming::Chunked    ? State::ChunkSize
                                                  : State::End;
    return Head{std::move(head)};
}

QByteArrayView RequestParser::takeBody(QByteArrayView &input)
{
    const auto taken = qsizetype(std::min<qint64>(input.size(), m_remaining));
    const QByteArrayView bytes = input.first(taken);
    input = input.sliced(taken);
    m_remaining -= taken;
    return bytes;
}

RequestParser::Step RequestParser::nextFixedBody(QByteArrayView &input)
{
    if (input.isEmpty())
        return NeedMore{};
    const QByteArrayView bytes = takeBody(input);
    if (m_remaining == 0)
        m_state = State::End;
    return BodyChunk{bytes};
}

RequestParser::Step RequestParser::nextChunkSize(QByteArrayView &input)
{
    switch (takeLine(input, MaxChunkLine)) {
    case Line::Unfinished:
        return NeedMore{};
    case Line::Bad:
    case Line::TooLong:
        return fail(400, "bad chunk");
    case Line::Whole:
        break;
    }
    const auto size = chunkSize(QByteArrayView(m_pending).chopped(2));
    m_pending = {};
    if (!size)
        return fail(400, "bad chunk size");
    m_remaining = *size;
    m_trailerBytes = 0;
    m_state = *size > 0 ? State::ChunkData : State::Trailers;
    return next(input);
}

RequestParser::Step RequestParser::nextChunkData(QByteArrayView &input)
{
    if (input.isEmpty())
        return NeedMore{};
    const QByteArrayView bytes = takeBody(input);
    if (m_remaining == 0)
        m_state = State::ChunkEnd;
    return BodyChunk{bytes};
}

RequestParser::Step RequestParser::nextChunkEnd(QByteArrayView &input)
{
    while (m_pending.size() < 2 && !input.isEmpty()) {
        m_pending.append(input.front());
        input = input.sliced(1);
    }
    if (!QByteArrayView("\r\n").startsWith(m_pending))
        return fail(400, "bad end of chunk");
    if (m_pending.size() < 2)
        return NeedMore{};
    m_pending = {};
    m_state = State::ChunkSize;
    return nextChunkSize(input);
}

RequestParser::Step RequestParser::nextTrailers(QByteArrayView &input)
{
    for (;;) {
        switch (takeLine(input, m_limits.maxHeadBytes)) {
        case Line::Unfinished:
            return NeedMore{};
        case Line::TooLong:
            return fail(431, "trailers too large");
        case Line::Bad:
            return fail(400, "bad trailer");
        case Line::Whole:
            break;
        }
        const QByteArray line = std::exchange(m_pending, {}).chopped(2);
        if (line.isEmpty()) {
            m_state = State::Head;
            return Complete{};
        }
        m_trailerBytes += line.size();
        if (m_trailerBytes > m_limits.maxHeadBytes)
            return fail(431, "trailers too large");
        if (!isGoodField(line))
            return fail(400, "bad trailer");
    }
}

} // namespace presently::net
