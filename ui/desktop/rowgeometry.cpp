// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/rowgeometry.h"

#include <algorithm>

namespace presently::ui {

void RowGeometry::reset(int count)
{
    m_rows.assign(size_t(count), {});
    m_stale = true;
}

void RowGeometry::insert(int first, int count)
{
    m_rows.insert(m_rows.begin() + first, size_t(count), Row{});
    m_stale = true;
}

void RowGeometry::remove(int first, int count)
{
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + first + count);
    m_stale = true;
}

void RowGeometry::invalidate()
{
    for (Row &row : m_rows)
        row.measured = false;
}

void RowGeometry::invalidate(int row)
{
    m_rows[size_t(row)].measured = false;
}

int RowGeometry::setHeight(int row, int height)
{
    Row &entry = m_rows[size_t(row)];
    const int grown = height - entry.height;
    entry = {height, true};
    m_stale = m_stale || grown != 0;
    return grown;
}

void RowGeometry::settle() const
{
    if (!m_stale)
        return;
    m_tops.resize(m_rows.size() + 1);
    m_tops[0] = 0;
    for (size_t row = 0; row < m_rows.size(); ++row)
        m_tops[row + 1] = m_tops[row] + m_rows[row].height;
    m_stale = false;
}

int RowGeometry::top(int row) const
{
    settle();
    return m_tops[size_t(std::clamp(row, 0, count()))];
}

int RowGeometry::totalHeight() const
{
    settle();
    return m_tops.back();
}

int RowGeometry::rowAt(int y) const
{
    if (m_rows.empty())
        return -1;
    settle();
    const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
    return std::clamp(int(after - m_tops.begin()) - 1, 0, count() - 1);
}

} // namespace presently::ui
