// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/polling/failures.h"

#include <QJsonArray>

namespace presently::net::polling {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto DetailKey = "detail"_L1;
constexpr auto CodeKey = "code"_L1;
constexpr auto ErrorKey = "error"_L1;

//! The first field whose value is a list that begins with a text.
std::optional<Failure> fieldFailure(const QJsonObject &object)
{
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry) {
        const QJsonValue first = entry.value().toArray().first();
        if (first.isString())
            return Failure{Failure::Shape::Field, first.toString(), std::nullopt, entry.key()};
    }
    return std::nullopt;
}

} // namespace

QJsonObject toJson(const Failure &failure)
{
    switch (failure.shape) {
    case Failure::Shape::Error:
        return {{ErrorKey, failure.text}};
    case Failure::Shape::Field:
        return {{failure.field, QJsonArray{failure.text}}};
    case Failure::Shape::Detail:
        break;
    }
    QJsonObject object{{DetailKey, failure.text}};
    if (failure.code)
        object.insert(CodeKey, *failure.code);
    return object;
}

Expected<Failure, Error> failureFromJson(const QJsonObject &object)
{
    const QJsonValue detail = object.value(DetailKey);
    if (detail.isString()) {
        Failure failure{Failure::Shape::Detail, detail.toString(), std::nullopt, {}};
        if (const QJsonValue code = object.value(CodeKey); code.isString())
            failure.code = code.toString();
        return failure;
    }
    if (const QJsonValue error = object.value(ErrorKey); error.isString())
        return Failure{Failure::Shape::Error, error.toString(), std::nullopt, {}};
    if (auto failure = fieldFailure(object))
        return *std::move(failure);
    return Unexpected{
        Error{ErrorCode::MissingField, DetailKey, u"the answer gives no reason"_s, std::nullopt}};
}

Failure failureOf(const Error &error)
{
    if (error.code == ErrorCode::MissingField)
        return {Failure::Shape::Field, u"is needed"_s, std::nullopt, error.field};
    if (error.code == ErrorCode::InvalidField)
        return {Failure::Shape::Field, error.detail, std::nullopt, error.field};
    return {Failure::Shape::Detail, u"The body is not JSON that can be taken: "_s + error.detail,
        std::nullopt, {}};
}

} // namespace presently::net::polling
