// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/enginehost.h"
#include "net/client/restsession.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace presently::net {

class Hydrator;

//! \brief What a person does to conversations, messages and their own status, call by call.
//!
//! Errors:    CommandFailedEvent with the action's name: "status", "edit", "delete", "pin", "mute",
//!            "archive", "join", "leave", "start", "search". What was read and the status wait for the link
//!            instead; only the newest of each is kept.
//! Threading: the network thread.
class PersonActions : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PersonActions)

public:
    PersonActions(EngineHost &host, Hydrator &hydrator, QObject *parent = nullptr);

    void run(const SetIntentCommand &command);
    void run(const SetPreferencesCommand &command);
    void run(const EditMessageCommand &command);
    void run(const DeleteMessageCommand &command);
    void run(const MarkReadCommand &command);
    void run(const SearchPeopleCommand &command);
    void run(const StartConversationCommand &command);
    void run(const JoinConversationCommand &command);
    void run(const LeaveConversationCommand &command);
    void run(const PinConversationCommand &command);
    void run(const MuteConversationCommand &command);
    void run(const ArchiveConversationCommand &command);
    void run(const TypingCommand &command);

    void resume(); //!< the link is up: say what waited
    void clear();
    //! Whether the server does not know yet what the person has chosen last.
    [[nodiscard]] bool hasNewerIntent() const { return m_waitingIntent || m_isIntentUnderWay; }

private:
    void sayIntent();
    using Done = std::function<void(const RestReply &reply)>;
    void act(const QString &action, const RestQuestion &question, Done done);
    void toggle(const QString &action, const ConversationId &conversation, const QString &verb,
        const ConversationChangedEvent &event);

    EngineHost &m_host;
    Hydrator &m_hydrator;
    std::optional<Intent> m_waitingIntent;
    bool m_isIntentUnderWay = false; //!< one at a time, so that the last choice is the last told
    std::optional<PresencePreferences> m_waitingPreferences;
    QHash<ConversationId, MessageId> m_waitingReads;
    QHash<ConversationId, SteadyTime> m_typedAt;
};

} // namespace presently::net
