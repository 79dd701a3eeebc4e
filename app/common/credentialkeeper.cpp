// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/credentialkeeper.h"

#include "net/client/credentialstore.h"
#include "net/client/credentialstoreentry.h"

namespace presently::app {

namespace {

constexpr std::chrono::milliseconds LockRetryInterval{250};
constexpr int MaximumLockTries = 60;
//! No refresh takes longer: its own deadline is 20 s, and 5 s more are the keychain's.
constexpr std::chrono::seconds LongestRefresh{26};

} // namespace

CredentialKeeper::CredentialKeeper(
    net::CredentialStore &keychain, const QString &entry, const QString &lockFile, QObject *parent)
    : QObject(parent)
    , m_keychain(keychain)
    , m_entry(entry)
    , m_lock(lockFile)
{
    m_lockRetry.setSingleShot(true);
    m_lockRetry.setInterval(LockRetryInterval);
    connect(&m_lockRetry, &QTimer::timeout, this, &CredentialKeeper::tryLock);
    m_lockRelease.setSingleShot(true);
    m_lockRelease.setInterval(LongestRefresh);
    connect(&m_lockRelease, &QTimer::timeout, this, &CredentialKeeper::releaseLock);
}

CredentialKeeper::~CredentialKeeper()
{
    net::wipe(m_current);
}

void CredentialKeeper::load()
{
    m_keychain.read(m_entry, this, [this](Expected<QByteArray, Error> entry) {
        if (!entry) {
            Q_EMIT notLoaded(entry.error());
            return;
        }
        const auto credentials = net::credentialsFromEntry(*entry);
        net::wipe(*entry);
        if (!credentials) {
            // Nothing of ours is in it, so a sign-in may replace it.
            Q_EMIT notLoaded({ErrorCode::KeychainEntryNotFound, credentials.error().field,
                credentials.error().detail, {}});
            return;
        }
        take(*credentials);
        Q_EMIT loaded(m_current);
    });
}

void CredentialKeeper::keep(const net::Credentials &credentials)
{
    take(credentials);
    if (m_place == KeepCredentials::ThisSession) {
        releaseLock();
        Q_EMIT kept();
        return;
    }
    QByteArray entry = net::entryFromCredentials(m_current);
    m_keychain.write(m_entry, entry, this, [this](const Expected<void, Error> &result) {
        releaseLock();
        m_isEntryBehind = !result;
        if (result)
            Q_EMIT kept();
        else
            Q_EMIT notKept(result.error());
    });
    net::wipe(entry);
}

void CredentialKeeper::forget()
{
    net::wipe(m_current);
    releaseLock();
    if (m_place == KeepCredentials::ThisSession) {
        Q_EMIT forgotten();
        return;
    }
    m_keychain.remove(
        m_entry, this, [this](const Expected<void, Error> & /*result*/) { Q_EMIT forgotten(); });
}

void CredentialKeeper::askForRefresh()
{
    if (m_place == KeepCredentials::ThisSession) {
        allowRefresh();
        return;
    }
    m_lockTries = 0;
    tryLock();
}

void CredentialKeeper::releaseLock()
{
    m_lockRetry.stop();
    m_lockRelease.stop();
    m_lock.unlock();
}

void CredentialKeeper::tryLock()
{
    const bool isOurs = m_lock.isLocked() || m_lock.tryLock(0);
    const bool isTaken = !isOurs && m_lock.error() == QLockFile::LockFailedError;
    // Where no lock can be had (a full disk, a peer that hangs) it is better to go on without.
    if (isTaken && ++m_lockTries < MaximumLockTries)
        m_lockRetry.start();
    else
        readAgain();
}

void CredentialKeeper::readAgain()
{
    m_lockRelease.start();
    m_keychain.read(m_entry, this, [this](Expected<QByteArray, Error> entry) {
        if (entry) {
            const auto credentials = net::credentialsFromEntry(*entry);
            net::wipe(*entry);
            // A used token that could not be replaced looks like another program's new one.
            if (!m_isEntryBehind && credentials
                && credentials->refreshToken != m_current.refreshToken) {
                take(*credentials);
                releaseLock();
            }
        }
        allowRefresh();
    });
}

void CredentialKeeper::allowRefresh()
{
    Q_EMIT refreshAllowed(m_current);
}

void CredentialKeeper::take(const net::Credentials &credentials)
{
    if (&credentials == &m_current)
        return;
    net::wipe(m_current);
    m_current = credentials;
}

} // namespace presently::app
