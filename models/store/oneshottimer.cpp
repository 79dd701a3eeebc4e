// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/oneshottimer.h"

namespace presently {

SystemOneShotTimer::SystemOneShotTimer(QObject *parent)
    : OneShotTimer(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OneShotTimer::timeout);
}

} // namespace presently
