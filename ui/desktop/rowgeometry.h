// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

namespace presently::ui {

//! \brief Where rows of different heights stand. A height is a guess until the row was measured, so
//! that thousands of rows need not be laid out before the first is shown.
class RowGeometry
{
public:
    static constexpr int GuessedHeight = 64;

    void reset(int count);
    void insert(int first, int count);
    void remove(int first, int count);
    //! All heights become guesses again, near what they were: the width changed.
    void invalidate();
    void invalidate(int row);

    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] bool isMeasured(int row) const { return m_rows[size_t(row)].measured; }
    //! Returns by how much the row grew.
    int setHeight(int row, int height);
    [[nodiscard]] int height(int row) const { return m_rows[size_t(row)].height; }
    [[nodiscard]] int top(int row) const;
    [[nodiscard]] int totalHeight() const;
    //! The row at \a y; the nearest one beyond the ends; -1 without rows.
    [[nodiscard]] int rowAt(int y) const;

private:
    struct Row {
        int height = GuessedHeight;
        bool measured = false;
    };
    void settle() const;

    std::vector<Row> m_rows;
    mutable std::vector<int> m_tops{0}; //!< one more than rows: the last is the total
    mutable bool m_stale = false;
};

} // namespace presently::ui
