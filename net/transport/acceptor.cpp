// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/acceptor.h"

#include "net/transport/qtacceptor.h"

#include <QDeadlineTimer>
#include <QThread>

#ifdef Q_OS_LINUX
#include "net/transport/epollacceptor.h"
#endif

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#include <algorithm>

namespace presently::net {

namespace {

constexpr unsigned long BindPauseMicroseconds = 20'000;
constexpr qsizetype Reserved = 64; //!< descriptors for files, databases and the program itself

} // namespace

Expected<quint16, Error> listenPatiently(
    Acceptor &acceptor, const QHostAddress &address, quint16 port, Milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    for (;;) {
        const auto listening = acceptor.listen(address, port);
        const bool mayPass = !listening && listening.error().code == ErrorCode::Conflict;
        if (!mayPass || port == 0 || deadline.hasExpired())
            return listening;
        QThread::usleep(BindPauseMicroseconds);
    }
}

void raiseDescriptorLimit()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

qsizetype descriptorBudget()
{
#ifdef Q_OS_UNIX
    constexpr rlim_t Plenty = 1'000'000;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        return std::max<qsizetype>(qsizetype(std::min(limit.rlim_cur, Plenty)) - Reserved, 16);
#endif
    return 8192 - Reserved; // what Windows allows a process by default
}

std::unique_ptr<Acceptor> makeAcceptor(ConnectionTaker &taker, DeadlineQueue &deadlines,
    const AcceptorOptions &options, AcceptorKind kind)
{
#ifdef Q_OS_LINUX
    if (kind == AcceptorKind::Best && options.tls.isEmpty())
        return std::make_unique<EpollAcceptor>(taker, deadlines, options);
#else
    Q_UNUSED(kind)
#endif
    return std::make_unique<QtAcceptor>(taker, deadlines, options);
}

} // namespace presently::net
