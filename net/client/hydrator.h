// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/enginehost.h"
#include "net/client/restsession.h"
#include "net/wire/mtchat/rest.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace presently::net {

//! \brief Fetches what a client has to know: net/README.md, "Hydration".
//!
//! Subscribes first, then fetches. What happens to conversations while their list is on its way is
//! held back and told behind it; presence needs no holding, because its versions decide.
//! Threading: the network thread.
class Hydrator : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Hydrator)

public:
    explicit Hydrator(EngineHost &host, QObject *parent = nullptr);
    ~Hydrator() override;

    //! Everything anew. \a epoch is none where the server has no presence.watch.
    void begin(std::optional<qint64> epoch);
    //! The server sent what was missed; only what had not come before is fetched.
    void resume();
    //! The link is down, or the session over: what is on its way is dropped.
    void stop();
    void forget(); //!< another person: no conversation is open

    void open(const ConversationId &conversation);
    void close(const ConversationId &conversation) { m_open.remove(conversation); }
    [[nodiscard]] bool isOpen(const ConversationId &id) const { return m_open.contains(id); }
    void load(const LoadMessagesCommand &command);
    void reloadLists(); //!< soon, and once for many reasons
    void reloadParticipants(const ConversationId &conversation);
    void reloadIntent();
    void noteSnapshot(const PresenceSnapshot &snapshot);
    void noteConversation(const ConversationId &conversation); //!< unknown ones reload the lists

    //! Tells \a event, behind the list when one is on its way.
    void pass(const Event &event);

private:
    struct ListFetch;
    using ListDone = std::function<void(bool complete)>;
    void watchPresence();
    void fetchRoster();
    void fetchLists();
    void fetchListPage(const std::shared_ptr<ListFetch> &fetch, bool archived, int offset);
    void onListPart(const std::shared_ptr<ListFetch> &fetch);
    void fetchParticipants(const ConversationId &conversation);
    void fetchPage(const ConversationId &conversation, const QUrlQuery &anchor,
        PagePlacement placement, const QString &action);
    void ask(const RestQuestion &question, ApiClient::Handler handler);
    void askFor(QObject *context, const RestQuestion &question, ApiClient::Handler handler);
    void failOpen(const ConversationId &conversation, const Error &error);
    void retryLater();
    void release();

    EngineHost &m_host;
    std::unique_ptr<QObject> m_round; //!< context of everything that is on its way
    std::unique_ptr<QObject> m_loads; //!< context of pages that a person asked for
    int m_asked = 0; //!< of this round, without an answer yet
    bool m_isIncomplete = false; //!< the last round ended before it had everything
    std::optional<qint64> m_epoch;
    QSet<ConversationId> m_open;
    QSet<ConversationId> m_known;
    QSet<ConversationId> m_staleParticipants;
    QSet<ConversationId> m_retriesOpen;
    bool m_retriesLists = false;
    QTimer m_listTimer;
    QTimer m_retryTimer;
    QTimer m_snapshotTimer;
    QTimer m_participantsTimer;
    bool m_isListPending = false;
    QList<Event> m_held;
};

} // namespace presently::net
