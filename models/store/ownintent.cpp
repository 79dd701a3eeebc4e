// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/ownintent.h"

#include <utility>

namespace presently {

bool OwnIntent::set(const Intent &intent)
{
    if (intent == m_current)
        return false;
    if (!intent.until) {
        m_returnsTo.reset();
    } else {
        // A longer one in place of one that also ends leaves what both were to return to.
        const bool outlives = m_current.until && *intent.until >= *m_current.until;
        if (!outlives)
            m_returnsTo = m_current;
    }
    m_current = intent;
    return true;
}

void OwnIntent::restore(const Intent &intent, const std::optional<Intent> &returnsTo)
{
    m_current = intent;
    m_returnsTo = returnsTo;
}

bool OwnIntent::endAt(WallTime now)
{
    if (!m_current.until || *m_current.until > now)
        return false;
    m_current = std::exchange(m_returnsTo, std::nullopt).value_or(Intent{});
    if (m_current.until && *m_current.until <= now)
        m_current = {};
    return true;
}

} // namespace presently
