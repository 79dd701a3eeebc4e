// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QObject>
#include <QTimer>

namespace presently {

//! \brief A timer that fires once; an interface, so that tests can fire it by hand.
class OneShotTimer : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void start(Milliseconds delay) = 0; //!< starts anew when it is running
    virtual void stop() = 0;

Q_SIGNALS:
    void timeout();
};

//! \brief The event loop's timer.
class SystemOneShotTimer final : public OneShotTimer
{
    Q_OBJECT

public:
    explicit SystemOneShotTimer(QObject *parent = nullptr);
    void start(Milliseconds delay) override { m_timer.start(delay); }
    void stop() override { m_timer.stop(); }

private:
    QTimer m_timer;
};

} // namespace presently
