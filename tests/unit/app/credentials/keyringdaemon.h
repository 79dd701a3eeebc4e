// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace presently::test {

//! \brief A real gnome-keyring on the bus that DBUS_SESSION_BUS_ADDRESS names, with its files in a
//! directory of its own.
class KeyringDaemon
{
public:
    ~KeyringDaemon()
    {
        if (m_daemon.state() == QProcess::NotRunning)
            return;
        resume();
        m_daemon.kill();
        m_daemon.waitForFinished(5'000);
    }

    //! Starts it with its keyring unlocked, and waits until it says so.
    [[nodiscard]] bool start(const QString &busAddress)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), busAddress);
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(
            QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("share")));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home.path());
        environment.remove(QStringLiteral("DISPLAY"));
        m_daemon.setProcessEnvironment(environment);
        m_daemon.start(QStringLiteral("gnome-keyring-daemon"),
            {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                QStringLiteral("--components=secrets")});
        if (!m_daemon.waitForStarted(5'000))
            return false;
        m_daemon.write("test\n");
        m_daemon.closeWriteChannel();
        const QDBusConnection bus = QDBusConnection::connectToBus(busAddress, busAddress);
        return bus.isConnected() && QTest::qWaitFor([&bus] {
            return bus.interface()
                ->isServiceRegistered(QStringLiteral("org.freedesktop.secrets"))
                .value();
        });
    }

    //! Locks the keyring that start() unlocked.
    [[nodiscard]] static bool lock(const QString &busAddress)
    {
        const QDBusConnection bus = QDBusConnection::connectToBus(busAddress, busAddress);
        QDBusMessage lock = QDBusMessage::createMethodCall(
            QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
            QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
        const QList<QDBusObjectPath> all{
            QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))};
        lock.setArguments({QVariant::fromValue(all)});
        return bus.call(lock).type() == QDBusMessage::ReplyMessage;
    }

    void hang() { ::kill(static_cast<pid_t>(m_daemon.processId()), SIGSTOP); }
    void resume() { ::kill(static_cast<pid_t>(m_daemon.processId()), SIGCONT); }

private:
    QTemporaryDir m_home;
    QProcess m_daemon;
};

} // namespace presently::test
