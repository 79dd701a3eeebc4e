// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What each frame of the server means.

#include "net/client/engine_p.h"
#include "net/client/logging.h"

namespace presently::net {

void Engine::Private::on(const mtchat::PresenceUpdateFrame &frame)
{
    tell(PresenceChangedEvent{frame.record});
    if (frame.intent && frame.record.user == self())
        tell(OwnIntentEvent{*frame.intent});
}

void Engine::Private::on(const mtchat::PresenceSnapshotFrame &frame)
{
    const PresenceSnapshot snapshot{frame.epoch, frame.complete, frame.users};
    m_hydrator.noteSnapshot(snapshot);
    tell(PresenceSnapshotEvent{snapshot});
}

void Engine::Private::on(const mtchat::MessageNewFrame &frame)
{
    m_hydrator.noteConversation(frame.message.conversation);
    if (!m_sendQueue.holds(frame.message))
        m_hydrator.pass(MessageAddedEvent{frame.message});
}

void Engine::Private::on(const mtchat::MessageEditedFrame &frame)
{
    m_hydrator.pass(MessageEditedEvent{frame.message});
}

void Engine::Private::on(const mtchat::MessageDeletedFrame &frame)
{
    m_hydrator.pass(MessageDeletedEvent{frame.conversation, frame.message});
}

void Engine::Private::on(const mtchat::MessageReadFrame &frame)
{
    m_hydrator.pass(MessageReadEvent{frame.conversation, frame.user, frame.lastRead});
}

void Engine::Private::on(const mtchat::ParticipantJoinedFrame &frame)
{
    if (frame.user == self())
        m_hydrator.reloadLists();
    else if (m_hydrator.isOpen(frame.conversation))
        m_hydrator.reloadParticipants(frame.conversation);
}

void Engine::Private::on(const mtchat::ParticipantLeftFrame &frame)
{
    if (frame.user == self())
        m_hydrator.pass(ConversationRemovedEvent{frame.conversation});
    else
        m_hydrator.pass(ParticipantLeftEvent{frame.conversation, frame.user});
}

void Engine::Private::on(const mtchat::ConversationArchivedFrame &frame)
{
    m_hydrator.pass(ConversationChangedEvent{frame.conversation, {}, {}, true, {}});
}

void Engine::Private::on(const mtchat::ConversationUnarchivedFrame &frame)
{
    m_hydrator.pass(ConversationChangedEvent{frame.conversation, {}, {}, false, {}});
}

void Engine::Private::on(const mtchat::ConversationChangedFrame &frame)
{
    m_hydrator.pass(ConversationChangedEvent{
        frame.conversation, frame.pinned, frame.muted, frame.archived, frame.unreadCount});
}

void Engine::Private::on(const mtchat::TypingFrame &frame)
{
    tell(TypingEvent{frame.conversation, frame.user, frame.until});
}

void Engine::Private::on(const mtchat::ResyncFrame &)
{
    resync();
}

void Engine::Private::on(const mtchat::ErrorFrame &frame)
{
    qCWarning(linkLog) << "the server did not take a frame:" << frame.code.left(64);
}

void Engine::Private::on(const mtchat::GoodbyeFrame &frame)
{
    m_link.setRetryAfter(frame.retryAfter);
}

void Engine::Private::on(const mtchat::UnknownFrame &frame)
{
    tell(UnknownEvent{frame.type});
}

} // namespace presently::net
