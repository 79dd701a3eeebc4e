// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "net/wire/http/response.h"
#include "net/wire/mtchat/errors.h"

#include <QJsonObject>
#include <QJsonValue>

//! \file
//! The answers of the contract: net/README.md, "REST".

namespace presently::net {

//! 200 with `{"data": …}`.
[[nodiscard]] HttpResponse answerData(const QJsonValue &data);
//! 200 with a bare object, as actions answer.
[[nodiscard]] HttpResponse answerAction(const QJsonObject &object);
[[nodiscard]] HttpResponse answerNothing(int status);
//! `{"error":{…}}` with the status of \a code.
[[nodiscard]] HttpResponse refuse(mtchat::ApiErrorCode code, const QString &message);
//! What went wrong inside; whoever asks learns nothing of it but for what they did wrong themselves.
[[nodiscard]] HttpResponse refuseFor(const Error &error);
//! Plain text, for what is wrong with the request before anybody looks at its meaning.
[[nodiscard]] HttpResponse refuseForm(int status, const QString &text);

} // namespace presently::net
