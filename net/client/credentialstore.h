// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QString>

#include <functional>

class QObject;

namespace presently::net {

//! \brief Where secrets rest between two starts, one entry an account (see accountEntry()).
//!
//! Every call answers through its handler exactly once, never before the call has returned, and
//! not at all once \a context is gone.
//!
//! Errors:    KeychainAbsent, KeychainLocked, KeychainTimeout, KeychainEntryNotFound. Only the last
//!            one says that there is nothing: only after it may a sign-in write a new entry.
//! Ownership: copies what it is given; a handler owns the bytes it gets and wipes them.
//! Threading: the window's thread, which is where the system's keychains answer.
class CredentialStore
{
public:
    using ReadHandler = std::function<void(Expected<QByteArray, Error>)>;
    using DoneHandler = std::function<void(Expected<void, Error>)>;

    CredentialStore() = default;
    CredentialStore(const CredentialStore &) = delete;
    CredentialStore &operator=(const CredentialStore &) = delete;
    virtual ~CredentialStore() = default;

    virtual void read(const QString &entry, QObject *context, ReadHandler done) = 0;
    virtual void write(
        const QString &entry, const QByteArray &secret, QObject *context, DoneHandler done)
        = 0;
    //! Removing what is not there is done already, not an error.
    virtual void remove(const QString &entry, QObject *context, DoneHandler done) = 0;
};

} // namespace presently::net
