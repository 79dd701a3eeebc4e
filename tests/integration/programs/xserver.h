// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QColor>
#include <QImage>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace presently::test {

//! \brief An X server of the test's own, on which one window is looked at and typed into.
class XServer
{
public:
    ~XServer()
    {
        for (QProcess *process : {&m_windowManager, &m_server}) {
            if (process->state() == QProcess::NotRunning)
                continue;
            process->terminate();
            process->waitForFinished(5'000);
        }
    }

    //! Whether the server is up; its name is then in name().
    [[nodiscard]] bool start()
    {
        // -displayfd 1: Xvfb says on its standard output which number it took. -noreset: without it
        // the server starts anew whenever its last client leaves, which xdotool does after each look,
        // and a program that connects just then is thrown out.
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

    [[nodiscard]] QImage screenshot() const
    {
        const QByteArray png = run(QStringLiteral("import"),
            {QStringLiteral("-silent"), QStringLiteral("-window"), QStringLiteral("root"),
                QStringLiteral("png:-")});
        return QImage::fromData(png, "PNG");
    }
    //! How many pixels have exactly \a colour.
    [[nodiscard]] int count(const QColor &colour) const
    {
        const QImage image = screenshot().convertToFormat(QImage::Format_RGB32);
        int found = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                found += image.pixel(x, y) == colour.rgb() ? 1 : 0;
        }
        return found;
    }
    //! Whether a window that can be seen has \a title in its title.
    [[nodiscard]] bool hasWindow(const QString &title) const { return !find(title).isEmpty(); }
    //! Puts a window manager on this server: without one nothing can be minimised.
    [[nodiscard]] bool startWindowManager()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), m_name);
        m_windowManager.setProcessEnvironment(environment);
        m_windowManager.start(QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
        return m_windowManager.waitForStarted(5'000);
    }
    void minimise(const QString &title)
    {
        if (const QString window = find(title); !window.isEmpty())
            m_minimised = window;
        run(QStringLiteral("xdotool"), {QStringLiteral("windowminimize"), m_minimised});
    }
    void restore() const
    {
        run(QStringLiteral("xdotool"), {QStringLiteral("windowactivate"), m_minimised});
    }
    //! Presses \a key in that window.
    void press(const QString &title, const QString &key) const
    {
        const QString window = find(title);
        run(QStringLiteral("xdotool"), {QStringLiteral("windowfocus"), window});
        run(QStringLiteral("xdotool"),
            {QStringLiteral("key"), QStringLiteral("--clearmodifiers"), key});
    }

private:
    [[nodiscard]] QString find(const QString &title) const
    {
        return QString::fromLatin1(run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"),
                title})
                                       .split('\n')
                                       .first());
    }
    QByteArray run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), m_name);
        process.setProcessEnvironment(environment);
        process.start(program, arguments, QIODevice::ReadOnly);
        if (!process.waitForFinished(10'000)) {
            process.kill();
            process.waitForFinished(1'000);
        }
        return process.readAllStandardOutput();
    }

    QProcess m_server;
    QProcess m_windowManager;
    QString m_minimised;
    QString m_name;
};

} // namespace presently::test
