// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusAbstractInterface>
#include <QDBusConnection>
#include <QDBusVariant>

//! \file
//! The D-Bus interfaces that the sources listen to, each with the signals it needs. The signals
//! carry the names that they have on the bus, because QtDBus matches them by name.

namespace presently::app {

//! \brief org.freedesktop.login1.Manager.
class LoginManagerInterface final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit LoginManagerInterface(const QDBusConnection &bus, QObject *parent);

Q_SIGNALS:
    void PrepareForSleep(bool isStarting);
};

//! \brief org.freedesktop.login1.Session: asks to lock and unlock.
class LoginSessionInterface final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    LoginSessionInterface(const QString &path, const QDBusConnection &bus, QObject *parent);

Q_SIGNALS:
    void Lock();
    void Unlock();
};

//! \brief org.freedesktop.DBus.Properties of an object of logind.
class LoginPropertiesInterface final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    LoginPropertiesInterface(const QString &path, const QDBusConnection &bus, QObject *parent);

Q_SIGNALS:
    void PropertiesChanged(
        const QString &interface, const QVariantMap &changed, const QStringList &invalidated);
};

//! \brief org.freedesktop.ScreenSaver, or a desktop's own one of the same form.
class ScreenSaverInterface final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    ScreenSaverInterface(const QString &service, const char *interface, const QString &path,
        const QDBusConnection &bus, QObject *parent);

Q_SIGNALS:
    void ActiveChanged(bool isOn);
};

//! \brief org.freedesktop.portal.Settings.
class PortalSettingsInterface final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit PortalSettingsInterface(const QDBusConnection &bus, QObject *parent);

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

} // namespace presently::app
