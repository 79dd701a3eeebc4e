// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/peopletable.h"

#include <QJsonArray>
#include <QJsonObject>

namespace presently::net {

class QaWorld;

//! `{now, offset_ms, frozen}`.
[[nodiscard]] QJsonObject clockView(QaWorld &world);
//! What is true of \a person: the leases, the rule that decided, what others and they themselves
//! see, and when that changes.
[[nodiscard]] QJsonObject presenceView(QaWorld &world, const PersonRecord &person);
//! Every WebSocket of mtchat, and every lease of another dialect that has a connection.
[[nodiscard]] QJsonArray connectionsView(QaWorld &world);
//! `{world, http, grpc, control, users}`, as in the line that the server prints when it is ready.
[[nodiscard]] QJsonObject worldView(QaWorld &world);
[[nodiscard]] QJsonArray usersView(const QaWorld &world);

} // namespace presently::net
