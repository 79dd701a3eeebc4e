// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/bodyreceiver.h"
#include "net/server/listener/responsefile.h"
#include "net/server/listener/session.h"
#include "net/wire/http/requestparser.h"

namespace presently::net {

//! \brief One connection that speaks HTTP: one request at a time, in their order.
//!
//! Requests that come while one is being answered wait, a few kilobytes here and the rest with the
//! peer, so that pipelining neither mixes answers nor costs memory.
class HttpSession final : public Session, private Responder::Target
{
public:
    HttpSession(SessionHost &host, quint64 id, std::unique_ptr<Connection> connection);
    ~HttpSession() override;

    //! Answers before anything was asked.
    void refuse(int status, const QByteArray &reason);

    void dataReceived(QByteArrayView bytes) override;
    void inputEnded() override;
    void flushed() override;
    void ended(ConnectionEnd how) override;
    void stop(quint16 code, const QByteArray &reason) override;
    void drop() override;
    [[nodiscard]] bool isWebSocket() const override { return false; }

private:
    //! Reading (a request, or idle) -> Handling -> Sending -> Reading; any -> Closing.
    enum class Phase : quint8 { Reading, Handling, Sending, Closing };
    enum class Waiting : quint8 { Nothing, Head, Body, NextRequest, Progress };

    void parse(QByteArrayView &bytes);
    void keep(QByteArrayView rest);
    void takeStep(RequestParser::Step step, QByteArrayView &rest);
    void takeHead(HttpHead &&head, QByteArrayView &rest);
    void takeUpgrade(QByteArrayView &rest);
    void takeBody(QByteArrayView bytes);
    void dispatch();
    void fail(int status, const QByteArray &reason);
    void failBody(BodyReceiver::Outcome outcome);

    void respond(HttpResponse response) override;
    void send(const HttpResponse &response, KeepAlive keepAlive);
    void sendFile(const HttpResponse &response, KeepAlive keepAlive);
    void feedFile();
    void write(const QByteArray &bytes);
    void answered();
    void lose();
    void readOn();
    [[nodiscard]] bool mayGoOn() const;
    void close();

    void waitFor(Waiting what, Milliseconds time);
    void deadlineReached(Deadline &deadline) override;
    void bodyDeadlineReached();
    void progressDeadlineReached();
    [[nodiscard]] qint64 sentBytes() const;

    RequestParser m_parser;
    RequestHead m_head;
    BodyReceiver m_body;
    std::weak_ptr<Responder::Slot> m_slot;
    QByteArray m_stored; //!< bytes of later requests
    std::unique_ptr<ResponseFile> m_file;
    qint64 m_writtenBytes = 0;
    qint64 m_sentAtLastLook = 0;
    SteadyTime m_bodyBegan;
    Phase m_phase = Phase::Reading;
    Waiting m_waiting = Waiting::Nothing;
    bool m_parsing = false;
    bool m_keepAlive = true;
    bool m_answeredEarly = false; //!< refused by its head; its end is still to come
    bool m_inputEnded = false;
    bool m_stopping = false;
};

} // namespace presently::net
