// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/expected.h"
#include "models/core/presence.h"
#include "net/wire/userstatus/faults.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

//! \file
//! The JSON of the dialect's REST face: words in place of numbers, RFC 3339 in place of seconds.

namespace presently::net::userstatus {

//! \brief The words of this face; it knows two wishes that gRPC has no number for.
enum class RestStatus { Online, Away, Offline, Invisible, DoNotDisturb };

[[nodiscard]] QLatin1StringView toWord(RestStatus status);
[[nodiscard]] std::optional<RestStatus> fromWord(QStringView word);
//! What others are told; unknown is offline here.
[[nodiscard]] RestStatus restStatusFor(Status status);
//! What people are told of themselves, where invisible is not disguised.
[[nodiscard]] RestStatus ownRestStatusFor(Status status, IntentStatus intent);

//! \brief One person's state.
struct RestRow {
    QString userId;
    RestStatus status = RestStatus::Offline;
    std::optional<WallTime> timestamp; //!< when the state began; null when it is not told
    std::optional<WallTime> lastActivity; //!< null when it is not told

    bool operator==(const RestRow &) const = default;
};

//! `{"success":true,"data":{…}}`, with `message` unless it is empty.
[[nodiscard]] QByteArray encodeRow(const RestRow &row, const QString &message = {});
//! `{"success":true,"data":{"<id>":{…}},"count":n}`.
[[nodiscard]] QByteArray encodeRows(const QList<RestRow> &rows);
//! `{"success":…,"message":…,"next_heartbeat_seconds":n}`.
[[nodiscard]] QByteArray encodeHeartbeat(bool success, qint64 nextSeconds);
//! `{"success":false,"error":"…"}`.
[[nodiscard]] QByteArray encodeFailure(const QString &text);

//! Reads `{"status":"…"}`.
[[nodiscard]] Expected<RestStatus, Failure> decodeStatusRequest(const QByteArray &body);

} // namespace presently::net::userstatus
