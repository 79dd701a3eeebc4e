// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketdialects/socketdialects.h"

#include "net/server/devices/devicesdialect.h"
#include "net/server/devices/devicesroutes.h"
#include "net/server/friends/friendsdialect.h"
#include "net/server/friends/friendsroutes.h"
#include "net/server/socketdialects/socketspaces.h"
#include "net/server/socketio/socketioadapter.h"
#include "net/wire/socketio/packet.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

class SocketDialects final : public DialectAdapter
{
public:
    explicit SocketDialects(const DialectContext &context)
        : m_context(context)
        , m_friends(context)
        , m_devices(context)
        , m_friendsRoutes(context, m_friends)
        , m_mainSpace(context, m_friends, m_devices)
        , m_chatSpace(context, m_devices)
        , m_socketIo(makeSocketIoAdapter(context))
    {
        m_socketIo->server().addNamespace(socketio::mainSpace(), m_mainSpace);
        m_socketIo->server().addNamespace(u"/chat"_s, m_chatSpace);
    }

    void addRoutes(Router &router, UpgradeRoutes &upgrades) override;
    void stop() override;
    [[nodiscard]] QSet<SessionId> openSessions() const override;
    void closeSession(const SessionId &session) override;
    void closePerson(PersonKey person) override;

private:
    const DialectContext m_context;
    FriendsDialect m_friends;
    DevicesDialect m_devices;
    FriendsRoutes m_friendsRoutes;
    MainSpace m_mainSpace;
    ChatSpace m_chatSpace;
    const std::unique_ptr<SocketIoAdapter> m_socketIo; //!< goes first, and its sockets with it
};

void SocketDialects::addRoutes(Router &router, UpgradeRoutes &upgrades)
{
    m_socketIo->addRoutes(router, upgrades);
    m_friendsRoutes.addTo(router);
    addDevicesRoutes(router, m_context);
}

void SocketDialects::stop()
{
    m_friends.book().stop();
    m_devices.book().stop();
    m_socketIo->stop();
}

QSet<SessionId> SocketDialects::openSessions() const
{
    return m_friends.book().openSessions() + m_devices.book().openSessions();
}

void SocketDialects::closeSession(const SessionId &session)
{
    m_friends.book().endSession(session);
    m_devices.book().endSession(session);
}

void SocketDialects::closePerson(PersonKey person)
{
    m_friends.book().endPerson(person);
    m_devices.book().endPerson(person);
}

} // namespace

std::unique_ptr<DialectAdapter> makeSocketDialects(const DialectContext &context)
{
    return std::make_unique<SocketDialects>(context);
}

} // namespace presently::net
