// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <optional>

namespace presently {

//! \brief One's own intent and the one that it returns to, by the rule of models/presence/README.md,
//! "Intent": so that a timed one ends on time while the server is out of reach, too.
//!
//! Units: times are UTC on the server's clock.
class OwnIntent
{
public:
    [[nodiscard]] const Intent &current() const { return m_current; }
    //! What comes back when the current one ends; none: it does not end, or nothing was before it.
    [[nodiscard]] const std::optional<Intent> &returnsTo() const { return m_returnsTo; }

    //! Returns whether anything changed.
    bool set(const Intent &intent);
    //! At start, from disk.
    void restore(const Intent &intent, const std::optional<Intent> &returnsTo);
    //! Returns whether the current one ended by \a now and another took its place.
    bool endAt(WallTime now);

private:
    Intent m_current;
    std::optional<Intent> m_returnsTo;
};

} // namespace presently
