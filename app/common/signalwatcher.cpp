// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/signalwatcher.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>
#endif

namespace presently::app {

#ifdef Q_OS_UNIX

namespace {

constexpr std::array EndSignals{SIGINT, SIGTERM, SIGHUP};

//! A handler can reach nothing but what is global.
int writeEnd = -1;

void onSignal(int number)
{
    const char byte = 1;
    // A full pipe means that the wish has been heard.
    [[maybe_unused]] const auto written = ::write(writeEnd, &byte, 1);
    struct sigaction standard {
    };
    standard.sa_handler = SIG_DFL;
    ::sigaction(number, &standard, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return;
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
    writeEnd = ends[1];
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this, readEnd = ends[0]] {
        char byte = 0;
        if (::read(readEnd, &byte, 1) == 1)
            Q_EMIT endRequested();
    });
    struct sigaction action {
    };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : EndSignals)
        ::sigaction(number, &action, nullptr);
}

SignalWatcher::~SignalWatcher()
{
    if (!m_notifier)
        return;
    struct sigaction standard {
    };
    standard.sa_handler = SIG_DFL;
    for (const int number : EndSignals)
        ::sigaction(number, &standard, nullptr);
    const int readEnd = static_cast<int>(m_notifier->socket());
    m_notifier.reset();
    ::close(readEnd);
    ::close(std::exchange(writeEnd, -1));
}

#else

SignalWatcher::SignalWatcher(QObject *parent)
    : QObject(parent)
{
}

SignalWatcher::~SignalWatcher() = default;

#endif

} // namespace presently::app
