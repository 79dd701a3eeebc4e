// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/presence.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

//! \file
//! What a client of `devices` says: events of Socket.IO with one object each, in two vocabularies.
//! See net/wire/devices/README.md.

namespace presently::net::devices {

//! \brief The words that a peer uses. A is what the contract describes, B what the published server
//! speaks.
enum class Vocabulary { A, B };

//! \brief What a device tells of itself. Texts are at most MaxDetailLength characters.
struct DeviceDetails {
    DeviceType type = DeviceType::Unknown;
    QString os;
    QString browser;
    QString version;

    bool operator==(const DeviceDetails &) const = default;
};

//! A: the presence heartbeat. No answer.
struct UserHeartbeat {
    std::optional<WallTime> timestamp; //!< the client's clock: decides nothing (ruling L17)
    std::optional<DeviceDetails> device;
    bool operator==(const UserHeartbeat &) const = default;
};
//! A: several people at once.
struct CheckUsersPresence {
    QList<UserId> users;
    std::optional<QString> requestId; //!< comes back with the answer
    bool operator==(const CheckUsersPresence &) const = default;
};
//! A and B: one person.
struct GetUserPresence {
    UserId user;
    std::optional<QString> requestId;
    bool operator==(const GetUserPresence &) const = default;
};
//! B, and taken from clients of A as well: what the person wants shown.
struct UpdatePresence {
    IntentStatus status = IntentStatus::Auto;
    QString message; //!< cleaned
    bool operator==(const UpdatePresence &) const = default;
};
//! B: the presence heartbeat, answered by `heartbeat_ack`.
struct DeviceHeartbeat {
    std::optional<DeviceId> device;
    std::optional<WallTime> timestamp;
    bool operator==(const DeviceHeartbeat &) const = default;
};
//! B: several people at once.
struct GetBulkPresence {
    QList<UserId> users;
    std::optional<QString> requestId;
    bool operator==(const GetBulkPresence &) const = default;
};
//! A name that we do not know: ignored.
struct UnknownRequest {
    QString name;
    bool operator==(const UnknownRequest &) const = default;
};

using ClientEvent = std::variant<UserHeartbeat, CheckUsersPresence, GetUserPresence, UpdatePresence,
    DeviceHeartbeat, GetBulkPresence, UnknownRequest>;

inline constexpr qsizetype MaxMessageLength = 140; //!< UTF-16 units of Intent::customMessage
inline constexpr qsizetype MaxDetailLength = 64; //!< longer ones are cut
inline constexpr qsizetype MaxRequestIdLength = 128;
inline constexpr qsizetype MaxAskedUsers = 1000; //!< in one question; servers may allow fewer

//! Whether \a name is an event of clients of A that no other dialect has on `/`.
[[nodiscard]] bool isOwnEvent(QStringView name);
//! Which vocabulary this event shows; none: it belongs to both.
[[nodiscard]] std::optional<Vocabulary> vocabularyOf(const ClientEvent &event);

[[nodiscard]] QString eventName(const ClientEvent &event);
//! What goes behind the name; empty for an UnknownRequest, which cannot be said.
[[nodiscard]] QJsonObject toJson(const ClientEvent &event);

//! Errors: MissingField, InvalidField and TooLarge with the path of the field; `payload` when the
//! argument is no object.
[[nodiscard]] Expected<ClientEvent, Error> clientEventFromJson(
    const QString &name, const QJsonArray &arguments);

} // namespace presently::net::devices
