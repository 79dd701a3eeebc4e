// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QImage>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace presently::test {

//! \brief An X server of the test's own.
class XServer
{
public:
    ~XServer()
    {
        if (m_server.state() == QProcess::NotRunning)
            return;
        m_server.terminate();
        m_server.waitForFinished(5'000);
    }

    //! Whether the server is up; its name is then in name().
    [[nodiscard]] bool start()
    {
        // -displayfd 1: Xvfb says on its standard output which number it took. -noreset: without it
        // the server starts anew whenever its last client leaves, and a program that connects just
        // then is thrown out before it has a window.
        m_server.start(QStringLiteral("Xvfb"),
            {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                QStringLiteral("0"), QStringLiteral("1280x900x24"), QStringLiteral("-nolisten"),
                QStringLiteral("tcp"), QStringLiteral("-noreset")});
        while (!m_server.canReadLine()) {
            if (!m_server.waitForReadyRead(15'000))
                return false;
        }
        m_name = QLatin1Char(':') + QString::fromLatin1(m_server.readLine().trimmed());
        return true;
    }

    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] bool isRunning() const { return m_server.state() == QProcess::Running; }
    //! What it has complained of since this was last asked.
    [[nodiscard]] QByteArray complaints() { return m_server.readAllStandardError(); }

    [[nodiscard]] QImage screenshot() const
    {
        QProcess import;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), m_name);
        import.setProcessEnvironment(environment);
        import.start(QStringLiteral("import"),
            {QStringLiteral("-silent"), QStringLiteral("-window"), QStringLiteral("root"),
                QStringLiteral("png:-")},
            QIODevice::ReadOnly);
        if (!import.waitForFinished(10'000)) {
            import.kill();
            import.waitForFinished(1'000);
        }
        return QImage::fromData(import.readAllStandardOutput(), "PNG");
    }

private:
    QProcess m_server;
    QString m_name;
};

} // namespace presently::test
