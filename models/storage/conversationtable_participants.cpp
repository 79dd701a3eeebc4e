// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/conversationrows.h"
#include "models/storage/conversationtable.h"
#include "models/storage/statement.h"
#include "models/storage/textkey.h"

using namespace Qt::Literals::StringLiterals;

#define SELECT_PARTICIPANTS                                                                        \
    "SELECT p.person, u.mtchat_id, p.name, p.company, p.email, p.phone, p.joined_as, p.joined_at," \
    " p.notify, p.archived, p.pinned, p.last_read, p.unread, p.last_read_shown, p.unread_shown"    \
    " FROM conversations c JOIN participants p USING (conversation)"                               \
    " JOIN people u ON u.person = p.person"

namespace presently {
namespace {

ParticipantRecord readParticipant(const Statement &row)
{
    ParticipantRecord record;
    record.person = row.person(0);
    record.user = UserId{row.text(1)};
    record.displayName = row.text(2);
    record.company = row.optionalText(3);
    record.email = row.optionalText(4);
    record.phone = row.optionalText(5);
    record.joinedAs = static_cast<JoinedAs>(row.integer(6));
    record.joinedAt = row.time(7);
    record.notificationsEnabled = row.boolean(8);
    record.isArchived = row.boolean(9);
    record.isPinned = row.boolean(10);
    record.lastRead = row.optionalId<MessageId>(11);
    record.unreadCount = static_cast<int>(row.integer(12));
    record.lastReadShown = row.optionalId<MessageId>(13);
    record.unreadCountShown = static_cast<int>(row.integer(14));
    return record;
}

Error unknownParticipant()
{
    return {ErrorCode::NotFound, u"participant"_s, {}, {}};
}

Expected<void, Error> changeOne(Statement &update)
{
    if (auto done = update.run(); !done)
        return done;
    if (update.changedRows() == 0)
        return Unexpected{unknownParticipant()};
    return {};
}

// Somebody from outside has come: it is no longer the conversation of two.
Expected<void, Error> forgetDirect(SqlConnection &sql, const ConversationId &id, PersonKey joined)
{
    Statement statement(sql,
        "DELETE FROM direct_conversations WHERE conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)"
        " AND ? NOT IN (lower, higher)");
    return statement.bind(id).bind(joined).run();
}

} // namespace

Expected<QList<ParticipantRecord>, Error> ConversationTable::participants(
    const ConversationId &id) const
{
    Statement select(m_sql, SELECT_PARTICIPANTS " WHERE c.id = ? ORDER BY p.joined_at, p.person");
    return select.bind(id).all(readParticipant);
}

Expected<ParticipantRecord, Error> ConversationTable::participant(
    const ConversationId &id, PersonKey person) const
{
    Statement select(m_sql, SELECT_PARTICIPANTS " WHERE c.id = ? AND p.person = ?");
    const auto found = select.bind(id).bind(person).first(readParticipant);
    if (!found)
        return Unexpected{found.error()};
    if (!*found)
        return Unexpected{unknownParticipant()};
    return **found;
}

Expected<bool, Error> ConversationTable::addParticipant(
    const ConversationId &id, const NewParticipant &participant, UnreadAtJoin unread, WallTime now)
{
    if (auto known = find(id); !known)
        return Unexpected{known.error()};
    Transaction transaction(m_sql);
    Statement insert(m_sql,
        "INSERT OR IGNORE INTO participants (conversation, person, name, company, company_key,"
        " email, phone, joined_as, joined_at, unread, unread_shown)"
        " SELECT c.conversation, u.person, CASE $1 WHEN '' THEN u.name ELSE $1 END,"
        " $2, $3, $4, $5, $6, $7, n.messages, n.messages"
        " FROM conversations c, people u, (SELECT CASE $8 WHEN 0 THEN 0 ELSE"
        " (SELECT count(*) FROM messages JOIN conversations USING (conversation)"
        " WHERE conversations.id = $9) END AS messages) n"
        " WHERE c.id = $9 AND u.person = $10");
    insert.bind(participant.displayName).bind(participant.company);
    insert.bind(textKey(participant.company.value_or(QString())));
    insert.bind(participant.email).bind(participant.phone);
    insert.bind(static_cast<int>(participant.joinedAs)).bind(now);
    insert.bind(unread == UnreadAtJoin::AllMessages).bind(id).bind(participant.person);
    if (auto done = insert.run(); !done)
        return Unexpected{done.error()};
    if (insert.changedRows() == 0) {
        if (auto known = this->participant(id, participant.person); !known)
            return Unexpected{Error{ErrorCode::NotFound, u"person"_s, {}, {}}};
        return false;
    }
    if (auto done = forgetDirect(m_sql, id, participant.person); !done)
        return Unexpected{done.error()};
    if (auto done = transaction.commit(); !done)
        return Unexpected{done.error()};
    return true;
}

Expected<bool, Error> ConversationTable::removeParticipant(
    const ConversationId &id, PersonKey person)
{
    Statement statement(m_sql,
        "DELETE FROM participants WHERE person = ? AND conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)");
    if (auto done = statement.bind(person).bind(id).run(); !done)
        return Unexpected{done.error()};
    return statement.changedRows() > 0;
}

Expected<void, Error> ConversationTable::setArchived(
    const ConversationId &id, PersonKey person, bool archived)
{
    Statement update(m_sql,
        "UPDATE participants SET archived = ? WHERE person = ? AND conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)");
    return changeOne(update.bind(archived).bind(person).bind(id));
}

Expected<void, Error> ConversationTable::setPinned(
    const ConversationId &id, PersonKey person, bool pinned)
{
    Statement update(m_sql,
        "UPDATE participants SET pinned = ? WHERE person = ? AND conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)");
    return changeOne(update.bind(pinned).bind(person).bind(id));
}

Expected<void, Error> ConversationTable::setNotificationsEnabled(
    const ConversationId &id, PersonKey person, bool enabled)
{
    Statement update(m_sql,
        "UPDATE participants SET notify = ? WHERE person = ? AND conversation ="
        " (SELECT conversation FROM conversations WHERE id = ?)");
    return changeOne(update.bind(enabled).bind(person).bind(id));
}

Expected<QList<PersonKey>, Error> ConversationTable::members(const ConversationId &id) const
{
    Statement select(m_sql,
        "SELECT p.person FROM conversations c JOIN participants p USING (conversation)"
        " WHERE c.id = ? ORDER BY p.person");
    return select.bind(id).all([](const Statement &row) { return row.person(0); });
}

Expected<QList<ConversationId>, Error> ConversationTable::conversationsOf(PersonKey person) const
{
    Statement select(m_sql,
        "SELECT c.id FROM participants p JOIN conversations c USING (conversation)"
        " WHERE p.person = ? ORDER BY p.conversation");
    return select.bind(person).all(
        [](const Statement &row) { return ConversationId{row.text(0)}; });
}

Expected<QList<Membership>, Error> ConversationTable::allMemberships() const
{
    Statement select(m_sql,
        "SELECT c.id, p.person FROM participants p JOIN conversations c USING (conversation)"
        " ORDER BY p.conversation, p.person");
    return select.all([](const Statement &row) {
        return Membership{ConversationId{row.text(0)}, row.person(1)};
    });
}

} // namespace presently
