// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QJsonArray>
#include <QJsonObject>

namespace presently::net {

//! \brief The one object behind the name of an event: an empty one when the event came bare.
//!
//! Further arguments are ignored. Errors: InvalidField `payload` when the first is no object.
[[nodiscard]] inline Expected<QJsonObject, Error> eventPayload(const QJsonArray &arguments)
{
    if (arguments.isEmpty())
        return QJsonObject();
    if (!arguments.first().isObject())
        return Unexpected{Error{ErrorCode::InvalidField, QStringLiteral("payload"),
            QStringLiteral("not an object"), {}}};
    return arguments.first().toObject();
}

} // namespace presently::net
