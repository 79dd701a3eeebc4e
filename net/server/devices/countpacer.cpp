// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/devices/countpacer.h"

#include <QList>

#include <algorithm>

namespace presently::net {

CountPacer::CountPacer(DeadlineQueue &deadlines, Milliseconds every, Tell tell)
    : m_clock(deadlines.clock())
    , m_every(every)
    , m_tell(std::move(tell))
    , m_due(deadlines, *this)
{
}

CountPacer::~CountPacer() = default;

void CountPacer::changed(PersonKey person)
{
    const auto recent = m_recent.find(person);
    if (recent != m_recent.end() && m_clock.now() - recent->toldAt < m_every) {
        recent->isOwed = true;
        return;
    }
    told(person);
    m_tell(person);
}

void CountPacer::told(PersonKey person)
{
    if (m_every <= Milliseconds::zero())
        return;
    m_recent[person] = {m_clock.now(), false};
    if (!m_due.isArmed())
        arm();
}

void CountPacer::deadlineReached(Deadline &)
{
    const SteadyTime now = m_clock.now();
    QList<PersonKey> owed;
    for (auto recent = m_recent.begin(); recent != m_recent.end();) {
        if (now - recent->toldAt < m_every) {
            ++recent;
            continue;
        }
        if (recent->isOwed)
            owed.append(recent.key());
        recent = m_recent.erase(recent);
    }
    for (const PersonKey person : std::as_const(owed)) {
        told(person);
        m_tell(person);
    }
    arm();
}

void CountPacer::arm()
{
    if (m_recent.isEmpty())
        return m_due.disarm();
    const auto first = std::min_element(m_recent.cbegin(), m_recent.cend(),
        [](const Recent &left, const Recent &right) { return left.toldAt < right.toldAt; });
    m_due.armAt(first->toldAt + m_every);
}

} // namespace presently::net
