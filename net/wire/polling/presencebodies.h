// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace presently::net::polling {

//! How people are named in this dialect: a positive number.
using PersonNumber = qint64;

//! \brief Everybody who is there; whoever is not listed is not there.
struct OnlineUsers {
    static constexpr qsizetype MaxUsers = 100'000;

    QList<PersonNumber> users; //!< ascending
    QMap<PersonNumber, WallTime> lastActivity; //!< ours, only when it was asked for

    bool operator==(const OnlineUsers &) const = default;
};

[[nodiscard]] QJsonObject toJson(const OnlineUsers &online);
//! Some servers of this dialect answer with the bare list. Numbers that come twice count once.
[[nodiscard]] Expected<OnlineUsers, Error> onlineUsersFromJson(const QJsonDocument &document);

//! \brief "I am here", or, in one of two ways, "I am not".
struct HeartbeatRequest {
    std::optional<WallTime> timestamp; //!< the client's clock: decides nothing (ruling L17)
    bool offline = false;

    //! A client whose server has no route for leaving sends a time before the year 2000.
    [[nodiscard]] bool meansOffline() const;
    bool operator==(const HeartbeatRequest &) const = default;
};

[[nodiscard]] QJsonObject toJson(const HeartbeatRequest &request);
//! A time that cannot be read is none; a field of the wrong type is an error.
[[nodiscard]] Expected<HeartbeatRequest, Error> heartbeatRequestFromJson(const QJsonObject &object);

//! \brief The answer to a heartbeat.
struct HeartbeatReply {
    WallTime lastActivity; //!< the server's clock
    std::optional<PersonNumber> user; //!< not every server says it

    bool operator==(const HeartbeatReply &) const = default;
};

[[nodiscard]] QJsonObject toJson(const HeartbeatReply &reply);
[[nodiscard]] Expected<HeartbeatReply, Error> heartbeatReplyFromJson(const QJsonObject &object);

//! \brief The answer to "mark me offline".
struct MarkOfflineReply {
    QString message;
    std::optional<PersonNumber> user; //!< none: nobody was signed in

    bool operator==(const MarkOfflineReply &) const = default;
};

[[nodiscard]] QJsonObject toJson(const MarkOfflineReply &reply);
[[nodiscard]] Expected<MarkOfflineReply, Error> markOfflineReplyFromJson(const QJsonObject &object);

} // namespace presently::net::polling
