// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seedapply.h"

#include "app/server/seedcheck.h"
#include "app/server/seedids.h"
#include "models/storage/serverdatabase.h"
#include "models/text/richtext.h"

using namespace Qt::Literals::StringLiterals;

namespace presently::app {
namespace {

//! \brief One seed on its way into one database.
class SeedApplication
{
public:
    SeedApplication(const Seed &seed, ServerDatabase &database, WallTime now)
        : m_seed(seed)
        , m_database(database)
        , m_now(now)
    {
    }

    Expected<AppliedSeed, Error> run()
    {
        Transaction transaction(m_database.connection());
        for (const SeedPerson &person : m_seed.people) {
            if (auto done = addPerson(person); !done)
                return Unexpected{done.error()};
        }
        if (auto done = addContacts(); !done)
            return Unexpected{done.error()};
        for (const SeedConversation &conversation : m_seed.conversations) {
            if (auto done = addConversation(conversation); !done)
                return Unexpected{done.error()};
        }
        if (auto done = transaction.commit(); !done)
            return Unexpected{done.error()};
        return m_applied;
    }

private:
    Expected<void, Error> addPerson(const SeedPerson &person)
    {
        auto known = m_database.people().findByLogin(person.login);
        if (!known && known.error().code != ErrorCode::NotFound)
            return Unexpected{known.error()};
        if (!known) {
            const auto ids = idsOf(person);
            if (!ids)
                return Unexpected{ids.error()};
            known = m_database.people().add(
                {person.login, person.name, person.company, person.email, person.phone, {}, *ids},
                m_now);
            if (!known)
                return Unexpected{known.error()};
            if (auto done = addChoices(*known, person); !done)
                return done;
        }
        m_people.insert(person.login, *known);
        m_applied.people.append({*known, person.password, person.isPersona()});
        return {};
    }

    // An id that somebody has already, who was renamed since, is left to the database to choose.
    Expected<PersonIds, Error> idsOf(const SeedPerson &person) const
    {
        PersonIds ids = person.ids;
        if (ids.mtchat.isEmpty()) {
            const UserId derived = seedUserId(person.login);
            const auto isFree = isUnused(PersonIdKind::Mtchat, derived.value);
            if (!isFree)
                return Unexpected{isFree.error()};
            if (*isFree)
                ids.mtchat = derived;
        }
        if (ids.objectId.isEmpty()) {
            const QString derived = seedObjectId(person.login);
            const auto isFree = isUnused(PersonIdKind::ObjectId, derived);
            if (!isFree)
                return Unexpected{isFree.error()};
            if (*isFree)
                ids.objectId = derived;
        }
        return ids;
    }

    Expected<bool, Error> isUnused(PersonIdKind kind, const QString &id) const
    {
        const auto found = m_database.people().findById(kind, id);
        if (!found && found.error().code != ErrorCode::NotFound)
            return Unexpected{found.error()};
        return !found;
    }

    Expected<void, Error> addChoices(PersonRecord &record, const SeedPerson &person)
    {
        record.preferences = person.preferences;
        if (auto done = m_database.people().setPreferences(record.key, person.preferences); !done)
            return done;
        PresenceMemoryRecord memory;
        memory.person = record.key;
        memory.intent = person.intent;
        if (person.lastSeenAgo) {
            memory.lastSeen = m_now - *person.lastSeenAgo;
            memory.lastReason = OfflineReason::Disconnected;
        }
        return m_database.presence().store({memory});
    }

    Expected<void, Error> addContacts()
    {
        for (const SeedPerson &person : m_seed.people) {
            for (const QString &login : person.contacts) {
                auto done = m_database.people().addContact(key(person.login), key(login));
                if (!done)
                    return done;
            }
        }
        return {};
    }

    Expected<void, Error> addConversation(const SeedConversation &conversation)
    {
        const QString setting = u"seed/"_s + conversation.key;
        const auto known = m_database.setting(setting);
        if (!known)
            return Unexpected{known.error()};
        if (*known && m_database.conversations().find(ConversationId{**known})) {
            m_applied.conversations.insert(conversation.key, ConversationId{**known});
            return {};
        }
        const auto made = makeConversation(conversation);
        if (!made)
            return Unexpected{made.error()};
        m_applied.conversations.insert(conversation.key, made->id);
        if (auto done = m_database.setSetting(setting, made->id.value); !done)
            return done;
        if (auto done = addMessages(made->id, conversation); !done)
            return done;
        return addMarks(made->id, conversation);
    }

    Expected<ConversationRecord, Error> makeConversation(const SeedConversation &conversation)
    {
        const WallTime at = m_now - conversation.createdAgo;
        const QStringList &logins = conversation.participants;
        if (logins.size() == 2 && conversation.title.isEmpty() && conversation.objectType.isEmpty()
            && conversation.scopes.isEmpty()) {
            auto direct = m_database.conversations().ensureDirect(
                key(logins.at(0)), key(logins.at(1)), at, seedConversationId(conversation.key));
            if (!direct)
                return Unexpected{direct.error()};
            return direct->first;
        }
        NewConversation made;
        made.id = seedConversationId(conversation.key);
        const bool isFree = conversation.objectType.isEmpty();
        made.objectType = isFree ? u"conversation"_s : conversation.objectType;
        made.objectId = isFree ? made.id->value : conversation.objectId;
        if (!conversation.title.isEmpty())
            made.title = conversation.title;
        if (!conversation.objectUrl.isEmpty())
            made.objectUrl = conversation.objectUrl;
        made.createdBy = m_people.value(logins.first()).ids.mtchat;
        made.scopes = conversation.scopes;
        for (const QString &login : logins)
            made.participants.append(participant(m_people.value(login)));
        return m_database.conversations().add(made, at);
    }

    static NewParticipant participant(const PersonRecord &person)
    {
        const auto orNone = [](const QString &text) {
            return text.isEmpty() ? std::nullopt : std::optional(text);
        };
        return {person.key, person.displayName, orNone(person.company), orNone(person.email),
            orNone(person.phone), JoinedAs::Participant};
    }

    Expected<void, Error> addMessages(
        const ConversationId &id, const SeedConversation &conversation)
    {
        QHash<QString, MessageId> byKey;
        std::optional<MessageId> last;
        WallTime earliest = m_now - conversation.createdAgo;
        for (qsizetype index = 0; index < conversation.messages.size(); ++index) {
            if (auto done = markRead(id, conversation, index, last); !done)
                return done;
            const SeedMessage &message = conversation.messages.at(index);
            const WallTime at = std::max(m_now - message.ago, earliest);
            earliest = at + Milliseconds{1};
            const MessageId messageId = seedMessageId(conversation.key, index, at);
            const auto stored
                = addMessage(id, messageId, message, at, byKey.value(message.replyTo));
            if (!stored)
                return Unexpected{stored.error()};
            last = *stored;
            if (!message.key.isEmpty())
                byKey.insert(message.key, *stored);
        }
        return markRead(id, conversation, conversation.messages.size(), last);
    }

    // Whoever has n unread messages at the end read everything before the last n.
    Expected<void, Error> markRead(const ConversationId &id, const SeedConversation &conversation,
        qsizetype index, const std::optional<MessageId> &last)
    {
        if (!last)
            return {};
        for (const QString &login : conversation.participants) {
            const int unread = conversation.unread.value(login);
            if (index + unread != conversation.messages.size())
                continue;
            auto done
                = m_database.messages().markRead(id, key(login), *last, ReadVisibility::Shown);
            if (!done)
                return done;
        }
        return {};
    }

    Expected<MessageId, Error> addMessage(const ConversationId &id, const MessageId &messageId,
        const SeedMessage &message, WallTime at, const MessageId &replyTo)
    {
        const RichText final = richText(message.html);
        const RichText first = message.editedFrom.isEmpty() ? final : richText(message.editedFrom);
        NewMessage made;
        made.conversation = id;
        made.sender = key(message.from);
        made.content = first.toHtml();
        made.plainText = first.toPlainText();
        if (!replyTo.isEmpty())
            made.replyTo = replyTo;
        made.id = messageId;
        made.sentAt = at;
        const auto stored = m_database.messages().add(made);
        if (!stored)
            return Unexpected{stored.error()};
        if (!message.editedAgo)
            return stored->message.id;
        const auto edited = m_database.messages().edit(id, stored->message.id, *made.sender,
            final.toHtml(), final.toPlainText(), m_now - *message.editedAgo);
        if (!edited)
            return Unexpected{edited.error()};
        return edited->id;
    }

    [[nodiscard]] RichText richText(const QString &html) const
    {
        return RichText::fromHtml(expandMentions(html, m_people));
    }

    Expected<void, Error> addMarks(const ConversationId &id, const SeedConversation &conversation)
    {
        auto &conversations = m_database.conversations();
        for (const QString &login : conversation.pinnedBy) {
            if (auto done = conversations.setPinned(id, key(login), true); !done)
                return done;
        }
        for (const QString &login : conversation.mutedBy) {
            if (auto done = conversations.setNotificationsEnabled(id, key(login), false); !done)
                return done;
        }
        for (const QString &login : conversation.archivedBy) {
            if (auto done = conversations.setArchived(id, key(login), true); !done)
                return done;
        }
        return {};
    }

    [[nodiscard]] PersonKey key(const QString &login) const { return m_people.value(login).key; }

    const Seed &m_seed;
    ServerDatabase &m_database;
    WallTime m_now;
    QHash<QString, PersonRecord> m_people; //!< by login as the seed writes it
    AppliedSeed m_applied;
};

} // namespace

QString expandMentions(QString html, const QHash<QString, PersonRecord> &people)
{
    for (const QString &login : mentionedLogins(html)) {
        const PersonRecord person = people.value(login);
        const QString name = person.displayName.toHtmlEscaped();
        html.replace(u"{@%1}"_s.arg(login),
            u"<span data-type=\"mention\" data-id=\"%1\" data-label=\"%2\""
            u" class=\"mtchat-mention\">@%2</span>"_s.arg(
                person.ids.mtchat.value.toHtmlEscaped(), name));
    }
    return html;
}

Expected<AppliedSeed, Error> applySeed(const Seed &seed, ServerDatabase &database, WallTime now)
{
    return SeedApplication(seed, database, now).run();
}

} // namespace presently::app
