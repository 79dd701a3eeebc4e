// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/conversationrows.h"
#include "models/storage/conversationtable.h"
#include "models/storage/statement.h"
#include "models/storage/textkey.h"

using namespace Qt::Literals::StringLiterals;

// A scope lets the viewer through unless one of its levels has values and shares none with them.
#define SCOPE_LETS_VIEWER_IN                                                                       \
    "EXISTS (SELECT 1 FROM access_scopes s WHERE s.conversation = c.conversation AND NOT EXISTS (" \
    "SELECT 1 FROM access_scope_values v WHERE v.scope = s.id AND NOT EXISTS ("                    \
    "SELECT 1 FROM access_scope_values w JOIN temp.viewer_scope u"                                 \
    " ON u.level = w.level AND u.value = w.value"                                                  \
    " WHERE w.scope = s.id AND w.level = v.level)))"
// $2 pattern or NULL; $3 and $4 object type and id, or NULL.
#define FILTERED                                                                                   \
    " AND ($2 IS NULL OR c.title_key LIKE $2 OR EXISTS (SELECT 1 FROM participants q"              \
    " WHERE q.conversation = c.conversation AND q.company_key LIKE $2))"                           \
    " AND ($3 IS NULL OR (c.object_type = $3 AND c.object_id = $4))"
#define NEWEST_FIRST " ORDER BY c.created_at DESC, c.conversation DESC LIMIT ? OFFSET ?"

namespace presently {
namespace {

// Longer patterns only make SQLite work harder.
constexpr qsizetype MaximumSearch = 200;

void bindFilter(Statement &select, PersonKey person, const ConversationFilter &filter)
{
    const QString part = textKey(filter.search.left(MaximumSearch));
    select.bind(person);
    select.bind(part.isEmpty() ? std::nullopt : std::optional(u'%' + part + u'%'));
    select.bind(filter.objectType).bind(filter.objectId.value_or(QString()));
}

void bindRange(Statement &select, const ConversationFilter &filter)
{
    select.bind(std::max(filter.limit, 0)).bind(std::max(filter.offset, 0));
}

Expected<void, Error> setViewer(SqlConnection &sql, const AccessScope &viewer)
{
    if (auto done = Statement(sql, "DELETE FROM temp.viewer_scope").run(); !done)
        return done;
    const QList<QStringList> levels{viewer.level0, viewer.level1, viewer.level2};
    for (int level = 0; level < levels.size(); ++level) {
        for (const QString &value : levels.at(level)) {
            Statement insert(
                sql, "INSERT OR IGNORE INTO temp.viewer_scope (level, value) VALUES (?, ?)");
            if (auto done = insert.bind(level).bind(value).run(); !done)
                return done;
        }
    }
    return {};
}

ConversationSummary readOwn(const Statement &row)
{
    ConversationSummary summary;
    summary.conversation = readConversation(row);
    summary.isParticipant = true;
    summary.unreadCount = static_cast<int>(row.integer(8));
    summary.isArchived = row.boolean(9);
    summary.isPinned = row.boolean(10);
    summary.notificationsEnabled = row.boolean(11);
    return summary;
}

ConversationSummary readJoinable(const Statement &row)
{
    ConversationSummary summary;
    summary.conversation = readConversation(row);
    summary.canJoin = true;
    return summary;
}

Expected<std::optional<MessagePreview>, Error> lastMessage(
    SqlConnection &sql, const ConversationId &conversation)
{
    Statement select(sql,
        "SELECT m.id, u.mtchat_id, coalesce(p.name, u.name), m.kind, m.content, m.sent_at"
        " FROM conversations c JOIN messages m USING (conversation)"
        " LEFT JOIN people u ON u.person = m.sender"
        " LEFT JOIN participants p ON p.conversation = m.conversation AND p.person = m.sender"
        " WHERE c.id = ? ORDER BY m.id DESC LIMIT 1");
    return select.bind(conversation).first([](const Statement &row) {
        return MessagePreview{MessageId{row.text(0)}, UserId{row.text(1)}, row.text(2),
            static_cast<MessageKind>(row.integer(3)), row.text(4), row.time(5)};
    });
}

Expected<QList<ParticipantName>, Error> names(
    SqlConnection &sql, const ConversationId &conversation)
{
    Statement select(sql,
        "SELECT p.person, u.mtchat_id, p.name, p.company FROM conversations c"
        " JOIN participants p USING (conversation) JOIN people u ON u.person = p.person"
        " WHERE c.id = ? ORDER BY p.joined_at, p.person");
    return select.bind(conversation).all([](const Statement &row) {
        return ParticipantName{
            row.person(0), UserId{row.text(1)}, row.text(2), row.optionalText(3)};
    });
}

Expected<void, Error> complete(SqlConnection &sql, ConversationSummary &summary)
{
    const auto people = names(sql, summary.conversation.id);
    if (!people)
        return Unexpected{people.error()};
    summary.participants = *people;
    summary.participantCount = static_cast<int>(people->size());
    const auto last = lastMessage(sql, summary.conversation.id);
    if (!last)
        return Unexpected{last.error()};
    if (*last)
        summary.lastMessageAt = (*last)->sentAt;
    // Whoever has not joined yet may know when, not what.
    if (summary.isParticipant)
        summary.lastMessage = *last;
    return {};
}

Expected<QList<ConversationSummary>, Error> completeAll(
    SqlConnection &sql, Expected<QList<ConversationSummary>, Error> summaries)
{
    if (!summaries)
        return summaries;
    for (ConversationSummary &summary : *summaries) {
        if (auto done = complete(sql, summary); !done)
            return Unexpected{done.error()};
    }
    return summaries;
}

} // namespace

Expected<QList<ConversationSummary>, Error> ConversationTable::participating(
    PersonKey person, const ConversationFilter &filter) const
{
    if (auto done = setViewer(m_sql, filter.scope.value_or(AccessScope())); !done)
        return Unexpected{done.error()};
    Statement select(m_sql,
        "SELECT " CONVERSATION_COLUMNS ", p.unread, p.archived, p.pinned, p.notify"
        " FROM participants p JOIN conversations c USING (conversation)"
        " WHERE p.person = $1" FILTERED " AND ($5 IS NULL OR p.archived = $5)"
        " AND ($6 = 0 OR NOT EXISTS"
        " (SELECT 1 FROM access_scopes a WHERE a.conversation = c.conversation)"
        " OR " SCOPE_LETS_VIEWER_IN ")" NEWEST_FIRST);
    bindFilter(select, person, filter);
    select.bind(filter.archived).bind(filter.scope.has_value());
    bindRange(select, filter);
    return completeAll(m_sql, select.all(readOwn));
}

Expected<QList<ConversationSummary>, Error> ConversationTable::available(
    PersonKey person, const ConversationFilter &filter) const
{
    if (!filter.scope)
        return QList<ConversationSummary>();
    if (auto done = setViewer(m_sql, *filter.scope); !done)
        return Unexpected{done.error()};
    Statement select(m_sql,
        "SELECT " CONVERSATION_COLUMNS " FROM conversations c WHERE NOT EXISTS"
        " (SELECT 1 FROM participants p WHERE p.conversation = c.conversation AND p.person = "
        "$1)" FILTERED " AND " SCOPE_LETS_VIEWER_IN NEWEST_FIRST);
    bindFilter(select, person, filter);
    bindRange(select, filter);
    return completeAll(m_sql, select.all(readJoinable));
}

Expected<ConversationAccess, Error> ConversationTable::access(
    PersonKey person, const ConversationId &id, const std::optional<AccessScope> &scope) const
{
    if (auto done = setViewer(m_sql, scope.value_or(AccessScope())); !done)
        return Unexpected{done.error()};
    Statement select(m_sql,
        "SELECT EXISTS (SELECT 1 FROM participants p"
        " WHERE p.conversation = c.conversation AND p.person = $1),"
        " $2 AND " SCOPE_LETS_VIEWER_IN " FROM conversations c WHERE c.id = $3");
    select.bind(person).bind(scope.has_value()).bind(id);
    const auto found = select.first([](const Statement &row) {
        return row.boolean(0) ? ConversationAccess::Participant
            : row.boolean(1)  ? ConversationAccess::Scope
                              : ConversationAccess::None;
    });
    if (!found)
        return Unexpected{found.error()};
    if (!*found)
        return Unexpected{unknownConversation()};
    return **found;
}

Expected<ConversationSummary, Error> ConversationTable::summary(
    PersonKey person, const ConversationId &id, const std::optional<AccessScope> &scope) const
{
    const auto allowed = access(person, id, scope);
    if (!allowed)
        return Unexpected{allowed.error()};
    if (*allowed == ConversationAccess::None)
        return Unexpected{unknownConversation()};
    Statement select(m_sql,
        "SELECT " CONVERSATION_COLUMNS ", p.unread, p.archived, p.pinned, p.notify"
        " FROM conversations c LEFT JOIN participants p"
        " ON p.conversation = c.conversation AND p.person = ? WHERE c.id = ?");
    auto found = select.bind(person).bind(id).first(
        *allowed == ConversationAccess::Participant ? readOwn : readJoinable);
    if (!found)
        return Unexpected{found.error()};
    if (!*found)
        return Unexpected{unknownConversation()};
    if (auto done = complete(m_sql, **found); !done)
        return Unexpected{done.error()};
    return **found;
}

} // namespace presently
