// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/presence/presencechange.h"
#include "models/storage/sessiontable.h"
#include "net/server/frametap.h"
#include "net/server/serveroptions.h"
#include "net/wire/http/response.h"
#include "net/wire/mtchat/restpeople.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace presently {
class ServerDatabase;
}

namespace presently::net {

class Broadcaster;
class Hub;
class PresenceService;
struct HttpRequest;

//! \brief The whole server: REST and WebSocket on one port, over one database.
//!
//! Units:     see ServerOptions.
//! Errors:    start() says which option, file or port it stumbled over; after that nothing stops it
//!            but stop().
//! Ownership: borrows \a database and \a clock, which must outlive it.
//! Threading: one thread with an event loop; only password hashes are made elsewhere.
class Server : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Server)

public:
    Server(ServerOptions options, ServerDatabase &database, const Clock &clock,
        QObject *parent = nullptr);
    //! Ends at once, without goodbyes.
    ~Server() override;

    //! Returns the port.
    [[nodiscard]] Expected<quint16, Error> start();
    //! Says goodbye to everybody with a time to come back, writes down what outlives a restart, and
    //! emits stopped() when the last connection has gone.
    void stop();

    [[nodiscard]] quint16 port() const;
    //! 0: gRPC is off.
    [[nodiscard]] quint16 grpcPort() const;
    //! "http://127.0.0.1:8080", without a path.
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const ServerOptions &options() const;

    //! \name For those who start it: the program, tests, personas
    //! @{
    //! A plain password that becomes a hash at its first use.
    void setInitialPassword(PersonKey person, const QString &password);
    //! Signs a device in without a password; its access token lives for \a lifetime.
    [[nodiscard]] Expected<mtchat::SessionGrant, Error> grantSession(
        PersonKey person, const DeviceInfo &device, Milliseconds lifetime);
    //! Signs the tokens, in place of a secret of its own, so that those of an earlier server stay good.
    //! Before start(), and only for a server that keeps nothing.
    void setTokenSecret(const QByteArray &secret);
    //! What sockets are timed by, where that is not the clock of everything else: peers live in real
    //! time. Borrowed; before start().
    void setTransportClock(const Clock &clock);
    //! When runDeadlines() has something to do again, by the clock of everything else; none: never.
    [[nodiscard]] std::optional<SteadyTime> nextDeadline();
    //! Runs what is due by the clock. The own timer does it; a test does it after moving its clock.
    void runDeadlines();
    //! Sees each frame of each WebSocket, with whose it is.
    void setFrameTap(ServerFrameTap tap);
    //! What is true of somebody, undisguised.
    [[nodiscard]] PresenceExplanation explain(PersonKey person) const;
    [[nodiscard]] Hub &hub();
    //! Through which everything that changes the database outside of the routes must be told.
    [[nodiscard]] Broadcaster &broadcaster();
    [[nodiscard]] PresenceService &presence();
    //! Answers \a request as if it had come through the port.
    void handle(HttpRequest request, std::function<void(HttpResponse)> done);
    //! @}

Q_SIGNALS:
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace presently::net
