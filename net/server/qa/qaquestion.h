// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/apicontext.h"
#include "net/server/qa/expectations.h"

#include <variant>

namespace presently::net {

class QaWorld;

//! The longest that time is moved, or that anybody waits.
inline constexpr Milliseconds LongestQaSpan = std::chrono::hours{31 * 24};

//! The JSON object of the body; an empty body is an empty object.
[[nodiscard]] Expected<QJsonObject, Error> qaBodyOf(const ApiRequest &request);

//! "65s", "500ms", "2m", "1h", or a number of seconds. Errors: InvalidField, also beyond
//! LongestQaSpan.
[[nodiscard]] Expected<Milliseconds, Error> qaSpanFromJson(
    QLatin1StringView key, const QJsonValue &value);

//! How far to move the time: `{"seconds": n}` or `{"ms": n}`, one of the two.
[[nodiscard]] Expected<Milliseconds, Error> advanceFromJson(const QJsonObject &object);

//! \brief What is to be waited for, and how long.
struct QaExpectation {
    std::variant<FrameWish, StatusWish> wish;
    Milliseconds within{5'000};
};

//! `{user, frame, count?, direction?, dialect?, since?, within?}` or `{user, status, within?}`.
[[nodiscard]] Expected<QaExpectation, Error> expectationFromJson(
    const QJsonObject &object, QaWorld &world);

} // namespace presently::net
