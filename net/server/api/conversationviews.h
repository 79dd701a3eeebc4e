// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/conversationrecords.h"
#include "net/server/api/apicontext.h"
#include "net/wire/mtchat/restconversations.h"

//! \file
//! Rows of the database as the shapes of the wire, for one person who looks.

namespace presently::net {

[[nodiscard]] mtchat::ConversationDetails detailsOf(const ConversationRecord &record);
[[nodiscard]] mtchat::AccessScope scopeOf(const AccessScopeRecord &record);

//! A row of a list. The other side of a conversation of two comes with its presence.
[[nodiscard]] mtchat::ConversationItem itemFor(
    const ApiContext &context, PersonKey viewer, const ConversationSummary &summary);

enum class ContactDetails { Shown, Hidden };

//! A participant without presence, as the Management API sees everybody.
[[nodiscard]] mtchat::ParticipantItem participantOf(
    const ConversationId &conversation, const ParticipantRecord &record);
//! A participant with presence. What somebody has set for themselves alone (pin, archive, mute) is
//! told to nobody else, and their read pointer stands still while they are invisible.
[[nodiscard]] mtchat::ParticipantItem participantFor(const ApiContext &context, PersonKey viewer,
    const ConversationId &conversation, const ParticipantRecord &record, ContactDetails details);

} // namespace presently::net
