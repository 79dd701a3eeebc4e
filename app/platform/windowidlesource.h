// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/platformsources.h"

#include <QTimer>

namespace presently::app {

//! \brief Idle when nobody has touched a window of this program for a while.
//!
//! Units:     \a threshold is what counts as idle.
//! Threading: the window's thread; filters the application's events.
class WindowIdleSource final : public IdleSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowIdleSource)

public:
    WindowIdleSource(
        const Clock &clock, std::chrono::milliseconds threshold, QObject *parent = nullptr);

    [[nodiscard]] std::chrono::milliseconds idleFor() const override;
    [[nodiscard]] QString name() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onTimeout();

    const Clock &m_clock;
    const std::chrono::milliseconds m_threshold;
    SteadyTime m_lastTouch;
    QTimer m_timer;
    bool m_isIdle = false;
};

} // namespace presently::app
