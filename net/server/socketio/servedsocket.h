// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/enginehost.h"
#include "net/server/socketio/namespacehandler.h"

namespace presently::net::socketio {

class ClientConnection;

//! \brief One client in, or at the door of, one namespace.
//!
//!   Asking -> Open (accepted) -> Gone (the client left, or the connection ended)
//!   Asking -> Gone (refused);  Open -> Leaving (we sent it out) -> Gone, when the event loop turns
class ServedSocket final : public Socket, private ConnectResponder::Target
{
    Q_DISABLE_COPY_MOVE(ServedSocket)

public:
    ServedSocket(ClientConnection &connection, const Space &space, quint64 id);
    ~ServedSocket();

    //! Asks the handlers of the namespace, one after the other.
    void ask(std::optional<QJsonObject> auth);

    [[nodiscard]] quint64 id() const override { return m_id; }
    [[nodiscard]] QString sid() const override { return QString::fromLatin1(m_sid); }
    [[nodiscard]] const QString &space() const override { return m_space.name; }
    void send(const EncodedEvent &event) override;
    void acknowledge(
        quint64 ackId, const QJsonArray &arguments, const QList<QByteArray> &attachments) override;
    void disconnect() override;
    void close() override;
    [[nodiscard]] const RequestHead &handshake() const override;

    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    [[nodiscard]] bool isLeaving() const { return m_state == State::Leaving; }
    [[nodiscard]] bool isGone() const { return m_state == State::Gone; }
    void deliver(const SocketEvent &event);
    void transportAlive();
    //! Tells the handler, if there is one that has not been told.
    void leave(presently::CloseKind kind);

private:
    enum class State : quint8 { Asking, Open, Leaving, Gone };

    void accept(std::unique_ptr<SocketHandler> handler, const QJsonObject &data) override;
    void refuse(const QString &message, const QJsonValue &data) override;
    void pass() override;
    void askNext();

    ClientConnection &m_connection;
    const Space &m_space;
    quint64 m_id;
    QByteArray m_sid;
    std::unique_ptr<SocketHandler> m_handler;
    std::weak_ptr<ConnectResponder::Slot> m_slot;
    std::optional<QJsonObject> m_auth; //!< while it is asked about
    quint16 m_asked = 0; //!< handlers so far
    State m_state = State::Asking;
};

} // namespace presently::net::socketio
