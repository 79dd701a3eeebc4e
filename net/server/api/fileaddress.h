// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/apicontext.h"

#include <QByteArray>
#include <QString>

namespace presently::net {

//! \brief What one signed address of a file allows.
struct FileGrant {
    enum class Action { Put, Get };
    Action action = Action::Get;
    QString key; //!< "dialogs/<conversation>/<file>"
    qint64 expiresAt = 0; //!< seconds since the epoch
    qint64 size = 0; //!< Put: the most that is taken, in bytes
    QString fileName; //!< Get: the name under which it is saved
    QString contentType; //!< Get
};

inline constexpr std::chrono::seconds UploadLifetime{300};
inline constexpr std::chrono::seconds DownloadLifetime{3600};

//! \brief Makes and checks addresses that let whoever holds them put or get one file for a while:
//! what the contract leaves to a store with presigned addresses.
//!
//! Errors:    none; an address that was changed, is too old, or was never made by us opens nothing.
//! Ownership: values only.
//! Threading: const functions from any thread.
class FileAddress
{
public:
    explicit FileAddress(const QByteArray &secret)
        : m_secret(secret)
    {
    }

    //! The address of \a grant on the server that \a request was sent to.
    [[nodiscard]] QString sign(
        const FileGrant &grant, const QString &publicUrl, const RequestHead &request) const;
    //! What \a head, whose path ends in \a key, is allowed at \a now.
    [[nodiscard]] std::optional<FileGrant> open(
        const RequestHead &head, const QString &key, WallTime now) const;

private:
    [[nodiscard]] QByteArray signature(const FileGrant &grant) const;

    QByteArray m_secret;
};

} // namespace presently::net
