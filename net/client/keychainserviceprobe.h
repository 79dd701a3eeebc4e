// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

class QObject;

namespace presently::net {

//! What the secret service says of itself.
enum class KeychainService {
    Absent, //!< nobody answers for secrets here
    Locked, //!< there is a keyring, and it has not been unlocked
    Unusable, //!< the service runs and has no keyring to put things in
    Unlocked,
    Unknown, //!< this system has no way to ask
};

//! \brief Asks the secret service whether its default keyring is locked.
//!
//! A keyring that was never unlocked answers every search with "not found", which must not be
//! mistaken for an empty one: a sign-in after it would overwrite an entry that exists.
//!
//! Threading: the thread it is called on; never waits.
class KeychainServiceProbe
{
public:
    using Handler = std::function<void(KeychainService)>;

    //! Whether anybody can be asked at all. Where there is a display but no bus, asking would start
    //! one, and a keyring on it that nobody knows.
    [[nodiscard]] static bool isReachable();
    //! Calls \a done once, later, unless \a context goes first.
    void ask(QObject *context, Handler done);
};

} // namespace presently::net
