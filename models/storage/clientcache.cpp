// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/clientcache.h"

#include "models/storage/cachecontent.h"
#include "models/storage/cacheschema.h"
#include "models/storage/setaside.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

const auto InMemory = u":memory:"_s;

// What is carried from a database that cannot be used any more into the next.
struct Carried {
    QList<Event> events;
    QList<OutgoingMessage> outbox;
    QList<std::pair<QString, QString>> values;
    WaitingChoices waiting;
    std::optional<WallTime> presenceAsOf;
};

Expected<void, Error> checkPages(SqlConnection &connection)
{
    Statement check(connection, "PRAGMA quick_check(1)");
    const auto verdict = check.first([](const Statement &row) { return row.text(0); });
    if (!verdict)
        return Unexpected{verdict.error()};
    if (verdict->value_or(QString()) != "ok"_L1)
        return Unexpected{Error{ErrorCode::StorageCorrupt, {}, verdict->value_or(QString()), {}}};
    return {};
}

} // namespace

//! The file, its recovery, and the transaction that is open.
class ClientCache::Private
{
public:
    explicit Private(const Clock &clock)
        : clock(clock)
        , content(sql, clock, MessagesPerConversation)
    {
    }

    //! Does \a work; when the database fails, finds another one and does it again there.
    template <typename Work>
    auto guarded(Work &&work) -> std::invoke_result_t<Work>
    {
        auto result = work();
        if (result)
            return result;
        const Error error = result.error();
        recover(error);
        // The failure is what is to be told; the work itself has been done, if it can be.
        std::ignore = work();
        return Unexpected{error};
    }

    Expected<void, Error> openFile()
    {
        if (auto done = sql.open(path); !done)
            return done;
        if (maximumPages > 0) {
            if (auto done = sql.setMaximumPages(maximumPages); !done)
                return done;
        }
        for (const Sql pragma : {Sql("PRAGMA journal_mode = WAL"),
                 Sql("PRAGMA synchronous = NORMAL"), Sql("PRAGMA cell_size_check = ON")}) {
            if (auto done = sql.run(pragma); !done)
                return done;
        }
        if (auto done = checkPages(sql); !done)
            return done;
        return migrateCacheSchema(sql);
    }

    void recover(const Error &error)
    {
        const bool wasInBatch = batch.has_value();
        batch.reset();
        if (error.code == ErrorCode::StorageCorrupt && isPersistent)
            startAnew();
        else
            moveToMemory();
        if (wasInBatch)
            batch.emplace(sql);
    }

    //! The damaged file goes out of the way, a new one takes its place.
    void startAnew()
    {
        Carried carried;
        if (sql.isOpen()) {
            carried.outbox = content.outbox().rescue();
            carried.values = content.rescueValues();
            carried.waiting = content.waiting().all().value_or(WaitingChoices());
        }
        sql.close();
        const QString aside = setFileAside(path, clock.wallNow());
        if (!aside.isEmpty()) {
            setAsidePath = aside;
            if (openFile() && restore(carried))
                return;
        }
        openMemory(carried);
    }

    //! The file stays as it is; what can be read of it is worked on in memory.
    void moveToMemory()
    {
        if (!isPersistent)
            return;
        if (!sql.isOpen() || !sql.schemaVersion())
            std::ignore = sql.open(path, SqlConnection::Access::ReadOnly);
        Carried carried;
        if (sql.isOpen()) {
            carried.events = content.load(MessagesPerConversation).value_or(QList<Event>());
            carried.outbox = content.outbox().rescue();
            carried.values = content.rescueValues();
            carried.waiting = content.waiting().all().value_or(WaitingChoices());
            carried.presenceAsOf = content.presenceAsOf().value_or(std::nullopt);
        }
        openMemory(carried);
    }

    void openMemory(const Carried &carried)
    {
        isPersistent = false;
        // Nothing is left to try when even this fails; then each call says so.
        if (sql.open(InMemory) && migrateCacheSchema(sql))
            std::ignore = restore(carried);
    }

    Expected<void, Error> restore(const Carried &carried)
    {
        Transaction transaction(sql);
        for (const Event &event : carried.events) {
            if (auto done = content.apply(event); !done)
                return done;
        }
        for (const OutgoingMessage &message : carried.outbox) {
            if (auto done = content.outbox().put(message); !done)
                return done;
        }
        for (const auto &[name, value] : carried.values) {
            if (auto done = content.setValue(name, value); !done)
                return done;
        }
        if (auto done = content.waiting().put(carried.waiting); !done)
            return done;
        if (carried.presenceAsOf) {
            if (auto done = content.setPresenceAsOf(*carried.presenceAsOf); !done)
                return done;
        }
        return transaction.commit();
    }

    Expected<void, Error> commitBatch()
    {
        if (!batch)
            return {};
        auto done = batch->commit();
        batch.reset();
        if (!done)
            recover(done.error());
        return done;
    }

    //! In a transaction of its own that is on the disk before this returns.
    Expected<void, Error> putDurably(const OutgoingMessage &message)
    {
        if (auto done = sql.run("PRAGMA synchronous = FULL"); !done)
            return done;
        auto done = content.outbox().put(message);
        std::ignore = sql.run("PRAGMA synchronous = NORMAL");
        return done;
    }

    const Clock &clock;
    SqlConnection sql;
    CacheContent content;
    std::optional<Transaction> batch;
    QString path;
    QString setAsidePath;
    int maximumPages = 0;
    bool isPersistent = false;
};

ClientCache::ClientCache(const Clock &clock)
    : d(std::make_unique<Private>(clock))
{
}

ClientCache::~ClientCache()
{
    if (!d->sql.isOpen())
        return;
    std::ignore = d->commitBatch();
    std::ignore = d->content.noteClosing();
}

Expected<void, Error> ClientCache::open(const QString &filePath)
{
    d->path = filePath;
    d->isPersistent = true;
    auto done = d->openFile();
    if (!done)
        d->recover(done.error());
    return done;
}

bool ClientCache::isPersistent() const
{
    return d->isPersistent;
}

QString ClientCache::setAsidePath() const
{
    return d->setAsidePath;
}

Expected<QList<Event>, Error> ClientCache::load(int messagesPerConversation)
{
    return d->guarded([&] { return d->content.load(messagesPerConversation); });
}

std::optional<WallTime> ClientCache::presenceAsOf()
{
    return d->content.presenceAsOf().value_or(std::nullopt);
}

Expected<QList<Message>, Error> ClientCache::messagesBefore(
    const ConversationId &conversation, const MessageId &before, int limit)
{
    return d->guarded([&] { return d->content.messages().before(conversation, before, limit); });
}

Expected<void, Error> ClientCache::apply(const Event &event)
{
    return d->guarded([&] { return d->content.apply(event); });
}

Expected<void, Error> ClientCache::beginBatch()
{
    if (d->batch)
        return {};
    d->batch.emplace(d->sql);
    auto begun = d->batch->begun();
    if (!begun) {
        d->batch.reset();
        d->recover(begun.error());
        d->batch.emplace(d->sql);
    }
    return begun;
}

Expected<void, Error> ClientCache::commitBatch()
{
    return d->commitBatch();
}

Expected<void, Error> ClientCache::enqueue(const OutgoingMessage &message)
{
    const bool wasInBatch = d->batch.has_value();
    const auto committed = d->commitBatch();
    auto done = d->guarded([&] { return d->putDurably(message); });
    if (wasInBatch)
        d->batch.emplace(d->sql);
    return done ? committed : done;
}

Expected<void, Error> ClientCache::removeOutgoing(const IdempotencyKey &key)
{
    return d->guarded([&] { return d->content.outbox().remove(key); });
}

Expected<void, Error> ClientCache::setOutgoingFailure(
    const IdempotencyKey &key, const std::optional<Error> &failure)
{
    return d->guarded([&] { return d->content.outbox().setFailure(key, failure); });
}

Expected<QList<OutgoingMessage>, Error> ClientCache::outbox()
{
    return d->guarded([&] { return d->content.outbox().all(); });
}

Expected<void, Error> ClientCache::setWaitingIntent(const std::optional<Intent> &intent)
{
    return d->guarded([&] { return d->content.waiting().setIntent(intent); });
}

Expected<void, Error> ClientCache::setIntentAfter(const std::optional<Intent> &intent)
{
    return d->guarded([&] { return d->content.waiting().setIntentAfter(intent); });
}

Expected<void, Error> ClientCache::setWaitingRead(const MarkReadCommand &read)
{
    return d->guarded([&] { return d->content.waiting().putRead(read); });
}

Expected<void, Error> ClientCache::removeWaitingRead(const ConversationId &conversation)
{
    return d->guarded([&] { return d->content.waiting().removeRead(conversation); });
}

Expected<WaitingChoices, Error> ClientCache::waiting()
{
    return d->guarded([&] { return d->content.waiting().all(); });
}

Expected<QString, Error> ClientCache::value(const QString &name)
{
    return d->guarded([&] { return d->content.value(name); });
}

Expected<void, Error> ClientCache::setValue(const QString &name, const QString &value)
{
    return d->guarded([&] { return d->content.setValue(name, value); });
}

void ClientCache::setMaximumPages(int pages)
{
    d->maximumPages = pages;
    if (pages > 0 && d->sql.isOpen())
        std::ignore = d->sql.setMaximumPages(pages);
}

} // namespace presently
