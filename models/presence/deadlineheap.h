// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <utility>
#include <vector>

namespace presently {

//! \brief When what is due: a binary heap with at most one entry an item.
//!
//! An entry may be too early, never too late: putting a deadline off is free, because schedule()
//! leaves an earlier entry alone. Whoever takes the first entry looks at the item's true deadline
//! and, if that is later, schedules it again. So a heartbeat costs nothing here.
//!
//! Items are small numbers (slots of a table); memory is 4 bytes an item and 16 an entry.
template <typename Time>
class DeadlineHeap
{
public:
    struct Entry {
        Time at;
        quint32 item = 0;
    };

    [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }
    [[nodiscard]] const Entry &first() const { return m_entries.front(); }

    //! Makes sure that \a item comes up at \a at or before. O(1) when it already does.
    void schedule(quint32 item, Time at)
    {
        if (item >= m_positions.size())
            m_positions.resize(item + 1, Absent);
        const quint32 position = m_positions[item];
        if (position == Absent) {
            m_entries.push_back({at, item});
            rise(quint32(m_entries.size()) - 1);
        } else if (at < m_entries[position].at) {
            m_entries[position].at = at;
            rise(position);
        }
    }

    void removeFirst() { removeAt(0); }

    void remove(quint32 item)
    {
        if (item < m_positions.size() && m_positions[item] != Absent)
            removeAt(m_positions[item]);
    }

    //! Moves the first entry to \a at, which is later. Cheaper than taking it out and in again.
    void putOffFirst(Time at)
    {
        m_entries.front().at = at;
        sink(0);
    }

private:
    static constexpr quint32 Absent = 0xffffffff;

    void removeAt(quint32 position)
    {
        m_positions[m_entries[position].item] = Absent;
        const Entry last = m_entries.back();
        m_entries.pop_back();
        if (position == m_entries.size())
            return;
        place(position, last);
        rise(position);
        sink(m_positions[last.item]);
    }

    void place(quint32 position, Entry entry)
    {
        m_entries[position] = entry;
        m_positions[entry.item] = position;
    }

    void rise(quint32 position)
    {
        const Entry entry = m_entries[position];
        while (position > 0) {
            const quint32 parent = (position - 1) / 2;
            if (!(entry.at < m_entries[parent].at))
                break;
            place(position, m_entries[parent]);
            position = parent;
        }
        place(position, entry);
    }

    void sink(quint32 position)
    {
        const Entry entry = m_entries[position];
        const quint32 count = quint32(m_entries.size());
        for (quint32 child = 2 * position + 1; child < count; child = 2 * position + 1) {
            if (child + 1 < count && m_entries[child + 1].at < m_entries[child].at)
                ++child;
            if (!(m_entries[child].at < entry.at))
                break;
            place(position, m_entries[child]);
            position = child;
        }
        place(position, entry);
    }

    std::vector<Entry> m_entries;
    std::vector<quint32> m_positions; //!< by item
};

} // namespace presently
