// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seedcheck.h"

#include "models/storage/textkey.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {
namespace {

//! \brief One walk through a seed. What it finds out on the way, it needs further on.
class SeedCheck
{
public:
    SeedCheck(const Seed &seed, SeedProblem &problem)
        : m_seed(seed)
        , m_problem(problem)
    {
    }

    void run()
    {
        if (m_seed.people.isEmpty())
            report(u"$.people"_s, u"expected at least one person"_s);
        collectNames();
        for (qsizetype index = 0; index < m_seed.people.size(); ++index)
            checkPerson(m_seed.people.at(index), u"$.people[%1]"_s.arg(index));
        for (qsizetype index = 0; index < m_seed.conversations.size(); ++index)
            checkConversation(m_seed.conversations.at(index), u"$.conversations[%1]"_s.arg(index));
    }

private:
    void report(const QString &path, const QString &text)
    {
        m_problem.report(ErrorCode::InvalidField, path, text);
    }

    void collectNames()
    {
        for (qsizetype index = 0; index < m_seed.people.size(); ++index) {
            const QString &login = m_seed.people.at(index).login;
            if (m_loginKeys.contains(textKey(login)))
                report(u"$.people[%1].login"_s.arg(index), u"\"%1\" is there twice"_s.arg(login));
            m_loginKeys.insert(textKey(login));
            m_logins.insert(login);
        }
        for (qsizetype index = 0; index < m_seed.conversations.size(); ++index) {
            const SeedConversation &conversation = m_seed.conversations.at(index);
            if (m_participants.contains(conversation.key)) {
                report(u"$.conversations[%1].key"_s.arg(index),
                    u"\"%1\" is there twice"_s.arg(conversation.key));
            }
            m_participants.insert(conversation.key, conversation.participants);
        }
    }

    void checkLogins(const QStringList &logins, const QString &path)
    {
        for (qsizetype index = 0; index < logins.size(); ++index) {
            if (!m_logins.contains(logins.at(index))) {
                report(u"%1[%2]"_s.arg(path).arg(index),
                    u"there is no person \"%1\""_s.arg(logins.at(index)));
            }
        }
    }

    void checkMembers(
        const QStringList &logins, const SeedConversation &conversation, const QString &path)
    {
        for (const QString &login : logins) {
            if (!conversation.participants.contains(login))
                report(path, u"\"%1\" is not in this conversation"_s.arg(login));
        }
    }

    void checkMentions(const QString &html, const QString &path)
    {
        for (const QString &login : mentionedLogins(html)) {
            if (!m_logins.contains(login))
                report(path, u"there is no person \"%1\" to mention"_s.arg(login));
        }
    }

    void checkPerson(const SeedPerson &person, const QString &path)
    {
        checkLogins(person.contacts, path + u".contacts"_s);
        for (qsizetype index = 0; index < person.persona.size(); ++index)
            checkStep(person.persona.at(index), person, u"%1.persona[%2]"_s.arg(path).arg(index));
    }

    void checkStep(const PersonaStep &step, const SeedPerson &person, const QString &path)
    {
        using Action = PersonaStep::Action;
        const bool needsConversation = step.action == Action::Type || step.action == Action::Say
            || step.action == Action::Read;
        if (needsConversation && !m_participants.value(step.conversation).contains(person.login)) {
            report(path + u".conversation"_s,
                u"expected the key of a conversation that \"%1\" is in"_s.arg(person.login));
        }
        if (step.action == Action::Say && step.lines.isEmpty())
            report(path + u".lines"_s, u"expected at least one line"_s);
        for (const QString &line : step.lines)
            checkMentions(line, path + u".lines"_s);
    }

    void checkConversation(const SeedConversation &conversation, const QString &path)
    {
        if (conversation.participants.isEmpty())
            report(path + u".participants"_s, u"expected at least one login"_s);
        checkLogins(conversation.participants, path + u".participants"_s);
        if (QSet(conversation.participants.begin(), conversation.participants.end()).size()
            != conversation.participants.size())
            report(path + u".participants"_s, u"somebody is there twice"_s);
        checkMembers(conversation.unread.keys(), conversation, path + u".unread"_s);
        checkMembers(conversation.pinnedBy, conversation, path + u".pinned_by"_s);
        checkMembers(conversation.mutedBy, conversation, path + u".muted_by"_s);
        checkMembers(conversation.archivedBy, conversation, path + u".archived_by"_s);
        checkMessages(conversation, path);
    }

    void checkMessages(const SeedConversation &conversation, const QString &conversationPath)
    {
        QSet<QString> keys;
        Milliseconds before = conversation.createdAgo;
        for (qsizetype index = 0; index < conversation.messages.size(); ++index) {
            const SeedMessage &message = conversation.messages.at(index);
            const QString path = u"%1.messages[%2]"_s.arg(conversationPath).arg(index);
            if (message.ago > before)
                report(path + u".ago"_s, u"expected the oldest message first"_s);
            before = message.ago;
            if (message.editedAgo && *message.editedAgo > message.ago)
                report(path + u".edited_ago"_s, u"expected an edit after the message"_s);
            if (!message.replyTo.isEmpty() && !keys.contains(message.replyTo))
                report(path + u".reply_to"_s, u"expected the key of an earlier message"_s);
            if (keys.contains(message.key))
                report(path + u".key"_s, u"\"%1\" is there twice"_s.arg(message.key));
            if (!message.key.isEmpty())
                keys.insert(message.key);
            checkMembers({message.from}, conversation, path + u".from"_s);
            checkMentions(message.html, path + u".html"_s);
        }
    }

    const Seed &m_seed;
    SeedProblem &m_problem;
    QSet<QString> m_logins;
    QSet<QString> m_loginKeys;
    QHash<QString, QStringList> m_participants; //!< by the key of the conversation
};

} // namespace

void checkSeed(const Seed &seed, SeedProblem &problem)
{
    SeedCheck(seed, problem).run();
}

QStringList mentionedLogins(const QString &html)
{
    static const QRegularExpression mention(u"\\{@([^{}]{1,255})\\}"_s);
    QStringList logins;
    for (const QRegularExpressionMatch &match : mention.globalMatch(html))
        logins.append(match.captured(1));
    return logins;
}

} // namespace presently::app
