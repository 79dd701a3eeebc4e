// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/cacheworker.h"
#include "app/common/credentialkeeper.h"
#include "app/common/eventrelay.h"
#include "app/common/profile.h"
#include "models/core/commands.h"
#include "models/core/events.h"
#include "models/store/session.h"
#include "net/client/account.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <functional>

namespace presently::net {
class Engine;
}

namespace presently::app {

//! \brief Which account runs, and as what.
struct RuntimeOptions {
    Account account;
    DeviceId device;
    DeviceType deviceType = DeviceType::Desktop;
    QString cacheFile;
    QString credentialLockFile;
};

//! \brief One account at work: the network thread with its engine, the storage thread with the
//! cache, and the Session on the window's thread, with everything that passes between them.
//!
//!     Session -- Command --> [outbox and choices on disk first] --> Engine
//!     Engine  -- Event ----> Session, and the cache
//!
//! The cache is replayed into the Session before the network says its first word. Whoever makes it
//! calls start... or signIn once, and quit() at the end.
//!
//! Errors:    told by signals with an Error; words are made from it in `ui/common`.
//! Ownership: owns Session, threads, engine and cache; borrows \a keychain and \a clock, which must
//!            outlive it.
//! Threading: the window's thread; no call waits. Only the destructor waits for the two threads,
//!            and after `finished` they have nothing left to do.
class ClientRuntime : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientRuntime)

public:
    ClientRuntime(const RuntimeOptions &options, net::CredentialStore &keychain, const Clock &clock,
        QObject *parent = nullptr);
    ~ClientRuntime() override;

    [[nodiscard]] Session &session() { return m_session; }
    [[nodiscard]] const Session &session() const { return m_session; }
    [[nodiscard]] const Account &account() const { return m_options.account; }
    [[nodiscard]] bool isCacheRestored() const { return m_isCacheRestored; }

    //! Goes online with what the keychain has; without it `signInNeeded` says so.
    void startFromKeychain();
    //! Goes online with an access token that is kept nowhere.
    void startWithToken(const QByteArray &token);
    void signIn(const QString &password, KeepCredentials keep);
    //! The answer to `credentialsNotKept`: go on without the keychain.
    void keepForThisSession();
    //! Ends the session at the server and forgets its credentials and cache.
    void signOut();

    void setActivity(ActivityState state, std::chrono::milliseconds idleFor = {});
    void networkChanged();
    void aboutToSleep();
    void woke();

    //! Says goodbye and writes what is left; `finished` comes within a second.
    void quit();

Q_SIGNALS:
    //! What the disk knew is in the Session.
    void cacheRestored();
    //! The server's own words on who there is, and on who is there; `isComplete` false while it has
    //! not heard of everybody yet.
    void rosterReceived();
    void presenceReceived(bool isComplete);
    //! Only the person can help. KeychainEntryNotFound: nobody has signed in here yet. Any other
    //! keychain code: an entry may exist that must not be overwritten.
    void signInNeeded(const presently::Error &error);
    //! After signIn(): the server took us, and the credentials are where they were wanted.
    void signedIn();
    void signInFailed(const presently::Error &error);
    //! After signIn(), instead of `signedIn`: ask the person, then keepForThisSession() or
    //! signOut(). Also after a renewal; then it is news and no question.
    void credentialsNotKept(const presently::Error &error);
    void signedOut();
    //! \a setAsidePath: where a damaged cache was put, or empty.
    void storageTroubled(const presently::Error &error, const QString &setAsidePath);
    void finished();

private:
    void startThreads();
    void connectEngine();
    void connectCredentials();
    template <typename Call>
    void onEngine(Call call);
    template <typename Call>
    void onCache(Call call);
    [[nodiscard]] net::Account engineAccount() const;
    void carry(const Command &command);
    void onEvent(const Event &event);
    void onCacheOpened(const CachedState &state);
    void restoreChoices(const CachedState &state);
    void sayWaitingReads();
    void onNotLoaded(const Error &error);
    void whenCacheRestored(std::function<void()> then);
    void send(const OutgoingMessage &message);
    void finish();
    [[nodiscard]] bool isOnline() const { return m_session.link().state == LinkState::Online; }

    const RuntimeOptions m_options;
    Session m_session;
    CredentialKeeper m_keeper;
    QThread m_networkThread;
    QThread m_storageThread;
    EventRelay m_relay; //!< outlives the engine, whose thread pushes into it
    net::Engine *m_engine; //!< lives and dies on the network thread
    CacheWorker *m_cache; //!< lives and dies on the storage thread
    QTimer m_quitDeadline;
    std::optional<WallTime> m_presenceAsOf; //!< until the first link
    QList<MarkReadCommand> m_waitingReads; //!< from disk, until the server has told its list
    bool m_isCacheRestored = false;
    bool m_isSigningIn = false;
    bool m_isFinished = false;
};

} // namespace presently::app
