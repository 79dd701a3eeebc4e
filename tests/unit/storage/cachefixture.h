// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/clientcache.h"
#include "tests/support/manualclock.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace presently::test {

//! \brief A client's cache in a folder of its own, and short ways to fill and to read it.
class CacheFixture
{
public:
    CacheFixture()
    {
        if (const auto opened = reopen(); !opened)
            qFatal("%s", qPrintable(opened.error().detail));
    }

    //! As the next start of the program; what opening said.
    Expected<void, Error> reopen()
    {
        m_cache.reset();
        m_cache = std::make_unique<ClientCache>(clock);
        return m_cache->open(path());
    }
    void close() { m_cache.reset(); }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("a.sqlite")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QStringList damagedFiles() const
    {
        return QDir(m_folder.path()).entryList({QStringLiteral("a.sqlite.damaged-*")});
    }
    ClientCache *operator->() { return m_cache.get(); }

    void apply(const Event &event)
    {
        if (const auto done = m_cache->apply(event); !done)
            qFatal("%s", qPrintable(done.error().detail));
    }
    void signIn(const QString &user = QStringLiteral("me"))
    {
        apply(SignedInEvent{{UserId{user}, QStringLiteral("Me"), QStringLiteral("login"), false},
            Capability::Push | Capability::Messages});
    }

    //! The events of one type that a start would replay.
    template <typename Wanted>
    [[nodiscard]] QList<Wanted> loaded(int limit = 50)
    {
        QList<Wanted> found;
        const auto events = m_cache->load(limit);
        if (!events)
            qFatal("%s", qPrintable(events.error().detail));
        for (const Event &event : *events) {
            if (const auto *wanted = std::get_if<Wanted>(&event))
                found.append(*wanted);
        }
        return found;
    }

    ManualClock clock;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ClientCache> m_cache;
};

inline Conversation conversation(const QString &id)
{
    Conversation made;
    made.id = ConversationId{id};
    made.title = QStringLiteral("Title ") + id;
    made.createdAt = WallTime{Milliseconds{1000}};
    return made;
}

//! Message \a number of a conversation; its id sorts by the number.
inline Message message(int number, const QString &conversation = QStringLiteral("c"))
{
    Message made;
    made.id = MessageId{QStringLiteral("%1").arg(number, 6, 10, QChar(u'0'))};
    made.conversation = ConversationId{conversation};
    made.sender = UserId{QStringLiteral("ben")};
    made.content = QString::number(number);
    made.sentAt = WallTime{Milliseconds{number}};
    return made;
}

inline MessagePageEvent page(
    int first, int last, PagePlacement placement, bool moreBefore = true, bool moreAfter = false)
{
    MessagePageEvent event;
    event.page.conversation = ConversationId{QStringLiteral("c")};
    for (int number = first; number <= last; ++number)
        event.page.messages.append(message(number));
    event.page.hasMoreBefore = moreBefore;
    event.page.hasMoreAfter = moreAfter;
    event.placement = placement;
    return event;
}

inline OutgoingMessage outgoing(const QString &key)
{
    OutgoingMessage made;
    made.key = IdempotencyKey{key};
    made.conversation = ConversationId{QStringLiteral("c")};
    made.content = QStringLiteral("<p>") + key + QStringLiteral("</p>");
    made.composedAt = WallTime{Milliseconds{5}};
    return made;
}

inline QStringList keysOf(const Expected<QList<OutgoingMessage>, Error> &outbox)
{
    QStringList keys;
    if (!outbox)
        return {QStringLiteral("error: ") + outbox.error().detail};
    for (const OutgoingMessage &message : *outbox)
        keys.append(message.key.value);
    return keys;
}

} // namespace presently::test
