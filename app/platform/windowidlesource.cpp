// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/windowidlesource.h"

#include <QCoreApplication>
#include <QEvent>

namespace presently::app {

namespace {

bool isTouch(QEvent::Type type)
{
    switch (type) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::KeyPress:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
        return true;
    default:
        return false;
    }
}

} // namespace

WindowIdleSource::WindowIdleSource(
    const Clock &clock, std::chrono::milliseconds threshold, QObject *parent)
    : IdleSource(parent)
    , m_clock(clock)
    , m_threshold(threshold)
    , m_lastTouch(clock.now())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &WindowIdleSource::onTimeout);
    m_timer.start(m_threshold);
    QCoreApplication::instance()->installEventFilter(this);
}

std::chrono::milliseconds WindowIdleSource::idleFor() const
{
    return m_clock.now() - m_lastTouch;
}

QString WindowIdleSource::name() const
{
    return tr("this window");
}

bool WindowIdleSource::eventFilter(QObject *watched, QEvent *event)
{
    if (isTouch(event->type())) {
        m_lastTouch = m_clock.now();
        if (m_isIdle) {
            m_isIdle = false;
            m_timer.start(m_threshold);
            Q_EMIT idleChanged(false);
        }
    }
    return IdleSource::eventFilter(watched, event);
}

void WindowIdleSource::onTimeout()
{
    // The timer is not restarted at each touch; it looks when it fires how much is left.
    const std::chrono::milliseconds left = m_threshold - idleFor();
    if (left.count() > 0) {
        m_timer.start(left);
        return;
    }
    m_isIdle = true;
    Q_EMIT idleChanged(true);
}

} // namespace presently::app
