// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/enginesession.h"
#include "net/server/socketio/servedsocket.h"
#include "net/wire/socketio/packet.h"

namespace presently::net::socketio {

//! \brief Socket.IO over one session: which namespaces a client is in, and what belongs to which.
//!
//! Errors:    a packet that cannot be taken ends the session, as the published server does.
//! Ownership: the session's; borrows it and the host.
//! Threading: the listener's thread.
class ClientConnection final : public EngineHandler, private Deadline::Owner
{
    Q_DISABLE_COPY_MOVE(ClientConnection)

public:
    ClientConnection(EngineHost &host, EngineSession &session, const RequestHead &head);
    ~ClientConnection() override;

    void messageReceived(QByteArrayView text) override;
    void binaryReceived(QByteArrayView bytes) override;
    void transportAlive() override;
    void ended(presently::CloseKind kind) override;

    //! \name For its sockets
    //! @{
    void send(const Packet &packet);
    void send(const SharedFrame &frame);
    void close();
    void entered(const Space &space);
    //! What has gone is told and forgotten when the event loop turns.
    void tidyLater();
    [[nodiscard]] const RequestHead &handshake() const { return m_handshake; }
    //! @}

private:
    //! An event or answer whose attachments have not all come.
    struct Unfinished {
        Packet packet;
        int missing = 0;
        QList<QByteArray> attachments;
    };

    void take(const ConnectPacket &packet);
    void take(const DisconnectPacket &packet);
    void take(const EventPacket &packet);
    void take(const AckPacket &packet);
    void take(const ConnectErrorPacket &packet);
    void deliver(const EventPacket &packet, const QList<QByteArray> &attachments);

    [[nodiscard]] ServedSocket *find(const QString &space) const;
    [[nodiscard]] bool wasIn(const QString &space) const;
    void await(const Packet &packet, int attachments);
    void tidy();
    void setConnected(bool connected);
    void deadlineReached(Deadline &deadline) override;

    EngineHost &m_host;
    EngineSession &m_session;
    RequestHead m_handshake;
    Deadline m_deadline; //!< to be in some namespace, or to tidy
    SteadyTime m_connectDue;
    std::vector<std::unique_ptr<ServedSocket>> m_sockets;
    std::unique_ptr<Unfinished> m_unfinished;
    quint64 m_visited = 0; //!< a bit for each of the first namespaces
    bool m_connected = false; //!< in at least one
    bool m_mustTidy = false;
};

} // namespace presently::net::socketio
