// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/conversationtable.h"

#include "models/core/uuid.h"
#include "models/storage/conversationrows.h"
#include "models/storage/statement.h"
#include "models/storage/textkey.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

// A scope as a set, to compare it with another.
QList<QStringList> asSets(const AccessScope &scope)
{
    QList<QStringList> levels{scope.level0, scope.level1, scope.level2};
    for (QStringList &level : levels) {
        level.sort();
        level.removeDuplicates();
    }
    return levels;
}

QList<QList<QStringList>> asSets(const QList<AccessScope> &scopes)
{
    QList<QList<QStringList>> sets;
    for (const AccessScope &scope : scopes)
        sets.append(asSets(scope));
    std::ranges::sort(sets);
    return sets;
}

QList<AccessScope> withoutIds(const QList<AccessScopeRecord> &records)
{
    QList<AccessScope> scopes;
    for (const AccessScopeRecord &record : records)
        scopes.append(record.scope);
    return scopes;
}

Expected<void, Error> addScopeLevel(
    SqlConnection &sql, const QString &scope, int level, const QStringList &values)
{
    for (int position = 0; position < values.size(); ++position) {
        Statement insert(sql,
            "INSERT INTO access_scope_values (scope, level, position, value) VALUES (?, ?, ?, ?)");
        insert.bind(scope).bind(level).bind(position).bind(values.at(position));
        if (auto done = insert.run(); !done)
            return done;
    }
    return {};
}

Expected<void, Error> addScope(SqlConnection &sql, const ConversationId &conversation,
    const AccessScope &scope, int position, WallTime now)
{
    const QString id = makeUuidV7(now);
    Statement insert(sql,
        "INSERT INTO access_scopes (id, conversation, position, created_at)"
        " SELECT ?, conversation, ?, ? FROM conversations WHERE id = ?");
    if (auto done = insert.bind(id).bind(position).bind(now).bind(conversation).run(); !done)
        return done;
    if (insert.changedRows() == 0)
        return Unexpected{unknownConversation()};
    const QList<QStringList> levels{scope.level0, scope.level1, scope.level2};
    for (int level = 0; level < levels.size(); ++level) {
        if (auto done = addScopeLevel(sql, id, level, levels.at(level)); !done)
            return done;
    }
    return {};
}

Expected<void, Error> readScopeValues(SqlConnection &sql, AccessScopeRecord &record)
{
    Statement select(sql,
        "SELECT level, value FROM access_scope_values WHERE scope = ? ORDER BY level, position");
    const auto values = select.bind(record.id).all(
        [](const Statement &row) { return std::pair(row.integer(0), row.text(1)); });
    if (!values)
        return Unexpected{values.error()};
    for (const auto &[level, value] : *values) {
        QStringList &list = level == 0 ? record.scope.level0
            : level == 1               ? record.scope.level1
                                       : record.scope.level2;
        list.append(value);
    }
    return {};
}

Expected<void, Error> insertConversation(
    SqlConnection &sql, const ConversationId &id, const NewConversation &made, WallTime now)
{
    Statement insert(sql,
        "INSERT INTO conversations (id, object_type, object_id, title, title_key, object_url,"
        " created_by, created_at, meta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(id).bind(made.objectType).bind(made.objectId).bind(made.title);
    insert.bind(textKey(made.title.value_or(QString()))).bind(made.objectUrl);
    insert.bind(made.createdBy).bind(now);
    insert.bind(made.meta ? std::optional(QString::fromUtf8(*made.meta)) : std::nullopt);
    return insert.run();
}

} // namespace

ConversationRecord readConversation(const Statement &row)
{
    ConversationRecord record;
    record.id = ConversationId{row.text(0)};
    record.objectType = row.text(1);
    record.objectId = row.text(2);
    record.title = row.optionalText(3);
    record.objectUrl = row.optionalText(4);
    record.createdBy = row.optionalId<UserId>(5);
    record.createdAt = row.time(6);
    if (const auto meta = row.optionalText(7))
        record.meta = meta->toUtf8();
    return record;
}

Error unknownConversation()
{
    return {ErrorCode::NotFound, u"conversation"_s, {}, {}};
}

Expected<ConversationRecord, Error> ConversationTable::add(
    const NewConversation &conversation, WallTime now)
{
    Transaction transaction(m_sql);
    const ConversationId id = conversation.id.value_or(ConversationId{makeUuidV7(now)});
    if (auto done = insertConversation(m_sql, id, conversation, now); !done)
        return Unexpected{done.error()};
    for (const NewParticipant &participant : conversation.participants) {
        if (auto done = addParticipant(id, participant, UnreadAtJoin::None, now); !done)
            return Unexpected{done.error()};
    }
    if (auto done = setScopes(id, conversation.scopes, now); !done)
        return Unexpected{done.error()};
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return find(id);
}

Expected<std::pair<ConversationRecord, bool>, Error> ConversationTable::ensureDirect(
    PersonKey starter, PersonKey other, WallTime now, const std::optional<ConversationId> &id)
{
    if (starter == other)
        return Unexpected{Error{ErrorCode::InvalidField, u"participants"_s, u"two people"_s, {}}};
    Transaction transaction(m_sql);
    auto known = findDirect(starter, other);
    if (!known)
        return Unexpected{known.error()};
    const bool made = !*known;
    if (made) {
        NewConversation conversation;
        conversation.id = id.value_or(ConversationId{makeUuidV7(now)});
        conversation.objectType = u"direct"_s;
        conversation.objectId = conversation.id->value;
        auto added = add(conversation, now);
        if (!added)
            return Unexpected{added.error()};
        Statement insert(m_sql,
            "INSERT INTO direct_conversations (lower, higher, conversation)"
            " SELECT min($1, $2), max($1, $2), conversation FROM conversations WHERE id = $3");
        if (auto done = insert.bind(starter).bind(other).bind(added->id).run(); !done)
            return Unexpected{done.error()};
        Statement creator(m_sql,
            "UPDATE conversations SET created_by ="
            " (SELECT mtchat_id FROM people WHERE person = ?) WHERE id = ?");
        if (auto done = creator.bind(starter).bind(added->id).run(); !done)
            return Unexpected{done.error()};
        known = find(added->id).and_then([](const ConversationRecord &record) {
            return Expected<std::optional<ConversationRecord>, Error>(record);
        });
        if (!known)
            return Unexpected{known.error()};
    }
    // Who had left comes back.
    for (const PersonKey person : {starter, other}) {
        NewParticipant participant;
        participant.person = person;
        if (auto done = addParticipant((*known)->id, participant, UnreadAtJoin::None, now); !done)
            return Unexpected{done.error()};
    }
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return std::pair(**known, made);
}

Expected<std::optional<ConversationRecord>, Error> ConversationTable::findDirect(
    PersonKey person, PersonKey other) const
{
    Statement select(m_sql,
        SELECT_CONVERSATIONS " WHERE c.conversation = (SELECT conversation FROM"
                             " direct_conversations WHERE lower = min($1, $2)"
                             " AND higher = max($1, $2))");
    return select.bind(person).bind(other).first(readConversation);
}

Expected<ConversationRecord, Error> ConversationTable::find(const ConversationId &id) const
{
    Statement select(m_sql, SELECT_CONVERSATIONS " WHERE c.id = ?");
    const auto found = select.bind(id).first(readConversation);
    if (!found)
        return Unexpected{found.error()};
    if (!*found)
        return Unexpected{unknownConversation()};
    return **found;
}

Expected<std::optional<ConversationRecord>, Error> ConversationTable::findByObject(
    const QString &objectType, const QString &objectId,
    const std::optional<QList<AccessScope>> &wanted) const
{
    Statement select(m_sql,
        SELECT_CONVERSATIONS " WHERE c.object_type = ? AND c.object_id = ?"
                             " ORDER BY c.created_at DESC, c.conversation DESC");
    const auto found = select.bind(objectType).bind(objectId).all(readConversation);
    if (!found)
        return Unexpected{found.error()};
    for (const ConversationRecord &record : *found) {
        if (!wanted)
            return std::optional(record);
        const auto rows = scopes(record.id);
        if (!rows)
            return Unexpected{rows.error()};
        if (asSets(withoutIds(*rows)) == asSets(*wanted))
            return std::optional(record);
    }
    return std::optional<ConversationRecord>();
}

Expected<void, Error> ConversationTable::remove(const ConversationId &id)
{
    Statement statement(m_sql, "DELETE FROM conversations WHERE id = ?");
    return statement.bind(id).run();
}

Expected<QList<AccessScopeRecord>, Error> ConversationTable::scopes(const ConversationId &id) const
{
    Statement select(m_sql,
        "SELECT s.id, s.created_at FROM access_scopes s JOIN conversations c USING (conversation)"
        " WHERE c.id = ? ORDER BY s.position");
    auto records = select.bind(id).all([](const Statement &row) {
        return AccessScopeRecord{row.text(0), {}, row.time(1)};
    });
    if (!records)
        return records;
    for (AccessScopeRecord &record : *records) {
        if (auto done = readScopeValues(m_sql, record); !done)
            return Unexpected{done.error()};
    }
    return records;
}

Expected<QList<AccessScopeRecord>, Error> ConversationTable::setScopes(
    const ConversationId &id, const QList<AccessScope> &scopes, WallTime now)
{
    Transaction transaction(m_sql);
    Statement clear(m_sql,
        "DELETE FROM access_scopes WHERE conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)");
    if (auto done = clear.bind(id).run(); !done)
        return Unexpected{done.error()};
    for (int position = 0; position < scopes.size(); ++position) {
        if (auto done = addScope(m_sql, id, scopes.at(position), position, now); !done)
            return Unexpected{done.error()};
    }
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return this->scopes(id);
}

} // namespace presently
