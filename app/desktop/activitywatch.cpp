// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/activitywatch.h"

#include "ui/desktop/windowactivity.h"

namespace presently::app {

ActivityWatch::ActivityWatch(QObject *parent)
    : QObject(parent)
{
}

void ActivityWatch::watchWindow(const ui::WindowActivity &activity)
{
    m_isHidden = activity.isHidden();
    connect(&activity, &ui::WindowActivity::hiddenChanged, this, [this](bool isHidden) {
        m_isHidden = isHidden;
        Q_EMIT changed();
    });
    // A window that goes is one that nobody sees.
    connect(&activity, &QObject::destroyed, this, [this] { m_isHidden = true; });
    Q_EMIT changed();
}

void ActivityWatch::watchPlatform(const Platform &platform)
{
    m_isLocked = platform.lock->isLocked();
    connect(platform.lock.get(), &LockSource::lockedChanged, this, [this](bool isLocked) {
        m_isLocked = isLocked;
        Q_EMIT changed();
    });
    m_idleSource = platform.idle.get();
    connect(platform.idle.get(), &IdleSource::idleChanged, this, [this](bool isIdle) {
        m_isIdle = isIdle;
        Q_EMIT changed();
    });
    if (m_isLocked)
        Q_EMIT changed();
}

ActivityState ActivityWatch::state() const
{
    if (m_isLocked)
        return ActivityState::Locked;
    if (m_isHidden)
        return ActivityState::Hidden;
    return m_isIdle ? ActivityState::Idle : ActivityState::Active;
}

std::chrono::milliseconds ActivityWatch::idleFor() const
{
    return m_idleSource ? m_idleSource->idleFor() : std::chrono::milliseconds(0);
}

} // namespace presently::app
