// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/apicontext.h"

namespace presently::net {

class ApiQuestion;

//! \a message with an address for each of its files, good for an hour and for whoever holds it.
[[nodiscard]] Expected<Message, Error> withAddresses(ApiQuestion &question, Message message);
//! The address of one stored file.
[[nodiscard]] QString addressOf(ApiQuestion &question, const AttachmentRecord &record);

} // namespace presently::net
