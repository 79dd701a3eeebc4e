// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/pulse.h"

#include "ui/desktop/theme.h"

namespace presently::ui {

namespace {

constexpr std::chrono::milliseconds Duration{900};
constexpr std::chrono::milliseconds Frame{50};
//! When a crowd comes at once, nobody in particular is worth a look.
constexpr int MostAtOnce = 12;

} // namespace

Pulse::Pulse(const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{
    m_timer.setInterval(Frame);
    connect(&m_timer, &QTimer::timeout, this, &Pulse::tick);
}

void Pulse::start(const QString &userId)
{
    if (m_theme.motion() == Motion::Reduced || m_running.size() >= MostAtOnce)
        return;
    m_running[userId].start();
    m_timer.start();
}

qreal Pulse::of(const QString &userId) const
{
    const auto running = m_running.constFind(userId);
    if (running == m_running.constEnd())
        return 0;
    return std::max(0.0, 1 - double(running->elapsed()) / double(Duration.count()));
}

void Pulse::tick()
{
    const QStringList moving = m_running.keys();
    for (const QString &userId : moving) {
        if (m_running.value(userId).hasExpired(Duration.count()))
            m_running.remove(userId);
    }
    if (m_running.isEmpty())
        m_timer.stop();
    Q_EMIT ticked(moving);
}

} // namespace presently::ui
