// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/devices/devicesdialect.h"
#include "net/wire/devices/clientevents.h"

#include <optional>

namespace presently::net {

//! \brief One socket of `devices`: reads its events, does what they ask and answers.
//!
//! Until it has said something that only one vocabulary has, it is told in both. Where a client asks
//! for an acknowledgement it gets the object of the answering event.
//! Errors:    what cannot be taken is answered with an `error` event; the socket stays open.
//! Ownership: whoever serves the namespace; borrows the dialect.
//! Threading: the server's thread.
class DevicesSocket final : public socketio::SocketHandler, public SocketLink
{
public:
    DevicesSocket(DevicesDialect &dialect, SocketIdentity identity,
        std::optional<devices::Vocabulary> vocabulary);
    ~DevicesSocket() override;

    void opened(socketio::Socket &socket) override;
    void eventReceived(const socketio::SocketEvent &event) override;
    void transportAlive() override;
    void closed(presently::CloseKind kind) override;

    void tell(DevicesNews &news);
    [[nodiscard]] const devices::DeviceDetails &details() const { return m_details; }

private:
    using Answers = QList<devices::ServerEvent>;

    [[nodiscard]] bool speaks(devices::Vocabulary vocabulary) const;
    [[nodiscard]] bool isServed(const devices::ClientEvent &event) const;
    [[nodiscard]] Answers answer(const socketio::SocketEvent &event);
    [[nodiscard]] Answers take(const devices::UserHeartbeat &heartbeat);
    [[nodiscard]] Answers take(const devices::CheckUsersPresence &request);
    [[nodiscard]] Answers take(const devices::GetUserPresence &request);
    [[nodiscard]] Answers take(const devices::UpdatePresence &request);
    [[nodiscard]] Answers take(const devices::DeviceHeartbeat &heartbeat);
    [[nodiscard]] Answers take(const devices::GetBulkPresence &request);
    [[nodiscard]] Answers take(const devices::UnknownRequest &request);
    [[nodiscard]] std::optional<devices::ServerEvent> refuseQuestion(qsizetype ids);

    DevicesDialect &m_dialect;
    std::optional<devices::Vocabulary> m_vocabulary;
    devices::DeviceDetails m_details;
    TokenBucket m_questions;
};

} // namespace presently::net
