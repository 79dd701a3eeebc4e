// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QtGlobal>

#include <algorithm>
#include <cmath>

//! \file
//! What the reliability scenarios share: how long they run, and how their figures are told.

namespace presently::test {

//! The long forms run when PRESENTLY_FULL is set (`./dev check`), the short ones always.
inline bool isFullRun()
{
    return qEnvironmentVariableIntValue("PRESENTLY_FULL") != 0;
}

template <typename T>
T shortOrFull(T shortForm, T fullForm)
{
    return isFullRun() ? fullForm : shortForm;
}

//! \brief One measured quantity of a scenario, with the most that it may come to.
//!
//! Units: milliseconds.
class Figure
{
public:
    Figure(const QString &name, qint64 atMost)
        : m_name(name)
        , m_atMost(atMost)
    {
    }

    void add(qint64 value) { m_values.append(value); }

    //! 95 of 100 values are at most this (the nearest rank).
    [[nodiscard]] qint64 p95() const
    {
        if (m_values.isEmpty())
            return -1;
        QList<qint64> sorted = m_values;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = qsizetype(std::ceil(double(sorted.size()) * 0.95));
        return sorted.at(std::max<qsizetype>(rank, 1) - 1);
    }
    [[nodiscard]] bool holds() const { return !m_values.isEmpty() && p95() <= m_atMost; }

    //! "R01 dots unknown p95 412 ms (at most 1000), 50 runs"
    [[nodiscard]] QString text() const
    {
        return QStringLiteral("%1 p95 %2 ms (at most %3), %4 runs")
            .arg(m_name)
            .arg(p95())
            .arg(m_atMost)
            .arg(m_values.size());
    }
    //! Prints it. False when it does not hold, in a full run: a short one has too few values, on a
    //! machine that may be busy, to judge by.
    [[nodiscard]] bool report() const
    {
        qInfo("%s", qPrintable(text()));
        return holds() || !isFullRun();
    }

private:
    QString m_name;
    qint64 m_atMost;
    QList<qint64> m_values;
};

} // namespace presently::test
