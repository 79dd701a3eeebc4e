// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/broadcaster.h"

#include <QSet>
#include <QStringList>

namespace presently::test {

//! \brief Writes down what the API tells the hub, as "event what -> 1 2 3", in its order.
class RecordingBroadcaster final : public net::Broadcaster
{
public:
    void messageAdded(const Message &message, const Recipients &to) override
    {
        lastMessage = message;
        note(message.kind == MessageKind::System ? "system" : "added", to);
    }
    void messageEdited(const Message &message, const Recipients &to) override
    {
        lastMessage = message;
        note("edited", to);
    }
    void messageDeleted(const ConversationId &, const MessageId &, const Recipients &to) override
    {
        note("deleted", to);
    }
    void messageRead(const ConversationId &, const UserId &reader, const MessageId &,
        const Recipients &to) override
    {
        note("read " + reader.value.toUtf8(), to);
    }
    void participantJoined(
        const ConversationId &, PersonKey, const UserId &user, const Recipients &to) override
    {
        note("joined " + user.value.toUtf8(), to);
    }
    void participantLeft(
        const ConversationId &, PersonKey, const UserId &user, const Recipients &to) override
    {
        note("left " + user.value.toUtf8(), to);
    }
    void conversationRemoved(const ConversationId &, const Recipients &members) override
    {
        note("removed", members);
    }
    void conversationUnarchived(const ConversationId &, const Recipients &to) override
    {
        note("unarchived", to);
    }
    void conversationChanged(PersonKey person, const net::ConversationChange &change) override
    {
        lastChange = change;
        note("changed", {person});
    }
    void personAdded(PersonKey person) override { note("person", {person}); }
    void personRemoved(PersonKey person) override { note("gone", {person}); }

    [[nodiscard]] PresenceRecord presenceFor(PersonKey viewer, PersonKey subject) const override
    {
        PresenceRecord record;
        record.presence.status = online.contains(subject) ? Status::Online : Status::Offline;
        record.version = {42, qint64(viewer) * 100 + qint64(subject)};
        return record;
    }
    [[nodiscard]] qint64 presenceEpoch() const override { return 42; }
    [[nodiscard]] bool isPresenceComplete() const override { return true; }
    [[nodiscard]] bool isInvisible(PersonKey person) const override
    {
        return invisible.contains(person);
    }

    //! What was told since the last call.
    [[nodiscard]] QStringList take() { return std::exchange(m_notes, {}); }

    Message lastMessage;
    net::ConversationChange lastChange;
    QSet<PersonKey> online;
    QSet<PersonKey> invisible;

private:
    void note(const QByteArray &what, Recipients to)
    {
        std::sort(to.begin(), to.end());
        QStringList keys;
        for (const PersonKey key : to)
            keys.append(QString::number(qint64(key)));
        m_notes.append(QString::fromUtf8(what) + QStringLiteral(" -> ") + keys.join(u' '));
    }

    QStringList m_notes;
};

} // namespace presently::test
