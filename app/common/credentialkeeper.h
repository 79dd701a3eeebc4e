// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/client/account.h"

#include <QLockFile>
#include <QObject>
#include <QTimer>

namespace presently::net {
class CredentialStore;
}

namespace presently::app {

//! Where the credentials of a sign-in rest.
enum class KeepCredentials { InKeychain, ThisSession };

//! \brief The credentials of one account while the program runs: read at start, kept after each
//! change, and renewed by one program at a time.
//!
//! A refresh token works once, and the desktop and the terminal client share it. So a refresh
//! takes the profile's lock, reads the entry again, and holds the lock until the new one is kept.
//!
//! Ownership: borrows \a keychain, which must outlive it; wipes its own bytes.
//! Threading: the window's thread; never waits.
class CredentialKeeper : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CredentialKeeper)

public:
    CredentialKeeper(net::CredentialStore &keychain, const QString &entry, const QString &lockFile,
        QObject *parent = nullptr);
    ~CredentialKeeper() override;

    void setPlace(KeepCredentials place) { m_place = place; }
    [[nodiscard]] KeepCredentials place() const { return m_place; }

    //! Reads the keychain; ends in `loaded` or `notLoaded`.
    void load();
    //! Ends in `kept` or `notKept`; after the second they rest in memory.
    void keep(const net::Credentials &credentials);
    //! Removes the entry and the copy in memory; ends in `forgotten`.
    void forget();
    //! Before a refresh; ends in `refreshAllowed` with what to refresh with, or what somebody else
    //! has renewed meanwhile.
    void askForRefresh();
    //! The refresh led nowhere.
    void releaseLock();

Q_SIGNALS:
    void loaded(const presently::net::Credentials &credentials);
    void notLoaded(const presently::Error &error);
    void kept();
    void notKept(const presently::Error &error);
    void forgotten();
    void refreshAllowed(const presently::net::Credentials &credentials);

private:
    void tryLock();
    void readAgain();
    void allowRefresh();
    void take(const net::Credentials &credentials);

    net::CredentialStore &m_keychain;
    const QString m_entry;
    KeepCredentials m_place = KeepCredentials::InKeychain;
    net::Credentials m_current;
    bool m_isEntryBehind = false; //!< the keychain did not take the last ones
    QLockFile m_lock;
    QTimer m_lockRetry;
    QTimer m_lockRelease;
    int m_lockTries = 0;
};

} // namespace presently::app
