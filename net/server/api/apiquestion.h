// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/conversationrecords.h"
#include "net/server/api/apicontext.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace presently::net {

//! \brief A request as its handler reads it: path, query, headers and body, each checked once.
//!
//! The first thing that cannot be taken is kept as the answer; reading goes on with empty values,
//! and answered() gives that answer in place of the handler's.
class ApiQuestion
{
public:
    ApiQuestion(const ApiRequest &request, ApiContext &context);

    [[nodiscard]] ApiContext &context() const { return m_context; }
    [[nodiscard]] const ApiRequest &request() const { return m_request; }
    [[nodiscard]] const Caller &caller() const { return *m_request.caller; }
    [[nodiscard]] const std::optional<HttpResponse> &refusal() const { return m_refusal; }
    void setRefusal(const HttpResponse &refusal);

    //! A variable segment of the path that must be a UUID; in lower case.
    [[nodiscard]] QString uuid(qsizetype argument);
    [[nodiscard]] QString argument(qsizetype argument) const;
    [[nodiscard]] QString query(QStringView name) const;
    //! From 0 up to \a most; more is \a most, less is refused.
    [[nodiscard]] int number(QStringView name, int fallback, int most);
    [[nodiscard]] std::optional<bool> flag(QStringView name);
    //! The value of a query item that must be a UUID.
    [[nodiscard]] std::optional<QString> uuidQuery(QStringView name);
    //! The header X-Scope-Config.
    [[nodiscard]] std::optional<AccessScope> scope();
    //! The same where the contract wants it to be there.
    [[nodiscard]] AccessScope requiredScope();

    //! The JSON body by its reader: 400 for the syntax, 422 for the fields.
    template <typename Read>
    auto body(Read read) -> typename std::invoke_result_t<Read, QJsonObject>::value_type
    {
        const std::optional<QJsonObject> object = bodyObject();
        if (!object)
            return {};
        auto value = read(*object);
        if (value)
            return *std::move(value);
        refuseBody(value.error());
        return {};
    }

private:
    [[nodiscard]] std::optional<QJsonObject> bodyObject();
    void refuseBody(const Error &error);

    const ApiRequest &m_request;
    ApiContext &m_context;
    std::optional<HttpResponse> m_refusal;
};

//! A handler that reads a question and answers at once.
using ApiAnswering = HttpResponse (*)(ApiQuestion &question);
//! \a answer as a route; it is not called on when reading was refused before it wrote anything.
[[nodiscard]] std::function<HttpResponse(const ApiRequest &)> answering(
    ApiAnswering answer, ApiContext &context);

} // namespace presently::net
