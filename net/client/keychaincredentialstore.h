// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/credentialstore.h"

#include <QObject>

#include <chrono>
#include <deque>
#include <memory>

namespace QKeychain {
class Job;
}

namespace presently::net {

class KeychainServiceProbe;

//! \brief Secrets in the system's keychain, through QtKeychain.
//!
//! Operations run one after the other, each with a deadline of its own: a secret service that
//! hangs would otherwise hold us for fifty seconds. An operation that misses its deadline answers
//! KeychainTimeout; if it was still waiting for its turn it will never run.
//!
//! Units:     the deadline is in milliseconds and counts from the call.
//! Threading: the thread that made it; it must run Qt's own event loop.
class KeychainCredentialStore final : public QObject, public CredentialStore
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeychainCredentialStore)

public:
    //! \a service is what the keychain's own window shows: the name of the product.
    explicit KeychainCredentialStore(const QString &service,
        std::chrono::milliseconds deadline = std::chrono::milliseconds(4500),
        QObject *parent = nullptr);
    ~KeychainCredentialStore() override;

    void read(const QString &entry, QObject *context, ReadHandler done) override;
    void write(const QString &entry, const QByteArray &secret, QObject *context,
        DoneHandler done) override;
    void remove(const QString &entry, QObject *context, DoneHandler done) override;

private:
    struct Operation;

    void enqueue(std::shared_ptr<Operation> operation);
    void startNext();
    void onJobFinished(const std::shared_ptr<Operation> &operation, QKeychain::Job *job);
    void explainFailure(
        const std::shared_ptr<Operation> &operation, ErrorCode found, const QString &detail);

    const QString m_service;
    const std::chrono::milliseconds m_deadline;
    std::deque<std::shared_ptr<Operation>> m_waiting;
    std::shared_ptr<Operation> m_running;
    std::unique_ptr<KeychainServiceProbe> m_probe;
};

} // namespace presently::net
