// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/commands.h"
#include "models/core/events.h"
#include "net/client/account.h"
#include "net/client/engineoptions.h"

#include <QObject>

#include <memory>

namespace presently::net {

//! \brief One account's way to a server that speaks `mtchat` and our additions: takes Commands,
//! gives Events, keeps the link.
//!
//! Move it to the network thread, then call its slots through queued connections only.
//! Errors:    a command that fails for good comes back as CommandFailedEvent, MessageFailedEvent or
//!            UploadFailedEvent. While the link is down messages wait; other commands fail.
//! Ownership: owns its sockets and timers; borrows \a clock, which must outlive it.
//! Threading: lives on the network thread; every value that goes in or out is copied.
class Engine : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Engine)

public:
    explicit Engine(const Clock &clock, EngineOptions options = {}, QObject *parent = nullptr);
    ~Engine() override;

public Q_SLOTS:
    //! Asks the server for a session, then goes on as `start`. Ends in exactly one of
    //! `credentialsChanged` and `signInFailed`.
    void signIn(
        const presently::net::Account &account, const QString &login, const QString &password);
    //! Goes online with \a credentials. A new start ends what was before.
    void start(
        const presently::net::Account &account, const presently::net::Credentials &credentials);
    void handle(const presently::Command &command);
    //! What the device says of itself; \a idleFor is since when nobody touched it.
    void setActivity(presently::ActivityState state, std::chrono::milliseconds idleFor = {});
    void networkChanged(); //!< a hint: tries now
    void aboutToSleep(); //!< says goodbye and closes; `woke` brings it back
    void woke();
    //! The answer to `refreshWanted`, under the lock of the shared entry: newer credentials are
    //! taken as they are, the same ones are refreshed.
    void refreshWith(const presently::net::Credentials &credentials);
    //! Says goodbye, then emits `finished`, within the close deadline.
    void quit();

Q_SIGNALS:
    void event(const presently::Event &event);
    //! To be stored: after a sign-in and after each rotation.
    void credentialsChanged(const presently::net::Credentials &credentials);
    void signInFailed(const presently::Error &error);
    //! The session is over and cannot be renewed: only the person can help.
    void signInNeeded(const presently::Error &error);
    void refreshWanted();
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace presently::net
