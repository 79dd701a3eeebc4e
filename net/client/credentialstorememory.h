// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/credentialstore.h"

#include <QHash>

namespace presently::net {

//! \brief Secrets for this session only: what a person chooses who has no keychain.
//!
//! Ownership: wipes each secret when it is replaced, removed, or the store goes.
class MemoryCredentialStore final : public CredentialStore
{
public:
    MemoryCredentialStore() = default;
    ~MemoryCredentialStore() override;

    void read(const QString &entry, QObject *context, ReadHandler done) override;
    void write(const QString &entry, const QByteArray &secret, QObject *context,
        DoneHandler done) override;
    void remove(const QString &entry, QObject *context, DoneHandler done) override;

private:
    QHash<QString, QByteArray> m_secrets;
};

} // namespace presently::net
