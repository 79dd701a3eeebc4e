// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

namespace presently {

//! \brief A set of ranks 0 to n-1 that tells how many of its members come before a rank, and which
//! member is the k-th; each in O(log n). A Fenwick tree.
class RankIndex
{
public:
    void reset(int size)
    {
        m_tree.assign(size_t(size) + 1, 0);
        m_count = 0;
        m_highBit = 1;
        while (m_highBit * 2 <= size)
            m_highBit *= 2;
    }

    void insert(int rank) { add(rank, 1); }
    void remove(int rank) { add(rank, -1); }
    [[nodiscard]] int count() const { return m_count; }

    //! How many members are smaller than \a rank.
    [[nodiscard]] int position(int rank) const
    {
        int sum = 0;
        for (int at = rank; at > 0; at -= at & -at)
            sum += m_tree[size_t(at)];
        return sum;
    }

    //! The member with \a position members before it; \a position must be below count().
    [[nodiscard]] int rankAt(int position) const
    {
        int at = 0;
        for (int step = m_highBit; step > 0; step /= 2) {
            const int next = at + step;
            if (next < int(m_tree.size()) && m_tree[size_t(next)] <= position) {
                at = next;
                position -= m_tree[size_t(next)];
            }
        }
        return at;
    }

private:
    void add(int rank, int by)
    {
        m_count += by;
        for (int at = rank + 1; at < int(m_tree.size()); at += at & -at)
            m_tree[size_t(at)] += by;
    }

    std::vector<int> m_tree;
    int m_count = 0;
    int m_highBit = 1;
};

} // namespace presently
