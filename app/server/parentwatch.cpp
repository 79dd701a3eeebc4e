// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/parentwatch.h"

#include <chrono>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

namespace presently::app {

ParentWatch::ParentWatch(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(std::chrono::seconds{1});
#ifdef Q_OS_UNIX
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (::getppid() != m_parent) {
            m_timer.stop();
            Q_EMIT parentEnded();
        }
    });
#endif
}

bool ParentWatch::start()
{
#ifdef Q_OS_UNIX
    m_parent = ::getppid();
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    m_timer.start();
    return true;
#else
    return false;
#endif
}

} // namespace presently::app
