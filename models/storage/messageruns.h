// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/core/expected.h"

#include <QList>
#include <QSet>

namespace presently {

class SqlConnection;

//! \brief The newest messages of each conversation: one run without a gap, bounded.
//!
//! A live message joins the run only while the run is known to reach the newest message, that is
//! from a latest page on until the link is lost. A page that does not join the run replaces it when
//! it is the latest, and is not kept otherwise.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class MessageRuns
{
public:
    MessageRuns(SqlConnection &connection, int limit)
        : m_sql(connection)
        , m_limit(limit)
    {
    }

    [[nodiscard]] Expected<void, Error> apply(const MessagePageEvent &event);
    [[nodiscard]] Expected<void, Error> add(const Message &message);
    [[nodiscard]] Expected<void, Error> edit(const Message &message);
    [[nodiscard]] Expected<void, Error> remove(
        const ConversationId &conversation, const MessageId &message);
    //! Messages may have been missed: nothing joins a run before its next page.
    void linkLost();

    //! The newest \a limit messages, oldest first; `hasMoreAfter` is set, as newer ones may exist.
    [[nodiscard]] Expected<MessagePage, Error> newest(
        const ConversationId &conversation, int limit) const;
    [[nodiscard]] Expected<QList<Message>, Error> before(
        const ConversationId &conversation, const MessageId &anchor, int limit) const;

private:
    struct Bounds {
        MessageId first;
        MessageId last;
        int count = 0;
    };
    enum class Joining { Merge, Replace, Ignore };

    [[nodiscard]] Expected<Bounds, Error> bounds(const ConversationId &conversation) const;
    [[nodiscard]] Joining joining(const Bounds &run, const MessagePageEvent &event);
    [[nodiscard]] Expected<void, Error> clear(
        const ConversationId &conversation, const MessageId &first, const MessageId &last);
    [[nodiscard]] Expected<void, Error> insert(const Message &message);
    [[nodiscard]] Expected<void, Error> setMoreBefore(
        const ConversationId &conversation, bool hasMore);
    [[nodiscard]] Expected<void, Error> trim(const ConversationId &conversation);

    SqlConnection &m_sql;
    int m_limit;
    QSet<ConversationId> m_live; //!< runs that reach the newest message
    QSet<ConversationId> m_elsewhere; //!< whose pages now belong to another part of the history
};

} // namespace presently
