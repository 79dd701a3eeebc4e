// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QObject>

#include <optional>

//! \file
//! What the machine tells us about the person in front of it. The sources live in `app/platform`;
//! these are the faces that everything else sees. All objects live on the window's thread.

namespace presently {

//! \brief Whether the session is locked.
class LockSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] virtual bool isLocked() const = 0;

Q_SIGNALS:
    void lockedChanged(bool locked);
};

//! \brief Sleep and wake. `aboutToSleep` comes before, with about a second to say goodbye.
class SleepSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void aboutToSleep();
    void woke(); //!< also when only the clocks show that time was lost
};

//! \brief Hints about the network. A hint shortens a wait, it never gates a try.
class NetworkSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void networkChanged(); //!< reachable again, or another network
};

//! \brief How long nobody has touched the machine, or this window.
class IdleSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] virtual std::chrono::milliseconds idleFor() const = 0;
    [[nodiscard]] virtual QString
    name() const = 0; //!< for the settings page: which source is in use

Q_SIGNALS:
    void idleChanged(bool idle);
};

//! \brief How the system wishes its programs to look, while they run.
class AppearanceSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    //! Nothing as long as the system has not said.
    [[nodiscard]] virtual std::optional<bool> isDark() const = 0;
    [[nodiscard]] virtual bool isMotionReduced() const = 0;

Q_SIGNALS:
    void appearanceChanged();
};

} // namespace presently
