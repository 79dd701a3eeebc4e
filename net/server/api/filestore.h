// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QString>

#include <optional>

namespace presently::net {

//! \brief The files of conversations on disk, by key.
//!
//! Errors:    StorageFailed when the disk would not.
//! Ownership: none; the directory stays when this goes.
//! Threading: the server's thread.
class FileStore
{
public:
    explicit FileStore(const QString &directory)
        : m_directory(directory)
    {
    }

    //! Makes the directories, and forgets uploads that never ended; once, before the first comes.
    void prepare() const;

    //! Where bodies are streamed to, on the same disk as what is kept.
    [[nodiscard]] QString incomingDirectory() const;

    //! A new key for a file of \a conversation that ends as \a fileName does.
    [[nodiscard]] static QString makeKey(
        const ConversationId &conversation, const QString &fileName);
    //! Whether \a key is one that makeKey() could have made for \a conversation.
    [[nodiscard]] static bool isKeyOf(const ConversationId &conversation, const QString &key);

    //! Takes over \a bodyFile. A file that is there already stays: nobody swaps what others saw.
    [[nodiscard]] Expected<void, Error> keep(const QString &key, const QString &bodyFile);
    //! Bytes; none: there is no such file.
    [[nodiscard]] std::optional<qint64> sizeOf(const QString &key) const;
    [[nodiscard]] QString pathOf(const QString &key) const;
    //! Removing what is not there is no error.
    void remove(const QString &key);
    void removeAll(const ConversationId &conversation);

private:
    QString m_directory;
};

//! Whether files of this type are taken; no type at all is.
[[nodiscard]] bool isAllowedContentType(const QString &contentType);

} // namespace presently::net
