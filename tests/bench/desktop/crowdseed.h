// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace presently::bench {

constexpr int Contacts = 500;
constexpr int Conversations = 20;

//! The person whose desktop is measured.
inline const QString ViewerLogin = QStringLiteral("viewer");
inline const QString ViewerPassword = QStringLiteral("viewer-password");
inline const QString ViewerId = QStringLiteral("viewer-id");

//! The id of contact \a number, from 0.
[[nodiscard]] QString contactId(int number);

//! A seed as of resources/seed/seed.schema.json: the viewer, their contacts, and conversations with
//! messages. The first conversation has 100 participants and is the newest.
[[nodiscard]] QByteArray crowdSeed();

//! A configuration of the server that lets few people of one address do very much.
[[nodiscard]] QByteArray crowdConfig();

} // namespace presently::bench
