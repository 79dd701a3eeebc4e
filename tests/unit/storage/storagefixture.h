// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/serverdatabase.h"

#include <QTemporaryDir>
#include <QTest>

namespace presently::test {

inline constexpr WallTime Start{Milliseconds{1770472800000}};

inline WallTime after(qint64 seconds)
{
    return Start + std::chrono::seconds{seconds};
}

//! \brief A server's database in a folder of its own, with short ways to fill it. A failure there
//! ends the program: no test can go on without.
class StorageFixture
{
public:
    StorageFixture() { reopen(); }

    void reopen()
    {
        m_database.reset();
        auto opened = ServerDatabase::open(path());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        m_database = std::move(opened).value();
    }
    [[nodiscard]] QString path() const
    {
        return m_folder.filePath(QStringLiteral("server.sqlite"));
    }
    ServerDatabase *operator->() { return m_database.get(); }
    ServerDatabase &operator*() { return *m_database; }

    PersonRecord person(const QString &name)
    {
        NewPerson made;
        made.login = name;
        made.displayName = name;
        return taken(m_database->people().add(made, Start));
    }

    ConversationId conversation(
        const QList<PersonKey> &people, NewConversation made = {}, WallTime at = Start)
    {
        for (const PersonKey key : people) {
            NewParticipant participant;
            participant.person = key;
            made.participants.append(participant);
        }
        return taken(m_database->conversations().add(made, at)).id;
    }

    Message message(const ConversationId &conversation, PersonKey sender, const QString &text,
        WallTime at = Start)
    {
        return taken(m_database->messages().add(newMessage(conversation, sender, text, at)))
            .message;
    }

    static NewMessage newMessage(const ConversationId &conversation, PersonKey sender,
        const QString &text, WallTime at = Start)
    {
        NewMessage made;
        made.conversation = conversation;
        made.sender = sender;
        made.content = text;
        made.plainText = text;
        made.sentAt = at;
        return made;
    }

    template <typename T>
    static T taken(Expected<T, Error> result)
    {
        if (!result)
            qFatal("%s %s", qPrintable(result.error().field), qPrintable(result.error().detail));
        return std::move(result).value();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ServerDatabase> m_database;
};

//! The code of a failure; none for success.
template <typename T>
std::optional<ErrorCode> failureOf(const Expected<T, Error> &result)
{
    return result ? std::nullopt : std::optional(result.error().code);
}

} // namespace presently::test
