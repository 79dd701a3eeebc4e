// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QDBusVariant>
#include <QObject>
#include <QVariantMap>

#include <array>

#include <fcntl.h>
#include <unistd.h>

namespace presently::test {

//! \brief org.freedesktop.login1.Manager as far as a client of it can tell.
class FakeLoginManager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    static constexpr auto SessionPath = "/org/freedesktop/login1/session/c1";

    ~FakeLoginManager() override { closePipe(); }

    //! Whether somebody holds the inhibitor: the other end of its pipe is open.
    [[nodiscard]] bool isInhibited() const
    {
        if (m_pipe[0] < 0)
            return false;
        char byte = 0;
        return ::read(m_pipe[0], &byte, 1) < 0;
    }
    QStringList inhibitorArguments;
    QString askedSession;

public Q_SLOTS:
    QDBusObjectPath GetSession(const QString &id)
    {
        askedSession = id;
        return QDBusObjectPath(QLatin1String(SessionPath));
    }
    QDBusUnixFileDescriptor Inhibit(
        const QString &what, const QString &who, const QString &why, const QString &mode)
    {
        inhibitorArguments = {what, who, why, mode};
        closePipe();
        if (::pipe2(m_pipe.data(), O_NONBLOCK | O_CLOEXEC) != 0)
            return {};
        QDBusUnixFileDescriptor given;
        given.giveFileDescriptor(std::exchange(m_pipe[1], -1));
        return given;
    }

Q_SIGNALS:
    void PrepareForSleep(bool isStarting);

private:
    void closePipe()
    {
        for (int &end : m_pipe) {
            if (end >= 0)
                ::close(std::exchange(end, -1));
        }
    }

    std::array<int, 2> m_pipe{-1, -1};
};

//! \brief org.freedesktop.login1.Session.
class FakeLoginSession : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Session")
    Q_PROPERTY(bool LockedHint READ tellHint)

public:
    bool lockedHint = false;
    //! Whether a client has read the hint. It follows the signals by then: before, they pass unheard.
    mutable bool isFollowed = false;

    [[nodiscard]] bool tellHint() const
    {
        isFollowed = true;
        return lockedHint;
    }

    void changeHint(const QDBusConnection &bus, bool locked)
    {
        lockedHint = locked;
        QDBusMessage signal = QDBusMessage::createSignal(
            QLatin1String(FakeLoginManager::SessionPath),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("PropertiesChanged"));
        signal.setArguments({QStringLiteral("org.freedesktop.login1.Session"),
            QVariantMap{{QStringLiteral("LockedHint"), locked}}, QStringList()});
        bus.send(signal);
    }

Q_SIGNALS:
    void Lock();
    void Unlock();
};

//! \brief org.freedesktop.ScreenSaver.
class FakeScreenSaver : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    bool isActive = false;

public Q_SLOTS:
    [[nodiscard]] bool GetActive() const { return isActive; }

Q_SIGNALS:
    void ActiveChanged(bool isOn);
};

//! \brief org.freedesktop.portal.Settings: Read wraps its value in a second variant.
class FakePortalSettings : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint colorScheme = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString &, const QString &key)
    {
        const QVariant value
            = key == QLatin1String("color-scheme") ? QVariant(colorScheme) : QVariant(true);
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
    }

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

} // namespace presently::test
