// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/credentialstorememory.h"

#include "net/client/credentialstoreentry.h"

#include <QMetaObject>
#include <QObject>

#include <utility>

namespace presently::net {

MemoryCredentialStore::~MemoryCredentialStore()
{
    for (QByteArray &secret : m_secrets)
        wipe(secret);
}

void MemoryCredentialStore::read(const QString &entry, QObject *context, ReadHandler done)
{
    Expected<QByteArray, Error> result
        = Unexpected{Error{ErrorCode::KeychainEntryNotFound, {}, {}, {}}};
    if (const auto found = m_secrets.constFind(entry); found != m_secrets.constEnd())
        result = QByteArray(found->constData(), found->size());
    QMetaObject::invokeMethod(
        context,
        [done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); },
        Qt::QueuedConnection);
}

void MemoryCredentialStore::write(
    const QString &entry, const QByteArray &secret, QObject *context, DoneHandler done)
{
    QByteArray &kept = m_secrets[entry];
    wipe(kept);
    // A deep copy: the caller wipes its own bytes, and shared ones would be wiped under us.
    kept = QByteArray(secret.constData(), secret.size());
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
}

void MemoryCredentialStore::remove(const QString &entry, QObject *context, DoneHandler done)
{
    QByteArray secret = m_secrets.take(entry);
    wipe(secret);
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
}

} // namespace presently::net
