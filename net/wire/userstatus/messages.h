// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "net/wire/userstatus/faults.h"
#include "net/wire/userstatus/statuses.h"

#include <QStringList>

#include <userstatus.pb.h>

//! \file
//! Between the messages that protoc made and our values, for both ends. Only for those who link
//! protobuf.

namespace presently::net::userstatus {

namespace pb = ::users::status;

//! The longest id that is read; a longer one is nobody's.
inline constexpr int MaxIdBytes = 255;

[[nodiscard]] std::string toBytes(const QString &text);
[[nodiscard]] QString toText(const std::string &bytes);

//! \name What clients write and the server reads
//! @{
[[nodiscard]] pb::SetUserStatusRequest setStatusRequest(
    const QString &userId, WireStatus status, EnumRevision revision);
//! Errors: InvalidStatus for UNKNOWN, which is also what is not set, and for other numbers.
[[nodiscard]] Expected<WireStatus, Failure> requestedStatus(
    const pb::SetUserStatusRequest &request, EnumRevision revision);
[[nodiscard]] pb::GetMultipleUserStatusRequest manyRequest(const QStringList &userIds);
[[nodiscard]] QStringList requestedIds(const pb::GetMultipleUserStatusRequest &request);
[[nodiscard]] pb::SubscribeStatusUpdatesRequest watchRequest(
    const QString &userId, const QStringList &watched);
[[nodiscard]] QStringList watchedIds(const pb::SubscribeStatusUpdatesRequest &request);
//! @}

//! \name What the server writes and clients read
//! A number that the contract does not have is read as Unknown.
//! @{
void write(const StatusRow &row, EnumRevision revision, pb::UserStatusData &to);
[[nodiscard]] StatusRow read(const pb::UserStatusData &from, EnumRevision revision);
void write(const StatusEvent &event, EnumRevision revision, pb::StatusUpdateEvent &to);
[[nodiscard]] StatusEvent read(const pb::StatusUpdateEvent &from, EnumRevision revision);
void write(const Failure &failure, pb::ErrorResponse &to);
//! The wait that the details name, if they do.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryAfterIn(const pb::ErrorResponse &from);
//! @}

} // namespace presently::net::userstatus
