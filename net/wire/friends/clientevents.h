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
//! What a client of `friends` says: events of Socket.IO in the namespace `/`, with one object each.
//! See net/wire/friends/README.md.

namespace presently::net::friends {

//! The presence heartbeat. No answer.
struct HeartbeatRequest {
    std::optional<WallTime> timestamp; //!< the client's clock: decides nothing (ruling L17)
    bool operator==(const HeartbeatRequest &) const = default;
};
//! From now on this socket hears who comes into and leaves a conversation.
struct JoinConversationRequest {
    ConversationId conversation;
    bool operator==(const JoinConversationRequest &) const = default;
};
struct LeaveConversationRequest {
    ConversationId conversation;
    bool operator==(const LeaveConversationRequest &) const = default;
};
//! At least one of `text`, `url` and `fileName` is there.
struct SendMessageRequest {
    ConversationId conversation;
    std::optional<QString> text; //!< plain
    std::optional<QString> url;
    std::optional<QString> fileName;
    bool operator==(const SendMessageRequest &) const = default;
};
//! A name that we do not know: ignored.
struct UnknownRequest {
    QString name;
    bool operator==(const UnknownRequest &) const = default;
};

using ClientEvent = std::variant<HeartbeatRequest, JoinConversationRequest,
    LeaveConversationRequest, SendMessageRequest, UnknownRequest>;

inline constexpr qsizetype MaxTextLength = 10'000; //!< UTF-16 units of a message
inline constexpr qsizetype MaxUrlLength = 2'048; //!< UTF-16 units

//! Whether \a name is an event of this dialect.
[[nodiscard]] bool isOwnEvent(QStringView name);
[[nodiscard]] QString eventName(const ClientEvent &event);
//! What goes behind the name; empty for an UnknownRequest, which cannot be said.
[[nodiscard]] QJsonObject toJson(const ClientEvent &event);

//! Texts come out fit to be shown; texts that are then empty count as absent.
//! Errors: MissingField and InvalidField, TooLarge for a text, each with the path of the field;
//! `payload` when the argument is no object.
[[nodiscard]] Expected<ClientEvent, Error> clientEventFromJson(
    const QString &name, const QJsonArray &arguments);

} // namespace presently::net::friends
