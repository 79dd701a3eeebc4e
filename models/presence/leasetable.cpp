// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/leasetable.h"

namespace presently {

Lease &LeaseTable::add()
{
    if (m_free.empty()) {
        Lease &lease = m_leases.emplace_back();
        lease.slot = quint32(m_leases.size()) - 1;
        lease.generation = 1;
        return lease;
    }
    Lease &lease = m_leases[m_free.back()];
    m_free.pop_back();
    return lease;
}

void LeaseTable::remove(quint32 slot)
{
    // Generation 0 is "no lease", also after four thousand million tenants.
    const quint32 next = m_leases[slot].generation + 1;
    m_leases[slot] = Lease{};
    m_leases[slot].slot = slot;
    m_leases[slot].generation = next == 0 ? 1 : next;
    m_free.push_back(slot);
}

Lease *LeaseTable::find(LeaseId id)
{
    if (id.isNull() || id.slot >= m_leases.size())
        return nullptr;
    Lease &lease = m_leases[id.slot];
    return lease.generation == id.generation && lease.person != Lease::None ? &lease : nullptr;
}

const Lease *LeaseTable::find(LeaseId id) const
{
    return const_cast<LeaseTable *>(this)->find(id);
}

} // namespace presently
