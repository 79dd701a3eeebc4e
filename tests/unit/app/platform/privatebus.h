// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace presently::test {

//! \brief A real message bus of the test's own, which starts no service by itself.
class PrivateBus
{
public:
    ~PrivateBus() { stop(); }

    //! Whether the bus is up; its address is then in address().
    [[nodiscard]] bool start()
    {
        QFile config(m_directory.filePath(QStringLiteral("bus.conf")));
        if (!config.open(QIODevice::WriteOnly))
            return false;
        config.write(
            "<busconfig><type>session</type><listen>unix:dir=" + m_directory.path().toUtf8()
            + "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
              "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
              "<allow own=\"*\"/></policy></busconfig>");
        config.close();
        m_daemon.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                QStringLiteral("--config-file=") + config.fileName()});
        while (!m_daemon.canReadLine()) {
            if (!m_daemon.waitForReadyRead(10'000))
                return false;
        }
        m_address = m_daemon.readLine().trimmed();
        return !m_address.isEmpty();
    }

    void stop()
    {
        if (m_daemon.state() == QProcess::NotRunning)
            return;
        m_daemon.terminate();
        m_daemon.waitForFinished(5'000);
    }

    [[nodiscard]] QString address() const { return QString::fromUtf8(m_address); }

private:
    QTemporaryDir m_directory;
    QProcess m_daemon;
    QByteArray m_address;
};

} // namespace presently::test
