// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/core/expected.h"
#include "models/core/preferences.h"
#include "models/core/presence.h"

#include <QJsonObject>
#include <QMap>

//! \file
//! Sign-in, people and presence on the REST API: net/README.md, "Sign-in" and "REST". Reading names
//! the path of what it cannot take.

namespace presently::net {
class JsonWriter;
}

namespace presently::net::mtchat {

//! \brief The device that signs in.
struct DeviceDescription {
    DeviceId id;
    DeviceType type = DeviceType::Unknown;
    QString name;
    QString os;

    bool operator==(const DeviceDescription &) const = default;
};

struct SignInRequest {
    QString login;
    QString password;
    DeviceDescription device;
};

//! \brief A person with the id that each dialect has for them.
struct PersonDetails {
    Person person; //!< `user` is the mtchat id
    QMap<QString, QString> ids; //!< dialect -> id

    bool operator==(const PersonDetails &) const = default;
};

//! \brief What a sign-in or a refresh gives.
struct SessionGrant {
    QString token;
    WallTime expiresAt;
    QString refreshToken;
    SessionId session; //!< empty when the server does not say
    PersonDetails user;
};

//! \brief One of a person's own devices.
struct SessionItem {
    SessionId id;
    DeviceDescription device;
    WallTime createdAt;
    std::optional<WallTime> lastSeenAt;
    bool isCurrent = false;

    bool operator==(const SessionItem &) const = default;
};

//! \brief Many presences at once, from REST.
struct PresenceReply {
    PresenceSnapshot snapshot;
};

//! \brief The body of `PUT /presence/me`; none: unchanged.
struct PresenceMeRequest {
    std::optional<Intent> intent; //!< from `status`, `custom_message` and `until`
    std::optional<LastSeenDetail> lastSeen;
    std::optional<OnHide> onHide;

    bool operator==(const PresenceMeRequest &) const = default;
};

//! \brief One of a person's own devices, and what it says of them.
struct DeviceEvidence {
    QString name;
    DeviceType type = DeviceType::Unknown;
    ActivityState state = ActivityState::Active;
    bool isCurrent = false;
    std::optional<WallTime> lastHeartbeatAt;
    std::optional<WallTime> expiresAt;

    bool operator==(const DeviceEvidence &) const = default;
};

//! \brief Why others see what they see of one.
struct PresenceWhy {
    PresenceRecord seenByOthers;
    Intent intent;
    std::optional<PresencePreferences> preferences; //!< `last_seen` and `on_hide`
    QList<DeviceEvidence> devices;
    QString rule; //!< a word for the rule that won: "invisible", "busy", "all_idle" ...
    std::optional<WallTime> nextChangeAt;
};

//! The fields of `presence.update` and of each row of a snapshot. `is_online` is always there.
//! The epoch stands in events, and above the rows in snapshots.
enum class EpochField { Written, LeftOut };
[[nodiscard]] QJsonObject presenceToJson(const PresenceRecord &record, EpochField epoch);
//! \brief What an event has beside the fields of a row; a row has neither.
struct PresenceEventFields {
    QLatin1StringView type;
    std::optional<Intent> intent; //!< for one's own devices
};
//! The same bytes as of presenceToJson(), quickly: with the epoch and \a event in an event,
//! without in a row.
void writePresence(JsonWriter &json, const PresenceRecord &record,
    const std::optional<PresenceEventFields> &event = {});
//! \a epoch is the one of the snapshot around the row, if it is in one.
[[nodiscard]] Expected<PresenceRecord, Error> presenceFromJson(
    const QJsonObject &object, std::optional<qint64> epoch = {});

[[nodiscard]] QJsonObject toJson(const Intent &intent);
[[nodiscard]] Expected<Intent, Error> intentFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const DeviceDescription &device);
[[nodiscard]] Expected<DeviceDescription, Error> deviceFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const SignInRequest &request);
[[nodiscard]] Expected<SignInRequest, Error> signInRequestFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const PersonDetails &person);
[[nodiscard]] Expected<PersonDetails, Error> personFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const SessionGrant &grant);
[[nodiscard]] Expected<SessionGrant, Error> sessionGrantFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const SessionItem &item);
[[nodiscard]] Expected<SessionItem, Error> sessionItemFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const PresenceReply &reply);
[[nodiscard]] Expected<PresenceReply, Error> presenceReplyFromJson(const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const PresenceMeRequest &request);
[[nodiscard]] Expected<PresenceMeRequest, Error> presenceMeRequestFromJson(
    const QJsonObject &object);
[[nodiscard]] QJsonObject toJson(const PresenceWhy &why);
[[nodiscard]] Expected<PresenceWhy, Error> presenceWhyFromJson(const QJsonObject &object);

} // namespace presently::net::mtchat
