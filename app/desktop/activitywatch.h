// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/platform/platform.h"
#include "models/core/presence.h"

#include <QObject>

#include <optional>

namespace presently::ui {
class WindowActivity;
}

namespace presently::app {

//! \brief What this device says of itself, from the window, the lock and the person's hands.
//!
//! Locked counts more than hidden, hidden more than idle.
//! Ownership: borrows what it watches; the platform may come later than the window.
//! Threading: the window's thread.
class ActivityWatch : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityWatch)

public:
    explicit ActivityWatch(QObject *parent = nullptr);

    void watchWindow(const ui::WindowActivity &activity);
    void watchPlatform(const Platform &platform);

    [[nodiscard]] ActivityState state() const;
    [[nodiscard]] std::chrono::milliseconds idleFor() const;
    [[nodiscard]] bool isHidden() const { return m_isHidden; }
    [[nodiscard]] bool isLocked() const { return m_isLocked; }

Q_SIGNALS:
    //! The state, or what it is made of, changed.
    void changed();

private:
    const IdleSource *m_idleSource = nullptr;
    bool m_isHidden = true;
    bool m_isLocked = false;
    bool m_isIdle = false;
};

} // namespace presently::app
