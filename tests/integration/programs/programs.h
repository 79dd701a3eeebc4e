// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/serverprocess.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>

//! \file
//! What the tests of real processes share: homes, programs, the server's own view.

namespace presently::test {

//! \brief A person's home that nobody else uses: no bus, no keychain, no settings.
class Home
{
public:
    [[nodiscard]] QString path() const { return m_directory.path(); }
    [[nodiscard]] QString profile() const
    {
        return m_directory.filePath(QStringLiteral("profile"));
    }
    [[nodiscard]] QString runtimeDirectory() const
    {
        return m_directory.filePath(QStringLiteral("run"));
    }

    [[nodiscard]] QProcessEnvironment environment() const
    {
        QDir().mkpath(runtimeDirectory());
        QFile::setPermissions(
            runtimeDirectory(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtimeDirectory());
        environment.insert(
            QStringLiteral("DBUS_SYSTEM_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent"));
        for (const char *name : {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "XDG_DATA_HOME",
                 "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "NO_COLOR"})
            environment.remove(QLatin1String(name));
        return environment;
    }

    //! A file in this home that holds \a content and a line end.
    [[nodiscard]] QString file(const QString &name, const QString &content) const
    {
        QFile file(m_directory.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content.toUtf8() + '\n');
        return file.fileName();
    }

    //! Every file below that holds one of \a secrets, except those that we wrote as its input.
    [[nodiscard]] QStringList filesHolding(
        const QList<QByteArray> &secrets, const QStringList &except = {}) const
    {
        QStringList found;
        QDirIterator files(path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (except.contains(file.fileName()) || !file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray content = file.readAll();
            for (const QByteArray &secret : secrets) {
                if (!secret.isEmpty() && content.contains(secret))
                    found << file.fileName();
            }
        }
        return found;
    }

private:
    QTemporaryDir m_directory;
};

//! \brief One of our programs, run to its end or ended with this object.
class Program
{
public:
    Program(const QString &name, const QProcessEnvironment &environment)
    {
        process.setProgram(QStringLiteral(PRESENTLY_PROGRAM_DIR "/") + name);
        process.setProcessEnvironment(environment);
    }
    ~Program()
    {
        // A test that fails leaves before it has asked us anything.
        if (QTest::currentTestFailed())
            qWarning("%s", describe().constData());
        if (process.state() == QProcess::NotRunning)
            return;
        process.kill();
        process.waitForFinished(5'000);
    }

    //! Runs to the end; returns the exit code, or -1 after \a deadline.
    [[nodiscard]] int run(
        const QStringList &arguments, const QByteArray &input = {}, int deadline = 30'000)
    {
        start(arguments, input);
        if (!process.waitForFinished(deadline) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        output += process.readAllStandardOutput();
        error += process.readAllStandardError();
        return process.exitCode();
    }
    void start(const QStringList &arguments, const QByteArray &input = {})
    {
        process.setArguments(arguments);
        m_age.start();
        process.start();
        process.waitForStarted(5'000);
        process.write(input);
        process.closeWriteChannel();
    }
    //! Whether \a text comes out within \a deadline.
    [[nodiscard]] bool prints(const QByteArray &text, int deadline = 15'000)
    {
        return QTest::qWaitFor(
            [&] {
                output += process.readAllStandardOutput();
                return output.contains(text);
            },
            deadline);
    }
    //! Asks it to end; returns the exit code, or -1.
    [[nodiscard]] int end(int deadline = 5'000)
    {
        process.terminate();
        if (!process.waitForFinished(deadline) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        return process.exitCode();
    }

    //! For the message of a failed test: whether it lives, and what it has said.
    [[nodiscard]] QByteArray describe()
    {
        if (process.state() != QProcess::NotRunning)
            process.waitForReadyRead(0);
        output += process.readAllStandardOutput();
        error += process.readAllStandardError();
        QByteArray words = process.program().toLocal8Bit();
        if (process.state() != QProcess::NotRunning)
            words += " runs as " + QByteArray::number(process.processId());
        else if (process.exitStatus() == QProcess::NormalExit)
            words += " ended with " + QByteArray::number(process.exitCode());
        else
            words += " was ended by signal " + QByteArray::number(process.exitCode());
        return words + " after " + QByteArray::number(m_age.elapsed())
            + " ms\n  it printed: " + output + "\n  it complained: " + error;
    }

    QProcess process;
    QByteArray output;
    QByteArray error;

private:
    QElapsedTimer m_age; //!< since it was started
};

//! What the server tells \a token about \a path.
inline QJsonDocument askServer(const QString &http, const QString &token, const QString &path)
{
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(http + path));
    request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    request.setTransferTimeout(5'000);
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 6'000))
        return {};
    return QJsonDocument::fromJson(reply->readAll());
}

} // namespace presently::test
