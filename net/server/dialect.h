// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"
#include "net/server/listener/requesthandler.h"

#include <QSet>
#include <QStringList>

#include <functional>
#include <vector>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class Authenticator;
class DeadlineQueue;
class EventBroadcaster;
class Hub;
class PeopleDirectory;
class PresenceService;
class Router;
class SessionService;
struct ApiContext;
struct ServerOptions;

//! \brief A path at which WebSockets are taken, beside the one of mtchat.
struct UpgradeRoute {
    QStringList segments; //!< as HttpHead::segments
    std::function<WebSocketDecision(const RequestHead &head)> decide;
};
using UpgradeRoutes = std::vector<UpgradeRoute>;

//! \brief What the adapter of a dialect works with. Everything is borrowed and outlives it.
struct DialectContext {
    const ServerOptions &options;
    ServerDatabase &database;
    PeopleDirectory &people;
    PresenceService &presence; //!< leases and what others may see
    SessionService &sessions; //!< sign-in and tokens
    const Authenticator &authenticator;
    Hub &hub; //!< setIntent(), the one way to set a wish
    ApiContext &api;
    EventBroadcaster &events; //!< what is done to conversations, and who hears of it
    DeadlineQueue &deadlines; //!< with the clock
};

//! \brief One dialect of the server, from the outside.
//!
//! It makes, refreshes and ends leases, passes wishes on, and renders what comes of it; it keeps no
//! truth about anybody. See net/README.md, "Dialects".
//! Errors:    start() only.
//! Ownership: the server's; borrows what its context names.
//! Threading: the server's thread.
class DialectAdapter
{
public:
    virtual ~DialectAdapter() = default;

    virtual void addRoutes(Router &router, UpgradeRoutes &upgrades);
    //! Opens a listener of its own, where the dialect has one.
    [[nodiscard]] virtual Expected<void, Error> start();
    //! Of that listener; 0: there is none.
    [[nodiscard]] virtual quint16 ownPort() const;
    //! The server goes down: nobody is taken any more, and everybody is told.
    virtual void stop();
    //! The sign-ins that have a connection open.
    [[nodiscard]] virtual QSet<SessionId> openSessions() const;
    //! That sign-in has ended: its connections end, and its devices are gone.
    virtual void closeSession(const SessionId &session);
    //! That person is no more.
    virtual void closePerson(PersonKey person);
};

} // namespace presently::net
