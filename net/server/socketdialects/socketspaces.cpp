// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketdialects/socketspaces.h"

#include "net/server/peopledirectory.h"
#include "net/server/socketdialects/mainsocket.h"
#include "net/wire/devices/connectauth.h"
#include "net/wire/friends/connectrefusal.h"
#include "net/wire/friends/rest.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;
using devices::ConnectAuth;
using friends::ConnectRefusal;

namespace {

//! The device that a client names is one of its own; whose it is says the token.
void nameDevice(SocketIdentity &identity, const ConnectAuth &auth)
{
    if (auth.device && *auth.device != identity.device) {
        identity.device = *auth.device;
        identity.deviceType = auth.type;
    } else if (auth.type != DeviceType::Unknown) {
        identity.deviceType = auth.type;
    }
}

ConnectRefusal refusalOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::MissingField:
        return ConnectRefusal::TokenRequired;
    case ErrorCode::Unauthenticated:
    case ErrorCode::SessionRevoked:
        return ConnectRefusal::InvalidToken;
    case ErrorCode::NotFound:
        return ConnectRefusal::UserNotFound;
    default:
        return ConnectRefusal::Failed;
    }
}

} // namespace

MainSpace::MainSpace(
    const DialectContext &context, FriendsDialect &friends, DevicesDialect &devices)
    : m_context(context)
    , m_friends(friends)
    , m_devices(devices)
{
}

void MainSpace::connecting(
    const socketio::ConnectRequest &request, socketio::ConnectResponder responder)
{
    const auto auth = devices::connectAuthFromJson(request.auth.value_or(QJsonObject()));
    const QByteArray word = auth ? auth->token.toUtf8() : QByteArray();
    auto identity = identify(m_context.sessions,
        {request.handshake.cookie(friends::AccessCookie), request.handshake.bearerToken(), word});
    if (!identity) {
        // Clients of `devices`, who put the token here, look for its code.
        const QJsonValue data = word.isEmpty() ? QJsonValue(QJsonValue::Undefined)
                                               : QJsonValue(devices::invalidTokenData());
        return responder.refuse(friends::toWire(refusalOf(identity.error())), data);
    }
    if (m_context.people.idsOf(identity->person).objectId.isEmpty())
        return responder.refuse(friends::toWire(ConnectRefusal::UserNotFound));
    if (auth)
        nameDevice(*identity, *auth);
    responder.accept(std::make_unique<MainSocket>(m_friends, m_devices, *std::move(identity)));
}

ChatSpace::ChatSpace(const DialectContext &context, DevicesDialect &devices)
    : m_context(context)
    , m_devices(devices)
{
}

void ChatSpace::connecting(
    const socketio::ConnectRequest &request, socketio::ConnectResponder responder)
{
    const auto refuse = [&responder] {
        responder.refuse(devices::invalidTokenMessage(), devices::invalidTokenData());
    };
    const auto auth = devices::connectAuthFromJson(request.auth.value_or(QJsonObject()));
    if (!auth)
        return refuse();
    auto identity = identify(m_context.sessions, {auth->token.toUtf8()});
    if (!identity || m_context.people.idsOf(identity->person).objectId.isEmpty())
        return refuse();
    nameDevice(*identity, *auth);
    responder.accept(
        std::make_unique<DevicesSocket>(m_devices, *std::move(identity), auth->vocabulary));
}

} // namespace presently::net
