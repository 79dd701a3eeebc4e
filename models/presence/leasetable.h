// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/lease.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <vector>

namespace presently {

//! \brief One device's evidence, as small as it can be: there may be a million.
struct Lease {
    static constexpr quint32 None = 0xffffffff;

    DeviceId device;
    SteadyTime lastBeat; //!< or the clean close: the last evidence
    SteadyTime deadline; //!< never() while nothing can run out
    quint32 slot = None;
    quint32 generation = 0;
    quint32 person = None;
    quint32 next = None; //!< of the same person, younger
    quint32 proofAfterBeat = 0; //!< ms from the last beat to the transport's last proof
    quint32 idleAtBeat = 0; //!< ms without input at the last beat
    DeviceType type : 8 = DeviceType::Unknown;
    ActivityState activity : 8 = ActivityState::Active;
    Dialect dialect = Dialect::Mtchat;
    Binding binding = Binding::Attached;
    LeaseState state = LeaseState::Live;
    bool idleSaid : 1 = false; //!< idleAtBeat was reported
    bool idle : 1 = false;
    bool markedIdle : 1 = false; //!< by hand: beats do not clear it
    bool slackUsed : 1 = false;
    bool saidOff : 1 = false;

    static constexpr SteadyTime never() { return SteadyTime::max(); }
    [[nodiscard]] static quint32 toMs(Milliseconds duration)
    {
        constexpr qint64 Most = std::numeric_limits<quint32>::max();
        return quint32(std::clamp<qint64>(duration.count(), 0, Most));
    }
    [[nodiscard]] bool isLive() const { return state != LeaseState::Dormant; }
    [[nodiscard]] LeaseId id() const { return {slot, generation}; }
};

//! \brief Leases in slots that are used again; the generation tells a new tenant from the old.
//!
//! A lease stays where it is until it is removed, so references to others stay good.
class LeaseTable
{
public:
    Lease &add();
    void remove(quint32 slot);

    [[nodiscard]] Lease *find(LeaseId id);
    [[nodiscard]] const Lease *find(LeaseId id) const;
    [[nodiscard]] Lease &at(quint32 slot) { return m_leases[slot]; }
    [[nodiscard]] const Lease &at(quint32 slot) const { return m_leases[slot]; }
    [[nodiscard]] int count() const { return int(m_leases.size() - m_free.size()); }

    template <typename Function>
    void forEach(Function function) const
    {
        for (const Lease &lease : m_leases) {
            if (lease.person != Lease::None)
                function(lease);
        }
    }

private:
    std::deque<Lease> m_leases;
    std::vector<quint32> m_free;
};

} // namespace presently
