// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QString>

namespace presently::bench {

//! \brief How often each thread of a process has waited so far (Linux). Each wait ends with a wake-up.
class WaitCounts
{
public:
    [[nodiscard]] static WaitCounts of(qint64 pid);

    //! By name of the thread: how often it has waited since \a before.
    [[nodiscard]] QHash<QString, qint64> since(const WaitCounts &before) const;

private:
    struct Thread {
        QString name;
        qint64 waits = 0;
    };
    QHash<QString, Thread> m_threads; // by thread id
};

} // namespace presently::bench
