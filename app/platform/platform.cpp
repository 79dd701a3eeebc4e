// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/platform.h"

#include "app/platform/hintnetworksource.h"
#include "app/platform/windowidlesource.h"

#ifdef PRESENTLY_WITH_DBUS
#include "app/platform/busappearancesource.h"
#include "app/platform/buslocksource.h"
#include "app/platform/bussleepsource.h"
#endif

#include <QFileInfo>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr std::chrono::minutes IdleAfter{5};

const Clock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

#ifdef PRESENTLY_WITH_DBUS

//! The session bus, but only one that runs already: asking for it would start one otherwise.
QDBusConnection runningSessionBus()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool isRunning = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (!runtime.isEmpty() && QFileInfo::exists(runtime + "/bus"_L1));
    return isRunning ? QDBusConnection::sessionBus() : QDBusConnection(u"none"_s);
}

#else

class SilentLockSource final : public LockSource
{
public:
    [[nodiscard]] bool isLocked() const override { return false; }
};

class SilentAppearanceSource final : public AppearanceSource
{
public:
    [[nodiscard]] std::optional<bool> isDark() const override { return std::nullopt; }
    [[nodiscard]] bool isMotionReduced() const override { return false; }
};

#endif

} // namespace

Platform Platform::ofThisMachine()
{
    Platform platform;
#ifdef PRESENTLY_WITH_DBUS
    const QDBusConnection systemBus = QDBusConnection::systemBus();
    const QDBusConnection sessionBus = runningSessionBus();
    platform.lock = std::make_unique<BusLockSource>(systemBus, sessionBus);
    platform.sleep = std::make_unique<BusSleepSource>(systemBus, &LostClock::sleptSinceStart);
    platform.appearance = std::make_unique<BusAppearanceSource>(sessionBus);
#else
    platform.lock = std::make_unique<SilentLockSource>();
    platform.sleep = std::make_unique<SleepSource>();
    platform.appearance = std::make_unique<SilentAppearanceSource>();
#endif
    platform.network = std::make_unique<HintNetworkSource>();
    platform.idle = std::make_unique<WindowIdleSource>(systemClock(), IdleAfter);
    return platform;
}

} // namespace presently::app
