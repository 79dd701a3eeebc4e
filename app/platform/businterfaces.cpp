// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/platform/businterfaces.h"

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr auto LoginService = "org.freedesktop.login1"_L1;

} // namespace

LoginManagerInterface::LoginManagerInterface(const QDBusConnection &bus, QObject *parent)
    : QDBusAbstractInterface(
        LoginService, u"/org/freedesktop/login1"_s, "org.freedesktop.login1.Manager", bus, parent)
{
}

LoginSessionInterface::LoginSessionInterface(
    const QString &path, const QDBusConnection &bus, QObject *parent)
    : QDBusAbstractInterface(LoginService, path, "org.freedesktop.login1.Session", bus, parent)
{
}

LoginPropertiesInterface::LoginPropertiesInterface(
    const QString &path, const QDBusConnection &bus, QObject *parent)
    : QDBusAbstractInterface(LoginService, path, "org.freedesktop.DBus.Properties", bus, parent)
{
}

ScreenSaverInterface::ScreenSaverInterface(const QString &service, const char *interface,
    const QString &path, const QDBusConnection &bus, QObject *parent)
    : QDBusAbstractInterface(service, path, interface, bus, parent)
{
}

PortalSettingsInterface::PortalSettingsInterface(const QDBusConnection &bus, QObject *parent)
    : QDBusAbstractInterface(u"org.freedesktop.portal.Desktop"_s,
        u"/org/freedesktop/portal/desktop"_s, "org.freedesktop.portal.Settings", bus, parent)
{
}

} // namespace presently::app
