// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/commands.h"
#include "models/core/events.h"
#include "models/store/conversationlist.h"
#include "models/store/messagelog.h"
#include "models/store/oneshottimer.h"
#include "models/store/outbox.h"
#include "models/store/ownintent.h"
#include "models/store/participantlist.h"
#include "models/store/readtracker.h"
#include "models/store/roster.h"
#include "models/store/typingstore.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace presently {

class PresenceStore;

//! \brief One account as the screen sees it: what is known, and the way to ask for things.
//!
//! Commands go out through `commandSubmitted`; `app` carries them to the dialect's client and
//! brings Events back into `apply`. Which dialect is spoken is not known here.
//! Units:     times are UTC on the server's clock unless they say otherwise.
//! Errors:    a command that fails comes back as `commandFailed`; an Event is never refused.
//! Ownership: owns its stores; borrows \a clock, which must outlive it.
//! Threading: the window's thread; signals fire after the stores have changed.
class Session : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Session)

public:
    explicit Session(const Clock &clock, QObject *parent = nullptr);
    //! \a intentEnd tells when a timed intent ends.
    Session(const Clock &clock, std::unique_ptr<OneShotTimer> intentEnd, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] bool isSignedIn() const { return !m_self.user.isEmpty(); }
    [[nodiscard]] const Person &self() const { return m_self; }
    [[nodiscard]] Capabilities capabilities() const { return m_capabilities; }
    [[nodiscard]] const LinkStatus &link() const { return m_link; }
    //! What the person wants shown. A timed one ends on time, whatever the link does.
    [[nodiscard]] const Intent &intent() const { return m_intent.current(); }
    [[nodiscard]] const std::optional<Intent> &intentAfter() const { return m_intent.returnsTo(); }
    //! What others see of us, as far as we can know: unknown while our link is down. Invisible is
    //! offline.
    [[nodiscard]] Status ownStatus() const;
    //! None before the server has said them, and with servers that keep none.
    [[nodiscard]] const std::optional<PresencePreferences> &preferences() const
    {
        return m_preferences;
    }
    //! The server's clock now, as well as this client can tell; its own before the first word.
    [[nodiscard]] WallTime serverNow() const;

    [[nodiscard]] PresenceStore &presence() { return *m_presence; }
    [[nodiscard]] Roster &roster() { return m_roster; }
    [[nodiscard]] ConversationList &conversations() { return m_conversations; }
    [[nodiscard]] Outbox &outbox() { return m_outbox; }
    [[nodiscard]] TypingStore &typing() { return m_typing; }
    [[nodiscard]] ReadTracker &reading() { return m_reading; }
    //! Made at the first call; lives as long as the session.
    [[nodiscard]] MessageLog &messages(const ConversationId &conversation);
    [[nodiscard]] ParticipantList &participants(const ConversationId &conversation);

    //! Hands \a command on, after its effect on our own stores (a sent message is pending at once).
    void submit(const Command &command);
    void apply(const Event &event);
    //! At start, from disk, before the network is up.
    void restoreOutbox(const QList<OutgoingMessage> &messages);
    void restoreIntent(const Intent &intent, const std::optional<Intent> &returnsTo);
    //! What was read here and the server does not know yet.
    void restoreReads(const QList<MarkReadCommand> &reads);

Q_SIGNALS:
    void commandSubmitted(const presently::Command &command);
    void selfChanged();
    void capabilitiesChanged();
    void linkChanged(const presently::LinkStatus &link);
    void intentChanged(const presently::Intent &intent);
    void ownStatusChanged();
    void preferencesChanged();
    void signedOut(const std::optional<presently::Error> &cause);
    //! A message of somebody else came by the live link (notifications, badges).
    void messageReceived(const presently::Message &message);
    void uploadProgressed(const presently::IdempotencyKey &key, qint64 sent, qint64 total);
    void uploadFinished(const presently::IdempotencyKey &key, const presently::UploadedFile &file);
    void uploadFailed(const presently::IdempotencyKey &key, const presently::Error &error);
    void downloadFinished(const presently::AttachmentId &attachment, const QString &filePath);
    void peopleFound(const QString &query, const QList<presently::Person> &people);
    //! The conversation that this window asked for is there.
    void conversationStarted(const presently::ConversationId &conversation);
    //! \a action names the command, for the words shown.
    void commandFailed(const QString &action, const presently::Error &error);

private:
    void onCommand(const SetIntentCommand &command);
    void onCommand(const SetPreferencesCommand &command);
    void onCommand(const OpenConversationCommand &command);
    void onCommand(const CloseConversationCommand &command);
    void onCommand(const SendMessageCommand &command);
    void onCommand(const RetryMessageCommand &command);
    void onCommand(const DiscardMessageCommand &command);
    void onCommand(const MarkReadCommand &command);
    //! All others change nothing here until the server has answered.
    template <typename Other>
    void onCommand(const Other &)
    {
    }
    void onEvent(const SignedInEvent &event);
    void onEvent(const SignedOutEvent &event);
    void onEvent(const LinkChangedEvent &event);
    void onEvent(const ServerClockEvent &event);
    void onEvent(const PresenceHydrationStartedEvent &event);
    void onEvent(const PresenceChangedEvent &event);
    void onEvent(const PresenceSnapshotEvent &event);
    void onEvent(const OwnIntentEvent &event);
    void onEvent(const OwnPreferencesEvent &event);
    void onEvent(const ConversationListEvent &event);
    void onEvent(const ConversationUpsertedEvent &event);
    void onEvent(const ConversationRemovedEvent &event);
    void onEvent(const ConversationChangedEvent &event);
    void onEvent(const RosterEvent &event);
    void onEvent(const ParticipantsEvent &event);
    void onEvent(const ParticipantLeftEvent &event);
    void onEvent(const MessagePageEvent &event);
    void onEvent(const MessageAddedEvent &event);
    void onEvent(const MessageEditedEvent &event);
    void onEvent(const MessageDeletedEvent &event);
    void onEvent(const MessageReadEvent &event);
    void onEvent(const TypingEvent &event);
    void onEvent(const MessageSentEvent &event);
    void onEvent(const MessageFailedEvent &event);
    void onEvent(const UploadProgressEvent &event);
    void onEvent(const UploadFinishedEvent &event);
    void onEvent(const UploadFailedEvent &event);
    void onEvent(const DownloadFinishedEvent &event);
    void onEvent(const PeopleFoundEvent &event);
    void onEvent(const ConversationStartedEvent &event);
    void onEvent(const CommandFailedEvent &event);
    void onEvent(const UnknownEvent &) { }
    void noteIntent();
    void endIntent();
    [[nodiscard]] Conversation withOwnReading(Conversation conversation) const;
    void learn(const Conversation &conversation);
    void refreshReadPointer(const ConversationId &conversation);
    void clear();

    const Clock &m_clock;
    Person m_self;
    Capabilities m_capabilities;
    LinkStatus m_link;
    OwnIntent m_intent;
    std::optional<Intent> m_chosenIntent; //!< until the server has it, or refuses it
    std::unique_ptr<OneShotTimer> m_intentEnd;
    std::optional<PresencePreferences> m_preferences;
    std::optional<ServerClockEvent> m_serverClock;
    std::unique_ptr<PresenceStore> m_presence;
    Roster m_roster;
    ConversationList m_conversations;
    Outbox m_outbox;
    TypingStore m_typing;
    ReadTracker m_reading;
    QHash<ConversationId, MessageLog *> m_logs; //!< children of this
    QHash<ConversationId, ParticipantList *> m_participants; //!< children of this
};

} // namespace presently
