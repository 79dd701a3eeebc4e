// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <compare>

namespace presently {

//! \brief A name on the wire, typed by what it names. Opaque: 1 to 255 bytes of UTF-8, compared
//! byte for byte.
template <typename Tag>
struct Id {
    QString value;

    [[nodiscard]] bool isEmpty() const { return value.isEmpty(); }
    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &left, const Id &right) { return left.value < right.value; }
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept { return qHash(id.value, seed); }
};

using UserId = Id<struct UserTag>; //!< a person, as the dialect in use names them
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>; //!< UUIDv7 on our server: ordered by time
using DeviceId = Id<struct DeviceTag>; //!< one installation; made at its first start and kept
using SessionId = Id<struct SessionTag>; //!< one sign-in of one device
using AttachmentId = Id<struct AttachmentTag>;
using IdempotencyKey
    = Id<struct IdempotencyTag>; //!< made when a message is composed; sent twice, stored once

//! A person inside a server: small, stable, never on the wire. Each dialect has its own UserId for it.
enum class PersonKey : qint64 {};

} // namespace presently

Q_DECLARE_METATYPE(presently::UserId)
Q_DECLARE_METATYPE(presently::ConversationId)
Q_DECLARE_METATYPE(presently::MessageId)
Q_DECLARE_METATYPE(presently::IdempotencyKey)
