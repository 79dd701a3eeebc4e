// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrl>

#include <functional>
#include <utility>

namespace presently::test {

//! Turns the event loop until \a holds, without a pause between two events. False: not in time.
[[nodiscard]] bool waitUntil(
    const std::function<bool()> &holds, Milliseconds deadline = Milliseconds{5000});

using HttpFields = QList<std::pair<QByteArray, QByteArray>>;

//! \brief An answer over HTTP. Status 0: there was none.
struct HttpAnswer {
    int status = 0;
    QByteArray head; //!< with the line of the status
    QByteArray body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    //! All fields of this name, in their order.
    [[nodiscard]] QByteArrayList fields(const QByteArray &name) const;
    //! Status and body, which is what answers are compared by.
    [[nodiscard]] QByteArray text() const { return QByteArray::number(status) + ' ' + body; }
};

//! One request on a connection of its own, so that nothing of an earlier one is in the way.
[[nodiscard]] HttpAnswer httpCall(const QUrl &server, const QByteArray &method,
    const QString &target, const QByteArray &body = {}, const HttpFields &fields = {});

} // namespace presently::test
