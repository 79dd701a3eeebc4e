// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/httpsession.h"

#include "net/server/listener/accesspolicy.h"
#include "net/wire/websocket/handshake.h"

#include <utility>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaxStoredBytes = 16LL * 1024; //!< then the peer has to wait
constexpr qint64 MaxUnsentBytes = 64LL * 1024; //!< of answers, before the next request is read

} // namespace

HttpSession::HttpSession(SessionHost &host, quint64 id, std::unique_ptr<Connection> connection)
    : Session(host, id, std::move(connection))
    , m_parser(options().http)
{
    waitFor(Waiting::Head, options().headTimeout);
}

HttpSession::~HttpSession()
{
    drop();
}

void HttpSession::drop()
{
    if (const auto slot = m_slot.lock())
        slot->target = nullptr;
}

void HttpSession::refuse(int status, const QByteArray &reason)
{
    fail(status, reason);
}

void HttpSession::dataReceived(QByteArrayView bytes)
{
    if (m_stored.isEmpty())
        parse(bytes);
    keep(bytes);
}

void HttpSession::parse(QByteArrayView &bytes)
{
    m_parsing = true;
    while (m_phase == Phase::Reading) {
        RequestParser::Step step = m_parser.next(bytes);
        if (std::holds_alternative<RequestParser::NeedMore>(step))
            break;
        takeStep(std::move(step), bytes);
    }
    m_parsing = false;
    if (m_phase == Phase::Reading && m_waiting == Waiting::NextRequest && m_parser.isInsideHead())
        waitFor(Waiting::Head, options().headTimeout);
}

void HttpSession::keep(QByteArrayView rest)
{
    if (rest.isEmpty() || m_phase == Phase::Closing)
        return;
    m_stored.append(rest);
    if (m_stored.size() > MaxStoredBytes)
        connection().setReading(false);
}

void HttpSession::takeStep(RequestParser::Step step, QByteArrayView &rest)
{
    if (auto *head = std::get_if<RequestParser::Head>(&step))
        takeHead(std::move(head->head), rest);
    else if (const auto *chunk = std::get_if<RequestParser::BodyChunk>(&step))
        takeBody(chunk->bytes);
    else if (const auto *failure = std::get_if<RequestParser::Failure>(&step))
        fail(failure->status, failure->reason);
    else if (!std::exchange(m_answeredEarly, false))
        dispatch();
}

void HttpSession::takeHead(HttpHead &&head, QByteArrayView &rest)
{
    ++context().counters.requests;
    static_cast<HttpHead &>(m_head) = std::move(head);
    m_head.peer = peerAddress();
    m_head.secure = connection().isSecure();
    m_keepAlive = m_head.keepAlive;
    if (!isHostAllowed(
            m_head.headers.value("Host"), connection().localAddress(), options().allowedHosts)) {
        fail(403, "This server does not go by that name."_ba);
        return;
    }
    if (isUpgradeRequest(m_head)) {
        takeUpgrade(rest);
        return;
    }
    BodyPlan plan = context().handler.plan(m_head);
    if (auto *refusal = std::get_if<RefuseRequest>(&plan)) {
        // A body is not worth reading for an answer that is known; without one we may go on.
        m_answeredEarly = true;
        send(refusal->response,
            mayGoOn() && m_head.framing == BodyFraming::None ? KeepAlive::Yes : KeepAlive::No);
        return;
    }
    host().requestAccepted(*this);
    const auto outcome = std::holds_alternative<BufferBody>(plan)
        ? m_body.begin(std::get<BufferBody>(plan), m_head)
        : m_body.begin(std::get<StreamBody>(plan), m_head);
    if (outcome != BodyReceiver::Outcome::Good) {
        failBody(outcome);
        return;
    }
    if (m_head.framing == BodyFraming::None)
        return;
    m_bodyBegan = now();
    waitFor(Waiting::Body, options().bodyTimeout);
    if (m_head.expectsContinue && rest.isEmpty())
        connection().write("HTTP/1.1 100 Continue\r\n\r\n"_ba);
}

void HttpSession::takeUpgrade(QByteArrayView &rest)
{
    if (const auto failure = upgradeFailure(m_head)) {
        ++context().counters.refusedRequests;
        send(*failure, KeepAlive::No);
        return;
    }
    const QByteArray origin = m_head.headers.value("Origin");
    const bool isForeign = m_head.headers.count("Origin") > 1
        || !(isOriginAllowed(origin, options().allowedOrigins)
            || isOwnOrigin(origin, m_head.headers.value("Host")));
    if (isForeign) {
        fail(403, "Pages of that origin may not open a WebSocket here."_ba);
        return;
    }
    WebSocketDecision decision = context().handler.upgrade(m_head);
    if (auto *refusal = std::get_if<RefuseUpgrade>(&decision)) {
        send(refusal->response, KeepAlive::No);
        return;
    }
    host().requestAccepted(*this);
    connection().write(encodeUpgradeResponse(m_head));
    m_phase = Phase::Closing;
    deadline().disarm();
    host().upgrade(
        *this, std::move(std::get<AcceptUpgrade>(decision).handler), std::exchange(rest, {}));
}

void HttpSession::takeBody(QByteArrayView bytes)
{
    const auto outcome = m_body.take(bytes);
    if (outcome != BodyReceiver::Outcome::Good)
        failBody(outcome);
}

void HttpSession::dispatch()
{
    m_phase = Phase::Handling;
    waitFor(Waiting::Nothing, {});
    HttpRequest request;
    request.head = m_head;
    m_body.finish(request);
    auto slot = std::make_shared<Responder::Slot>();
    slot->target = this;
    m_slot = slot;
    context().handler.handle(std::move(request), Responder(std::move(slot)));
}

void HttpSession::failBody(BodyReceiver::Outcome outcome)
{
    if (outcome == BodyReceiver::Outcome::TooLarge)
        fail(413, "The body is larger than this server takes here."_ba);
    else
        fail(507, "The body could not be stored."_ba);
}

void HttpSession::fail(int status, const QByteArray &reason)
{
    ++context().counters.refusedRequests;
    m_body.clear();
    send(context().handler.failure(status, reason), KeepAlive::No);
}

void HttpSession::respond(HttpResponse response)
{
    m_slot.reset();
    send(response, mayGoOn() ? KeepAlive::Yes : KeepAlive::No);
    m_body.clear();
    if (m_phase == Phase::Reading && !m_parsing)
        readOn();
}

void HttpSession::send(const HttpResponse &response, KeepAlive keepAlive)
{
    m_keepAlive = keepAlive == KeepAlive::Yes;
    m_phase = Phase::Sending;
    if (response.file) {
        sendFile(response, keepAlive);
        return;
    }
    const WallTime wall = context().clock.wallNow();
    write(m_head.method == "HEAD"
            ? encodeResponseHead(response, response.body.size(), keepAlive, wall)
            : encodeResponse(response, keepAlive, wall));
    answered();
}

void HttpSession::sendFile(const HttpResponse &response, KeepAlive keepAlive)
{
    auto file = ResponseFile::open(*response.file);
    if (!file) {
        send(context().handler.failure(500, "The file could not be read."_ba), keepAlive);
        return;
    }
    write(encodeResponseHead(response, file->length(), keepAlive, context().clock.wallNow()));
    if (m_head.method != "HEAD")
        m_file = std::move(file);
    waitFor(Waiting::Progress, options().writeTimeout);
    feedFile();
}

void HttpSession::feedFile()
{
    while (m_file && !m_file->isAtEnd() && connection().pendingBytes() < MaxUnsentBytes) {
        const QByteArray part = m_file->read();
        if (part.isEmpty()) {
            // The promised length cannot be kept, and only a broken connection says so.
            lose();
            return;
        }
        write(part);
    }
    if (m_file && !m_file->isAtEnd())
        return;
    m_file.reset();
    answered();
}

void HttpSession::write(const QByteArray &bytes)
{
    m_writtenBytes += bytes.size();
    connection().write(bytes);
}

//! The answer is written, though perhaps not sent.
void HttpSession::answered()
{
    if (!m_keepAlive) {
        close();
    } else if (connection().pendingBytes() > MaxUnsentBytes) {
        waitFor(Waiting::Progress, options().writeTimeout);
    } else {
        m_phase = Phase::Reading;
        // Who has never got past a refusal keeps its place in the pool no longer than it must.
        waitFor(Waiting::NextRequest,
            isUnfinished() ? options().headTimeout : options().keepAliveTimeout);
    }
}

bool HttpSession::mayGoOn() const
{
    return m_keepAlive && !m_stopping && !(m_inputEnded && m_stored.isEmpty());
}

//! Takes up what came while the last request was answered.
void HttpSession::readOn()
{
    const QByteArray stored = std::exchange(m_stored, {});
    QByteArrayView rest = stored;
    parse(rest);
    keep(rest);
    if (m_phase == Phase::Closing)
        return;
    if (m_stored.size() <= MaxStoredBytes)
        connection().setReading(true);
    if (m_inputEnded && m_phase == Phase::Reading)
        close();
}

void HttpSession::flushed()
{
    if (m_phase != Phase::Sending)
        return;
    if (m_file)
        feedFile();
    else
        answered();
    if (m_phase == Phase::Reading)
        readOn();
}

void HttpSession::inputEnded()
{
    m_inputEnded = true;
    if (m_phase == Phase::Reading)
        close();
}

void HttpSession::stop(quint16, const QByteArray &)
{
    m_stopping = true;
    if (m_phase == Phase::Reading && !m_parser.isInsideRequest())
        close();
}

void HttpSession::close()
{
    m_phase = Phase::Closing;
    m_stored = {};
    waitFor(Waiting::Progress, options().writeTimeout);
    connection().closeAfterFlush();
}

void HttpSession::lose()
{
    connection().abort();
    ended(ConnectionEnd::Lost);
}

void HttpSession::ended(ConnectionEnd)
{
    m_phase = Phase::Closing;
    deadline().disarm();
    drop();
    m_body.clear();
    host().retire(*this);
}

void HttpSession::waitFor(Waiting what, Milliseconds time)
{
    m_waiting = what;
    if (what == Waiting::Progress)
        m_sentAtLastLook = sentBytes();
    if (what == Waiting::Nothing)
        deadline().disarm();
    else
        deadline().arm(time);
}

qint64 HttpSession::sentBytes() const
{
    return m_writtenBytes - connection().pendingBytes();
}

void HttpSession::deadlineReached(Deadline &)
{
    switch (m_waiting) {
    case Waiting::Nothing:
        break;
    case Waiting::Head:
        // Who said nothing at all gets no words either.
        if (m_parser.isInsideHead())
            fail(408, "The request took too long."_ba);
        else
            close();
        break;
    case Waiting::Body:
        bodyDeadlineReached();
        break;
    case Waiting::NextRequest:
        close();
        break;
    case Waiting::Progress:
        progressDeadlineReached();
        break;
    }
}

void HttpSession::bodyDeadlineReached()
{
    const std::chrono::seconds earned(
        options().minBodyRate > 0 ? m_body.size() / options().minBodyRate : 0);
    const SteadyTime due = m_bodyBegan + options().bodyTimeout + earned;
    if (due > now())
        deadline().armAt(due);
    else
        fail(408, "The body took too long."_ba);
}

void HttpSession::progressDeadlineReached()
{
    const qint64 sent = sentBytes();
    if (sent == m_sentAtLastLook) {
        lose();
        return;
    }
    m_sentAtLastLook = sent;
    deadline().arm(options().writeTimeout);
}

} // namespace presently::net
