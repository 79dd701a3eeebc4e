// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/mtchat/frames.h"

#include <utility>

//! \file
//! The values that tests/data/mtchat/*-frames.json writes down.

namespace presently::test {

inline const ConversationId TheConversation{QStringLiteral("0194e3a0-0000-7000-8000-0000000000d1")};
inline const MessageId TheMessage{QStringLiteral("0194e3a0-0000-7000-8000-000000000001")};
inline const UserId Ana{QStringLiteral("ana")};
inline const UserId Bob{QString::fromUtf8("böb")};
inline constexpr qint64 Epoch = 1770472800007;

inline WallTime at(qint64 milliseconds)
{
    return WallTime{Milliseconds{milliseconds}};
}

inline PresenceRecord awayBob()
{
    PresenceRecord record;
    record.user = Bob;
    record.presence.status = Status::Away;
    record.presence.autoAway = true;
    record.presence.customMessage = QString::fromUtf8("Обед");
    record.presence.until = at(1770476400000);
    record.presence.lastSeen = at(1770472798500);
    record.presence.deviceCount = 2;
    record.presence.deviceTypes = DeviceType::Desktop | DeviceType::Mobile;
    record.version = {Epoch, 7};
    record.at = at(Epoch);
    return record;
}

inline PresenceRecord offlineBob()
{
    PresenceRecord record;
    record.user = Bob;
    record.presence.status = Status::Offline;
    record.presence.lastSeen = at(1770472798500);
    record.presence.reason = OfflineReason::Disconnected;
    record.version = {Epoch, 8};
    record.at = at(Epoch);
    return record;
}

inline Message sampleMessage()
{
    Message message;
    message.id = TheMessage;
    message.conversation = TheConversation;
    message.sender = Ana;
    message.content = QString::fromUtf8("<p>🦊</p>");
    message.sentAt = at(Epoch);
    message.replyTo = MessageId{QStringLiteral("0194e3a0-0000-7000-8000-000000000000")};
    message.attachments = {{AttachmentId{QStringLiteral("a-1")}, QStringLiteral("notes.txt"),
        QStringLiteral("text/plain"), 12, QStringLiteral("http://127.0.0.1/x")}};
    return message;
}

inline Message systemMessage()
{
    Message message;
    message.id = {QStringLiteral("0194e3a0-0000-7000-8000-000000000002")};
    message.conversation = TheConversation;
    message.kind = MessageKind::System;
    message.content = QStringLiteral("{\"event\":\"participant_left\",\"name\":\"Ana\"}");
    message.sentAt = at(Epoch);
    return message;
}

inline Message editedMessage(bool complete)
{
    Message message;
    message.id = TheMessage;
    message.conversation = TheConversation;
    message.content = QStringLiteral("<p>b</p>");
    message.lastEditedAt = at(1770472860000);
    if (complete) {
        message.sender = Ana;
        message.sentAt = at(Epoch);
    }
    return message;
}

inline QList<std::pair<QString, net::mtchat::ServerFrame>> serverSamples()
{
    using namespace net::mtchat;
    const auto name = [](const char *text) { return QString::fromLatin1(text); };
    SessionTerms terms;
    terms.session = {QStringLiteral("s-1")};
    terms.epoch = Epoch;
    terms.seq = 41;
    terms.serverTime = at(Epoch);
    terms.heartbeat = {Milliseconds{30'000}, Milliseconds{60'000}, Milliseconds{15'000}};
    terms.resumeWindow = Milliseconds{600'000};
    terms.features = {QStringLiteral("presence"), QStringLiteral("resume")};
    PresenceRecord neverSeen;
    neverSeen.user = {QStringLiteral("carol")};
    neverSeen.presence.status = Status::Offline;
    neverSeen.version = {Epoch, 0};
    return {
        {name("connected"), ConnectedFrame{Ana, terms}},
        {name("connected, published"), ConnectedFrame{Ana, {}}},
        {name("pong"), PongFrame{}},
        {name("presence.update"), PresenceUpdateFrame{awayBob()}},
        {name("presence.update, offline"), PresenceUpdateFrame{offlineBob()}},
        {name("presence.snapshot"), PresenceSnapshotFrame{Epoch, true, {neverSeen}}},
        {name("message.new"), MessageNewFrame{sampleMessage(), true}},
        {name("message.new, published"), MessageNewFrame{systemMessage(), false}},
        {name("message.edited"), MessageEditedFrame{editedMessage(true), true}},
        {name("message.edited, published"), MessageEditedFrame{editedMessage(false), false}},
        {name("message.deleted"), MessageDeletedFrame{TheConversation, TheMessage}},
        {name("message.read"), MessageReadFrame{TheConversation, Ana, TheMessage}},
        {name("participant.joined"), ParticipantJoinedFrame{TheConversation, Ana}},
        {name("participant.left"), ParticipantLeftFrame{TheConversation, Ana}},
        {name("dialog.archived"), ConversationArchivedFrame{TheConversation}},
        {name("dialog.unarchived"), ConversationUnarchivedFrame{TheConversation}},
        {name("conversation.changed"),
            ConversationChangedFrame{TheConversation, true, false, true, 3}},
        {name("typing"), TypingFrame{TheConversation, Ana, at(1770472806000)}},
        {name("resync"), ResyncFrame{QStringLiteral("gap")}},
        {name("error"),
            ErrorFrame{QStringLiteral("RATE_LIMIT_EXCEEDED"), QStringLiteral("slow down")}},
        {name("goodbye"), GoodbyeFrame{QStringLiteral("restart"), Milliseconds{4200}}},
        {name("goodbye without a time"), GoodbyeFrame{QStringLiteral("restart"), {}}},
    };
}

inline QList<std::pair<QString, net::mtchat::ClientFrame>> clientSamples()
{
    using namespace net::mtchat;
    const auto name = [](const char *text) { return QString::fromLatin1(text); };
    const Intent busy{
        IntentStatus::Busy, QString::fromUtf8("In a call — back soon"), at(1770476400000)};
    return {
        {name("a bare ping"), PingRequest{}},
        {name("a ping with its state"), PingRequest{ActivityState::Hidden, Milliseconds{61'000}}},
        {name("subscribe"), SubscribeRequest{TheConversation}},
        {name("unsubscribe"), UnsubscribeRequest{TheConversation}},
        {name("presence.set"), PresenceSetRequest{busy}},
        {name("presence.set auto"), PresenceSetRequest{Intent{}}},
        {name("presence.watch"), PresenceWatchRequest{{Ana, Bob}}},
        {name("typing"), TypingRequest{TheConversation}},
        {name("resume"), ResumeRequest{{QStringLiteral("s-1")}, Epoch, 41}},
        {name("goodbye"), GoodbyeRequest{}},
    };
}

} // namespace presently::test
