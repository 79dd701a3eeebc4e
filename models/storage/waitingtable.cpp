// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/waitingtable.h"

#include "models/storage/cacherows.h"
#include "models/storage/statement.h"

namespace presently {

Expected<void, Error> WaitingTable::set(Kind kind, const std::optional<Intent> &intent)
{
    if (!intent) {
        Statement statement(m_sql, "DELETE FROM own_intents WHERE kind = ?");
        return statement.bind(static_cast<int>(kind)).run();
    }
    Statement upsert(m_sql,
        "INSERT OR REPLACE INTO own_intents (kind, status, message, until) VALUES (?, ?, ?, ?)");
    upsert.bind(static_cast<int>(kind)).bind(static_cast<int>(intent->status));
    return upsert.bind(intent->customMessage).bind(intent->until).run();
}

Expected<std::optional<Intent>, Error> WaitingTable::find(Kind kind) const
{
    Statement select(m_sql, "SELECT status, message, until FROM own_intents WHERE kind = ?");
    return select.bind(static_cast<int>(kind)).first([](const Statement &row) {
        Intent intent;
        intent.status = storedEnum(row.integer(0), IntentStatus::Invisible, IntentStatus::Auto);
        intent.customMessage = row.text(1);
        intent.until = row.optionalTime(2);
        return intent;
    });
}

Expected<void, Error> WaitingTable::setIntent(const std::optional<Intent> &intent)
{
    return set(Kind::Waiting, intent);
}

Expected<void, Error> WaitingTable::setIntentAfter(const std::optional<Intent> &intent)
{
    return set(Kind::After, intent);
}

Expected<void, Error> WaitingTable::settleIntent(const Intent &intent)
{
    const auto waiting = find(Kind::Waiting);
    if (!waiting)
        return Unexpected{waiting.error()};
    return *waiting == intent ? setIntent(std::nullopt) : Expected<void, Error>();
}

Expected<void, Error> WaitingTable::putRead(const MarkReadCommand &read)
{
    Statement upsert(
        m_sql, "INSERT OR REPLACE INTO waiting_reads (conversation, last_read) VALUES (?, ?)");
    return upsert.bind(read.conversation).bind(read.lastRead).run();
}

Expected<void, Error> WaitingTable::removeRead(const ConversationId &conversation)
{
    Statement statement(m_sql, "DELETE FROM waiting_reads WHERE conversation = ?");
    return statement.bind(conversation).run();
}

Expected<void, Error> WaitingTable::removeReadUpTo(
    const ConversationId &conversation, const MessageId &lastRead)
{
    Statement statement(
        m_sql, "DELETE FROM waiting_reads WHERE conversation = ? AND last_read <= ?");
    return statement.bind(conversation).bind(lastRead).run();
}

Expected<WaitingChoices, Error> WaitingTable::all() const
{
    const auto intent = find(Kind::Waiting);
    const auto after = find(Kind::After);
    if (!intent || !after)
        return Unexpected{!intent ? intent.error() : after.error()};
    Statement select(m_sql, "SELECT conversation, last_read FROM waiting_reads");
    auto reads = select.all([](const Statement &row) {
        return MarkReadCommand{ConversationId{row.text(0)}, MessageId{row.text(1)}};
    });
    if (!reads)
        return Unexpected{reads.error()};
    return WaitingChoices{*intent, *after, std::move(reads).value()};
}

Expected<void, Error> WaitingTable::put(const WaitingChoices &choices)
{
    if (auto done = setIntent(choices.intent); !done)
        return done;
    for (const MarkReadCommand &read : choices.reads) {
        if (auto done = putRead(read); !done)
            return done;
    }
    return setIntentAfter(choices.intentAfter);
}

Expected<void, Error> WaitingTable::clear()
{
    if (auto done = Statement(m_sql, "DELETE FROM own_intents").run(); !done)
        return done;
    return Statement(m_sql, "DELETE FROM waiting_reads").run();
}

} // namespace presently
