// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/commands.h"
#include "models/core/expected.h"

#include <QList>

#include <optional>

namespace presently {

class SqlConnection;

//! \brief What the person chose and the server does not know yet, and what a timed choice returns
//! to.
struct WaitingChoices {
    std::optional<Intent> intent;
    std::optional<Intent> intentAfter; //!< of the newest intent, said or not
    QList<MarkReadCommand> reads; //!< one a conversation
};

//! \brief Choices on their way to the server: only the newest of each is kept.
//!
//! Errors:    as SqlConnection.
//! Ownership: borrows the connection.
//! Threading: the connection's thread.
class WaitingTable
{
public:
    explicit WaitingTable(SqlConnection &connection)
        : m_sql(connection)
    {
    }

    //! None: it has been said, or refused.
    [[nodiscard]] Expected<void, Error> setIntent(const std::optional<Intent> &intent);
    [[nodiscard]] Expected<void, Error> setIntentAfter(const std::optional<Intent> &intent);
    [[nodiscard]] Expected<void, Error> putRead(const MarkReadCommand &read);
    [[nodiscard]] Expected<void, Error> removeRead(const ConversationId &conversation);
    //! Only when it reaches no further than \a lastRead.
    [[nodiscard]] Expected<void, Error> removeReadUpTo(
        const ConversationId &conversation, const MessageId &lastRead);
    //! The server has \a intent: it waits no longer.
    [[nodiscard]] Expected<void, Error> settleIntent(const Intent &intent);

    [[nodiscard]] Expected<WaitingChoices, Error> all() const;
    [[nodiscard]] Expected<void, Error> put(const WaitingChoices &choices);
    [[nodiscard]] Expected<void, Error> clear();

private:
    enum class Kind { Waiting, After };
    [[nodiscard]] Expected<void, Error> set(Kind kind, const std::optional<Intent> &intent);
    [[nodiscard]] Expected<std::optional<Intent>, Error> find(Kind kind) const;

    SqlConnection &m_sql;
};

} // namespace presently
