// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/message.h"

#include <QList>
#include <QString>

#include <optional>

namespace presently {

class SqlConnection;

//! \brief A file that goes with a message, as the server keeps it.
struct NewAttachment {
    QString storageKey; //!< "dialogs/<conversation>/<name>": where its bytes are
    QString fileName;
    QString contentType;
    qint64 size = 0; //!< bytes
};

//! \brief A stored file and where it belongs. `attachment.url` is empty: addresses are made when
//! asked for.
struct AttachmentRecord {
    Attachment attachment;
    QString storageKey;
    ConversationId conversation;
    MessageId message;
};

//! \brief A message to be stored.
struct NewMessage {
    ConversationId conversation;
    std::optional<PersonKey> sender; //!< none for a system message
    MessageKind kind = MessageKind::User;
    QString content; //!< HTML, already sanitised; JSON for a system message
    QString plainText; //!< what the search looks through
    std::optional<MessageId> replyTo;
    QList<NewAttachment> attachments;
    std::optional<IdempotencyKey> key;
    std::optional<MessageId> id; //!< none: made from `sentAt`; must sort by time
    WallTime sentAt;
};

//! \brief What came of storing a message.
struct StoredMessage {
    Message message;
    bool isNew = true; //!< false: this key was used before, and this is what it stored then
    QList<PersonKey> unarchivedFor; //!< whose archive it left
};

//! \brief An earlier text of an edited message.
struct MessageRevision {
    QString content;
    WallTime replacedAt;
};

//! \brief Which part of a conversation is asked for.
struct PageRequest {
    enum class Placement { Latest, Before, After, Around };
    Placement placement = Placement::Latest;
    MessageId anchor; //!< unless Latest; need not exist (any more)
    int limit = 50; //!< brought into 1 to MessageTable::MaximumPage
};

enum class ReadVisibility { Shown, Hidden };

//! \brief The messages of a server: stored once, read in pages, searched.
//!
//! Errors:    NotFound for an unknown message or conversation, Forbidden for somebody else's;
//!            InvalidField "reply_to" for a reply into another conversation; else as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class MessageTable
{
public:
    static constexpr int MaximumPage = 200;

    explicit MessageTable(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    //! Stores it, counts it as unread for the others (not a system message), marks the conversation
    //! as read for its sender and takes it out of everybody's archive. All or nothing.
    [[nodiscard]] Expected<StoredMessage, Error> add(const NewMessage &message);
    [[nodiscard]] Expected<Message, Error> find(
        const ConversationId &conversation, const MessageId &message) const;
    //! Only the sender may; the text before is kept as a revision.
    [[nodiscard]] Expected<Message, Error> edit(const ConversationId &conversation,
        const MessageId &message, PersonKey editor, const QString &content,
        const QString &plainText, WallTime now);
    //! Only the sender may. Replies to it and read pointers at it are empty afterwards. Returns the
    //! storage keys of its files, those left out that another message has too.
    [[nodiscard]] Expected<QStringList, Error> remove(
        const ConversationId &conversation, const MessageId &message, PersonKey remover);
    [[nodiscard]] Expected<QList<MessageRevision>, Error> revisions(const MessageId &message) const;

    //! Oldest first. \a reader is whose first unread message is told; none with Around.
    [[nodiscard]] Expected<MessagePage, Error> page(const ConversationId &conversation,
        const PageRequest &request, std::optional<PersonKey> reader) const;

    //! Nothing is unread any more, whichever message it is. Hidden keeps what others see as it was.
    [[nodiscard]] Expected<void, Error> markRead(const ConversationId &conversation,
        PersonKey person, const MessageId &message, ReadVisibility visibility);
    //! Shows others where this person has read to; the conversations in which that changed.
    [[nodiscard]] Expected<QList<std::pair<ConversationId, MessageId>>, Error> revealReads(
        PersonKey person);

    [[nodiscard]] Expected<AttachmentRecord, Error> attachment(const AttachmentId &id) const;

    //! Messages with all words of \a words, in the conversations of \a person; newest first.
    [[nodiscard]] Expected<QList<Message>, Error> search(
        PersonKey person, const QString &words, int limit) const;

private:
    SqlConnection &m_sql;
};

} // namespace presently
