// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/platform/lostclock.h"
#include "models/core/platformsources.h"

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QTimer>

namespace presently::app {

class LoginManagerInterface;

//! \brief Sleep and wake from logind, and from the clocks where logind says nothing.
//!
//! Holds a "delay" inhibitor, so that the machine waits up to a second for our goodbye. The
//! clocks are compared whenever the event loop wakes anyway; no timer of its own ever fires.
//!
//! Errors:    without a bus only the clocks speak.
//! Threading: the window's thread; every question is asynchronous.
class BusSleepSource final : public SleepSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BusSleepSource)

public:
    BusSleepSource(
        const QDBusConnection &systemBus, LostClock::Reader clockReader, QObject *parent = nullptr);
    ~BusSleepSource() override;

    //! Compares the clocks now; the event loop calls it at each wake-up.
    void checkClocks();

private:
    void onPrepareForSleep(bool isStarting);
    void takeInhibitor();
    void releaseInhibitor();

    LoginManagerInterface *m_manager = nullptr; //!< a child; none without a bus
    LostClock m_lostClock;
    QDBusUnixFileDescriptor m_inhibitor;
    QTimer m_release;
    bool m_isSleepAnnounced = false;
};

} // namespace presently::app
