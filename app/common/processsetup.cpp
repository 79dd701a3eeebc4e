// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/processsetup.h"

#include "presently_version.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

void prepareProcess()
{
    QCoreApplication::setApplicationName(u"presently"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PRESENTLY_VERSION));
#ifdef Q_OS_UNIX
    ::umask(0077);
#endif
#if defined(Q_OS_UNIX) && defined(NDEBUG)
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#endif
#if defined(Q_OS_LINUX) && defined(NDEBUG)
    // Other processes of the same user may not read our memory either.
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

void keepLogsQuiet()
{
    QLoggingCategory::setFilterRules(u"presently.*.debug=false\npresently.*.info=false"_s);
}

} // namespace presently::app
