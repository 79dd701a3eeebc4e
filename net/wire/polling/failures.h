// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace presently::net::polling {

//! \brief Why a request was refused, in one of the three shapes that this dialect has for it.
struct Failure {
    //! \brief Who of the two servers of this dialect speaks, or what about.
    enum class Shape {
        Detail, //!< {"detail": text, "code"?}: whoever asks may not, or not now
        Error, //!< {"error": text}: sign-in, and the proxy
        Field, //!< {field: [text]}: a body that cannot be taken
    };

    Shape shape = Shape::Detail;
    QString text;
    std::optional<QString> code; //!< only with Detail: "token_not_valid"
    QString field; //!< only with Field

    bool operator==(const Failure &) const = default;
};

//! Stands in `code` when a token is not good, or not good any more: refresh it.
inline constexpr auto TokenNotValidCode = QLatin1StringView("token_not_valid");

[[nodiscard]] QJsonObject toJson(const Failure &failure);
//! Errors: MissingField when it has none of the three shapes.
[[nodiscard]] Expected<Failure, Error> failureFromJson(const QJsonObject &object);
//! A body that could not be read, as this dialect says it.
[[nodiscard]] Failure failureOf(const Error &error);

} // namespace presently::net::polling
