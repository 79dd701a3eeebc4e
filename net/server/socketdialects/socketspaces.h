// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/dialect.h"
#include "net/server/socketio/namespacehandler.h"

namespace presently::net {

class DevicesDialect;
class FriendsDialect;

//! \brief The namespace `/`: `friends`, and `devices` for the sockets whose first event is one of it.
//!
//! A socket holds one lease from the beginning: that of `friends` until it shows something else.
//! The token is a cookie, a field of the handshake or a word of CONNECT; the first good one counts.
//! Ownership: borrows everything.
//! Threading: the server's thread.
class MainSpace final : public socketio::NamespaceHandler
{
public:
    MainSpace(const DialectContext &context, FriendsDialect &friends, DevicesDialect &devices);
    void connecting(
        const socketio::ConnectRequest &request, socketio::ConnectResponder responder) override;

private:
    const DialectContext m_context;
    FriendsDialect &m_friends;
    DevicesDialect &m_devices;
};

//! \brief The namespace `/chat`: `devices` in both vocabularies. The token is a word of CONNECT.
//!
//! Ownership: borrows everything.
//! Threading: the server's thread.
class ChatSpace final : public socketio::NamespaceHandler
{
public:
    ChatSpace(const DialectContext &context, DevicesDialect &devices);
    void connecting(
        const socketio::ConnectRequest &request, socketio::ConnectResponder responder) override;

private:
    const DialectContext m_context;
    DevicesDialect &m_devices;
};

} // namespace presently::net
