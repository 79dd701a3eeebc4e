// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/windowactivity.h"

#include <QEvent>
#include <QWidget>

namespace presently::ui {

WindowActivity::WindowActivity(QWidget &window)
    : QObject(&window)
    , m_window(window)
    , m_hidden(!window.isVisible() || window.isMinimized())
{
    window.installEventFilter(this);
}

bool WindowActivity::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        judge();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void WindowActivity::judge()
{
    const bool hidden = !m_window.isVisible() || m_window.isMinimized();
    if (hidden == m_hidden)
        return;
    m_hidden = hidden;
    Q_EMIT hiddenChanged(hidden);
}

} // namespace presently::ui
