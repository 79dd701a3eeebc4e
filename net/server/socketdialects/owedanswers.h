// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"

#include <QHash>
#include <QSet>

#include <utility>

namespace presently::net {

//! \brief Who asked, while "offline" is held back after a start, for somebody of whom nothing is
//! known yet.
//!
//! Bounded by the pairs that may see one another.
class OwedAnswers
{
public:
    void add(PersonKey viewer, PersonKey subject) { m_owed[subject].insert(viewer); }
    //! Everybody has just been told of \a subject.
    void told(PersonKey subject) { m_owed.remove(subject); }

    //! Calls \a tell for each pair, once, and forgets them all.
    template <typename Tell>
    void settle(Tell tell)
    {
        const auto owed = std::exchange(m_owed, {});
        for (auto entry = owed.cbegin(); entry != owed.cend(); ++entry) {
            for (const PersonKey viewer : entry.value())
                tell(viewer, entry.key());
        }
    }

private:
    QHash<PersonKey, QSet<PersonKey>> m_owed; //!< by subject
};

} // namespace presently::net
