// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/platformsources.h"

#include <QDBusConnection>

class QVariant;

namespace presently::app {

//! \brief Dark or light and the wish for less motion, as the desktop portal tells them.
//!
//! Errors:    a bus or portal that is not there says nothing, and motion stays full.
//! Threading: the window's thread; every question is asynchronous.
class BusAppearanceSource final : public AppearanceSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BusAppearanceSource)

public:
    explicit BusAppearanceSource(const QDBusConnection &sessionBus, QObject *parent = nullptr);

    [[nodiscard]] std::optional<bool> isDark() const override { return m_isDark; }
    [[nodiscard]] bool isMotionReduced() const override { return m_isMotionReduced; }

private:
    void ask(const QDBusConnection &bus, const QString &group, const QString &key);
    void update(const QString &group, const QString &key, const QVariant &value);

    std::optional<bool> m_isDark;
    bool m_isMotionReduced = false;
};

} // namespace presently::app
