// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/server/serveroptions.h"

#include <QByteArray>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace presently::net {

//! \brief Argon2id (libsodium) away from the event loop.
//!
//! Units:     cost as in AuthOptions.
//! Errors:    RateLimited when too many wait; Internal when memory for a hash is lacking.
//! Ownership: the destructor waits for the hashes that are being made; theirs are never delivered.
//! Threading: belongs to one thread and answers on it; hashing happens on threads of its own.
class PasswordHasher : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PasswordHasher)

public:
    using Hashed = std::function<void(Expected<QByteArray, Error>)>;
    using Verified = std::function<void(Expected<bool, Error>)>;

    explicit PasswordHasher(const AuthOptions &options, QObject *parent = nullptr);
    ~PasswordHasher() override;

    //! Calls \a done exactly once with the hash of \a password, unless \a context has gone by then.
    void hash(QByteArray password, QObject *context, Hashed done);
    //! Calls \a done with whether \a password made \a hash. An empty hash (nobody, or nobody who can
    //! sign in by password) costs the same work and never matches.
    void verify(const QByteArray &hash, QByteArray password, QObject *context, Verified done);

    //! For programs without an event loop: blocks for the time of one hash.
    [[nodiscard]] static Expected<QByteArray, Error> hashNow(
        const QByteArray &password, const AuthOptions &options);

private:
    [[nodiscard]] bool enter();

    AuthOptions m_options;
    QThreadPool m_pool;
    int m_waiting = 0;
};

} // namespace presently::net
