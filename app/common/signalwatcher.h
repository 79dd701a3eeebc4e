// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace presently::app {

//! \brief Turns the system's wish that we end (Ctrl+C, kill, a closed terminal) into a signal of
//! ours, so that there is time for a goodbye. A second wish ends the program at once.
//!
//! Threading: the window's thread; one in a program.
class SignalWatcher : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SignalWatcher)

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void endRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace presently::app
