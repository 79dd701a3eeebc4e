// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/platformsources.h"

#include <QDBusConnection>

namespace presently::app {

//! \brief The lock as logind (system bus) and the screen saver (session bus) tell it.
//!
//! Errors:    a bus or service that is not there leaves the session unlocked for ever.
//! Threading: the window's thread; every question is asynchronous.
class BusLockSource final : public LockSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BusLockSource)

public:
    BusLockSource(const QDBusConnection &systemBus, const QDBusConnection &sessionBus,
        QObject *parent = nullptr);

    [[nodiscard]] bool isLocked() const override { return m_isSessionLocked || m_isScreenSaverOn; }

private:
    void findSession(const QDBusConnection &bus);
    void followSession(const QString &path, const QDBusConnection &bus);
    void followScreenSaver(const char *service, const QString &path, const QDBusConnection &bus);
    void update(bool isSessionLocked, bool isScreenSaverOn);

    bool m_isSessionLocked = false;
    bool m_isScreenSaverOn = false;
};

} // namespace presently::app
