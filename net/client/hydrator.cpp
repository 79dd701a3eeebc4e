// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/hydrator.h"

#include "net/client/logging.h"

#include <QJsonArray>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int ListPageSize = 100; //!< what the contract caps a page at
constexpr int MostListPages = 50;
constexpr Milliseconds Coalesce{150};

QString conversationPath(const ConversationId &conversation, const QString &rest)
{
    return "/dialogs/%1/%2"_L1.arg(RestSession::segment(conversation.value), rest);
}

} // namespace

//! The list in its parts: own conversations and archived ones, each in pages.
struct Hydrator::ListFetch {
    QList<Conversation> conversations;
    int partsLeft = 2;
    std::optional<Error> failure;
};

Hydrator::Hydrator(EngineHost &host, QObject *parent)
    : QObject(parent)
    , m_host(host)
    , m_loads(std::make_unique<QObject>())
    , m_listTimer(this)
    , m_retryTimer(this)
    , m_snapshotTimer(this)
    , m_participantsTimer(this)
{
    for (QTimer *timer : {&m_listTimer, &m_retryTimer, &m_snapshotTimer, &m_participantsTimer})
        timer->setSingleShot(true);
    m_listTimer.setInterval(Coalesce);
    m_participantsTimer.setInterval(Coalesce);
    m_snapshotTimer.setInterval(host.options().snapshotRetry);
    m_retryTimer.setInterval(host.options().resyncSpacing);
    connect(&m_listTimer, &QTimer::timeout, this, &Hydrator::fetchLists);
    connect(&m_retryTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_retriesLists, false)) {
            fetchRoster();
            fetchLists();
        }
        for (const ConversationId &conversation : std::exchange(m_retriesOpen, {})) {
            if (m_open.contains(conversation))
                open(conversation);
        }
    });
    connect(&m_snapshotTimer, &QTimer::timeout, this, &Hydrator::watchPresence);
    connect(&m_participantsTimer, &QTimer::timeout, this, [this] {
        for (const ConversationId &conversation : std::exchange(m_staleParticipants, {}))
            fetchParticipants(conversation);
    });
}

Hydrator::~Hydrator() = default;

void Hydrator::begin(std::optional<qint64> epoch)
{
    stop();
    m_isIncomplete = false;
    m_round = std::make_unique<QObject>();
    m_epoch = epoch;
    m_host.tell(PresenceHydrationStartedEvent{epoch.value_or(0)});
    watchPresence();
    fetchLists();
    fetchRoster();
    reloadIntent();
    for (const ConversationId &conversation : std::as_const(m_open))
        open(conversation);
}

void Hydrator::resume()
{
    if (m_isIncomplete)
        begin(m_epoch);
    else if (!m_round)
        m_round = std::make_unique<QObject>();
}

void Hydrator::stop()
{
    m_isIncomplete = m_isIncomplete || m_asked > 0 || m_listTimer.isActive()
        || m_retryTimer.isActive() || m_snapshotTimer.isActive() || m_participantsTimer.isActive();
    m_asked = 0;
    m_round.reset();
    for (QTimer *timer : {&m_listTimer, &m_retryTimer, &m_snapshotTimer, &m_participantsTimer})
        timer->stop();
    m_staleParticipants.clear();
    release();
}

void Hydrator::forget()
{
    stop();
    m_isIncomplete = false;
    m_loads = std::make_unique<QObject>();
    m_open.clear();
    m_known.clear();
}

void Hydrator::open(const ConversationId &conversation)
{
    m_open.insert(conversation);
    if (!m_host.isOnline())
        return; // comes with the next begin
    fetchParticipants(conversation);
    fetchPage(conversation, {}, PagePlacement::Latest, u"open"_s);
}

void Hydrator::load(const LoadMessagesCommand &command)
{
    QUrlQuery anchor;
    PagePlacement placement = PagePlacement::Latest;
    if (command.before) {
        anchor.addQueryItem(u"before"_s, RestSession::segment(command.before->value));
        placement = PagePlacement::Before;
    } else if (command.after) {
        anchor.addQueryItem(u"after"_s, RestSession::segment(command.after->value));
        placement = PagePlacement::After;
    } else if (command.around) {
        anchor.addQueryItem(u"around"_s, RestSession::segment(command.around->value));
        placement = PagePlacement::Around;
    }
    fetchPage(command.conversation, anchor, placement, u"load"_s);
}

void Hydrator::reloadLists()
{
    if (!m_listTimer.isActive())
        m_listTimer.start();
}

void Hydrator::reloadParticipants(const ConversationId &conversation)
{
    m_staleParticipants.insert(conversation);
    if (!m_participantsTimer.isActive())
        m_participantsTimer.start();
}

//! While the server is young its snapshots are not complete: then it is asked again.
void Hydrator::watchPresence()
{
    if (!m_epoch || !m_host.isOnline())
        return;
    m_host.say(mtchat::PresenceWatchRequest{});
    m_snapshotTimer.start();
}

void Hydrator::noteSnapshot(const PresenceSnapshot &snapshot)
{
    if (snapshot.complete)
        m_snapshotTimer.stop();
}

void Hydrator::noteConversation(const ConversationId &conversation)
{
    if (!m_known.contains(conversation))
        reloadLists();
}

void Hydrator::fetchRoster()
{
    if (!m_epoch)
        return;
    RestQuestion question;
    question.path = u"/roster"_s;
    ask(question, [this](const Expected<RestReply, Error> &reply) {
        const auto people = reply
                                .and_then([](const RestReply &good) {
                                    return mtchat::decodeDataArray(good.body);
                                })
                                .and_then([](const QJsonArray &array) {
                                    return mtchat::readEach(array, &mtchat::personFromJson);
                                });
        if (!people) {
            qCInfo(syncLog) << "no roster:" << int(people.error().code) << people.error().field;
            retryLater();
            return;
        }
        RosterEvent event;
        for (const mtchat::PersonDetails &details : *people)
            event.people.append(details.person);
        m_host.tell(event);
    });
}

void Hydrator::reloadIntent()
{
    if (!m_epoch)
        return;
    RestQuestion question;
    question.path = u"/presence/me/why"_s;
    ask(question, [this](const Expected<RestReply, Error> &reply) {
        const auto why = reply.and_then([](const RestReply &good) {
            return mtchat::decodeDataObject(good.body).and_then(&mtchat::presenceWhyFromJson);
        });
        if (!why)
            return;
        m_host.tell(OwnIntentEvent{why->intent});
        if (why->preferences)
            m_host.tell(OwnPreferencesEvent{*why->preferences});
    });
}

void Hydrator::fetchLists()
{
    m_listTimer.stop();
    if (!m_round || !m_host.isOnline())
        return;
    m_isListPending = true;
    const auto fetch = std::make_shared<ListFetch>();
    fetchListPage(fetch, false, 0);
    fetchListPage(fetch, true, 0);
}

void Hydrator::fetchListPage(const std::shared_ptr<ListFetch> &fetch, bool archived, int offset)
{
    RestQuestion question;
    question.path = u"/dialogs"_s;
    question.query.addQueryItem(u"type"_s, u"participating"_s);
    question.query.addQueryItem(u"archived"_s, archived ? u"true"_s : u"false"_s);
    question.query.addQueryItem(u"limit"_s, QString::number(ListPageSize));
    question.query.addQueryItem(u"offset"_s, QString::number(offset));
    ask(question, [this, fetch, archived, offset](const Expected<RestReply, Error> &reply) {
        const auto items
            = reply
                  .and_then(
                      [](const RestReply &good) { return mtchat::decodeDataArray(good.body); })
                  .and_then([](const QJsonArray &array) {
                      return mtchat::readEach(array, &mtchat::conversationItemFromJson);
                  });
        if (!items) {
            qCInfo(syncLog) << "no list:" << int(items.error().code) << items.error().field;
            fetch->failure = items.error();
            onListPart(fetch);
            return;
        }
        for (const mtchat::ConversationItem &item : *items) {
            Conversation conversation = mtchat::toConversation(item);
            conversation.isArchived = archived;
            fetch->conversations.append(conversation);
        }
        const bool isLast = items->size() < ListPageSize;
        if (isLast || offset / ListPageSize + 1 >= MostListPages)
            onListPart(fetch);
        else
            fetchListPage(fetch, archived, offset + ListPageSize);
    });
}

void Hydrator::onListPart(const std::shared_ptr<ListFetch> &fetch)
{
    if (--fetch->partsLeft > 0)
        return;
    for (const Conversation &conversation : std::as_const(fetch->conversations))
        m_known.insert(conversation.id);
    if (!fetch->failure || !fetch->conversations.isEmpty())
        m_host.tell(ConversationListEvent{fetch->conversations, !fetch->failure});
    release();
    if (fetch->failure)
        retryLater();
}

void Hydrator::fetchParticipants(const ConversationId &conversation)
{
    RestQuestion question;
    question.path = conversationPath(conversation, u"participants"_s);
    // Without serials the snapshot must know when it was asked for.
    if (!m_epoch)
        m_host.tell(PresenceHydrationStartedEvent{0});
    ask(question, [this, conversation](const Expected<RestReply, Error> &reply) {
        const auto list = reply.and_then(
            [](const RestReply &good) { return mtchat::decodeParticipantsReply(good.body); });
        if (!list) {
            failOpen(conversation, list.error());
            return;
        }
        ParticipantsEvent event{conversation, {}};
        PresenceSnapshot snapshot{list->epoch, false, {}};
        for (const mtchat::ParticipantItem &item : list->participants) {
            event.participants.append(item.participant);
            if (item.presence) {
                snapshot.users.append(*item.presence);
                snapshot.users.last().user = item.participant.user;
            }
        }
        m_host.tell(event);
        if (!snapshot.users.isEmpty())
            m_host.tell(PresenceSnapshotEvent{snapshot});
    });
}

void Hydrator::fetchPage(const ConversationId &conversation, const QUrlQuery &anchor,
    PagePlacement placement, const QString &action)
{
    RestQuestion question;
    question.path = conversationPath(conversation, u"messages"_s);
    question.query = anchor;
    question.query.addQueryItem(u"limit"_s, QString::number(m_host.options().pageSize));
    const auto handler
        = [this, conversation, placement, action](const Expected<RestReply, Error> &reply) {
              const auto page = reply
                                    .and_then([](const RestReply &good) {
                                        return mtchat::decodeDataObject(good.body);
                                    })
                                    .and_then([&](const QJsonObject &object) {
                                        return mtchat::messagePageFromJson(conversation, object);
                                    });
              if (page)
                  m_host.tell(MessagePageEvent{*page, placement});
              else if (placement == PagePlacement::Latest)
                  failOpen(conversation, page.error());
              else
                  m_host.tellFailure(action, page.error());
          };
    // Whoever scrolls waits for an answer, also when the link is lost meanwhile.
    if (placement == PagePlacement::Latest)
        ask(question, handler);
    else
        askFor(m_loads.get(), question, handler);
}

void Hydrator::ask(const RestQuestion &question, ApiClient::Handler handler)
{
    askFor(m_round.get(), question,
        [this, handler = std::move(handler)](const Expected<RestReply, Error> &reply) {
            --m_asked;
            handler(reply);
        });
    ++m_asked;
}

void Hydrator::askFor(QObject *context, const RestQuestion &question, ApiClient::Handler handler)
{
    if (context && m_host.isOnline())
        m_host.rest().ask(question, context, std::move(handler));
    else
        handler(Unexpected{Error{ErrorCode::Unreachable, {}, {}, {}}});
}

//! What may be better in a moment is tried again without a word.
void Hydrator::failOpen(const ConversationId &conversation, const Error &error)
{
    const bool mayPass = error.code == ErrorCode::Unreachable || error.code == ErrorCode::Timeout
        || error.code == ErrorCode::ServerFailure || error.code == ErrorCode::RateLimited;
    if (!mayPass) {
        m_host.tellFailure(u"open"_s, error);
        return;
    }
    m_retriesOpen.insert(conversation);
    if (!m_retryTimer.isActive())
        m_retryTimer.start();
}

void Hydrator::retryLater()
{
    m_retriesLists = true;
    if (!m_retryTimer.isActive())
        m_retryTimer.start();
}

void Hydrator::pass(const Event &event)
{
    if (m_isListPending)
        m_held.append(event);
    else
        m_host.tell(event);
}

void Hydrator::release()
{
    m_isListPending = false;
    for (const Event &event : std::exchange(m_held, {}))
        m_host.tell(event);
}

} // namespace presently::net
