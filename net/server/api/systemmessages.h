// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/api/apicontext.h"

//! \file
//! What the system says in a conversation: JSON that each client puts into its own words.

namespace presently::net {

//! Who a system message names.
struct NamedPerson {
    QString name;
    QString company;
};

[[nodiscard]] QString chatCreatedContent(const QList<NamedPerson> &people);
[[nodiscard]] QString participantJoinedContent(const NamedPerson &person);
[[nodiscard]] QString participantLeftContent(const NamedPerson &person);

//! Stores a system message; it counts as unread for nobody.
[[nodiscard]] Expected<Message, Error> addSystemMessage(
    ApiContext &context, const ConversationId &conversation, const QString &content);

} // namespace presently::net
