// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <variant>

//! \file
//! What a server of `friends` says. See net/wire/friends/README.md.

namespace presently::net::friends {

//! Somebody is there, or is not: all that this dialect can say of a person.
struct FriendStatusChanged {
    UserId user; //!< 24 hexadecimal digits
    bool online = false;
    WallTime timestamp;
    bool operator==(const FriendStatusChanged &) const = default;
};

//! What of the client's could not be done.
enum class FailedAction { Connection, Join, Leave, SendMessage, Other };
struct ErrorReport {
    FailedAction action = FailedAction::Other;
    QString code; //!< as it was on the wire; toJson() writes it for Other alone
    QString message;
    QString details; //!< may be empty
    bool operator==(const ErrorReport &) const = default;
};

//! Who takes part: ourselves (Joined, Left) or somebody else.
enum class RoomChange { Joined, Left, UserJoined, UserLeft };
struct RoomEvent {
    RoomChange change = RoomChange::Joined;
    ConversationId conversation;
    UserId user;
    QString userName;
    bool operator==(const RoomEvent &) const = default;
};

//! A message, to everybody who takes part, its sender too.
struct NewMessage {
    MessageId id;
    ConversationId conversation;
    UserId sender; //!< "0": the server itself
    QString senderName;
    std::optional<QString> senderAvatar;
    std::optional<QString> text; //!< plain
    std::optional<QString> url;
    std::optional<QString> fileName;
    WallTime createdAt;
    std::optional<WallTime> updatedAt;
    bool operator==(const NewMessage &) const = default;
};
//! A name that we do not know: counted, never an error.
struct UnknownEvent {
    QString name;
    bool operator==(const UnknownEvent &) const = default;
};

using ServerEvent
    = std::variant<FriendStatusChanged, ErrorReport, RoomEvent, NewMessage, UnknownEvent>;

[[nodiscard]] QString eventName(const ServerEvent &event);
//! What goes behind the name; empty for an UnknownEvent, which cannot be said.
[[nodiscard]] QJsonObject toJson(const ServerEvent &event);

//! Names and texts come out fit to be shown.
//! Errors: MissingField and InvalidField with the path; `payload` when the argument is no object.
[[nodiscard]] Expected<ServerEvent, Error> serverEventFromJson(
    const QString &name, const QJsonArray &arguments);

} // namespace presently::net::friends
