// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobe.h"
#include "tests/support/dialectprobesocket.h"

#include <QJsonArray>
#include <QJsonObject>

namespace presently::test {

//! \brief What the probes over Socket.IO share: one WebSocket, one namespace.
//!
//! It reads and writes the packets by itself, and so does not share a mistake with our own codec.
class SocketIoProbe : public DialectProbe
{
public:
    void closeCleanly() override { m_socket->closeCleanly(); }
    void loseLink() override { m_socket->loseLink(); }
    void fallSilent() override { m_socket->fallSilent(); }
    bool settle() override { return m_socket->settle(); }
    //! Also false when the server has ended the namespace (`41`) and left the connection.
    bool isOpen() const override { return m_socket && m_socket->isOpen() && !m_isSentOut; }

    //! An event with one argument.
    void say(const QString &event, const QJsonValue &argument);
    //! Sends \a event and waits for the answer named \a answer; none: the connection is gone, or
    //! settle() came first.
    [[nodiscard]] std::optional<QJsonObject> askFor(
        const QString &answer, const QString &event, const QJsonValue &argument);
    //! The last CONNECT_ERROR, as it came.
    [[nodiscard]] const QByteArray &refusal() const { return m_refusal; }
    //! Whether the server has sent this client out of the namespace.
    [[nodiscard]] bool isSentOut() const { return m_isSentOut; }
    [[nodiscard]] ProbeSocket &socket() { return *m_socket; }

protected:
    //! \a space: "/" or "/chat".
    SocketIoProbe(
        TestServer &server, const QString &login, const QString &device, const QString &space);

    //! Opens the connection and enters the namespace.
    [[nodiscard]] bool enter(const HttpFields &fields, const QJsonObject &auth);
    //! An event of the server, unless it answers askFor().
    virtual void take(const QString &event, const QJsonObject &argument) = 0;

private:
    void takeFrame(const QByteArray &text);
    void takeEvent(QByteArray json);

    const QByteArray m_space; //!< as it stands in packets: nothing, or "/chat,"
    std::unique_ptr<ProbeSocket> m_socket;
    bool m_isOpened = false; //!< the engine's handshake has come
    bool m_isInside = false;
    bool m_isSentOut = false;
    QByteArray m_refusal;
    QString m_awaited;
    std::optional<QJsonObject> m_answer;
};

} // namespace presently::test
