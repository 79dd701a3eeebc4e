// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace presently::bench {

//! \brief How many people a server under load has, and how many each of them knows.
//!
//! Everybody stands in a ring and knows the nearest on both sides, so that any stretch of the ring
//! is as busy as any other.
struct Population {
    int people = 5'000;
    int contacts = 50; //!< of each; even
};

//! "p00042": the login, and the id in mtchat. \a number below 100,000.
[[nodiscard]] QByteArray userId(int number);
//! "00000000000000000000002a": the id in friends and devices.
[[nodiscard]] QByteArray objectId(int number);
//! Whose id this is, in either form.
[[nodiscard]] std::optional<int> numberOf(QByteArrayView id);

[[nodiscard]] std::vector<int> contactsOf(int number, const Population &population);

//! A seed as of resources/seed/seed.schema.json with these people and no conversations.
[[nodiscard]] QByteArray loadSeed(const Population &population);

} // namespace presently::bench
