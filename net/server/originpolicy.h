// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/requesthandler.h"

#include <QStringList>

#include <optional>

namespace presently::net {

//! \brief Which web pages may use the REST API: those of the server's own address, and those of the
//! configured origins. Whatever is no browser sends no Origin and passes.
class OriginPolicy
{
public:
    explicit OriginPolicy(QStringList allowed)
        : m_allowed(std::move(allowed))
    {
    }

    //! The answer to a foreign origin, or to the question of a browser before its request; none: go
    //! on.
    [[nodiscard]] std::optional<HttpResponse> answer(const RequestHead &head) const;
    //! The origin of \a head if it may read our answers, else empty.
    [[nodiscard]] QByteArray acceptedOrigin(const RequestHead &head) const;
    //! Adds what the browser of an accepted \a origin wants to see on an answer.
    void decorate(const QByteArray &origin, HttpResponse &response) const;
    [[nodiscard]] bool allowsEverybody() const;

private:
    [[nodiscard]] bool isAllowed(const RequestHead &head, const QByteArray &origin) const;

    QStringList m_allowed;
};

} // namespace presently::net
