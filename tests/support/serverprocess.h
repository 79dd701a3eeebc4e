// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <optional>

namespace presently::test {

//! \brief A real `presently-server`, started as a child and ended with this object.
//!
//! Errors: `start` returns none when the ready line does not come in time;
//! `process.readAllStandardError()` says why.
class ServerProcess
{
public:
    struct Account {
        QString login;
        QString password;
        QString token;
        QString userId;
    };
    struct Ready {
        QString http;
        QList<Account> users;
    };

    ~ServerProcess()
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.terminate();
        if (!process.waitForFinished(5000))
            process.kill();
        process.waitForFinished(5000);
    }

    [[nodiscard]] std::optional<Ready> start(const QStringList &arguments, int deadline = 20'000)
    {
        process.setProgram(QStringLiteral(PRESENTLY_PROGRAM_DIR "/presently-server"));
        process.setArguments(arguments);
        process.setProcessChannelMode(QProcess::SeparateChannels);
        process.start();
        QElapsedTimer elapsed;
        elapsed.start();
        while (!process.canReadLine() && elapsed.elapsed() < deadline) {
            if (!process.waitForReadyRead(deadline - static_cast<int>(elapsed.elapsed())))
                return std::nullopt;
        }
        return parse(process.readLine());
    }

    QProcess process;

private:
    static std::optional<Ready> parse(const QByteArray &line)
    {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!object.value(QLatin1String("ready")).toBool())
            return std::nullopt;
        Ready ready;
        ready.http = object.value(QLatin1String("http")).toString();
        const QJsonArray users = object.value(QLatin1String("users")).toArray();
        for (const auto &value : users) {
            const QJsonObject user = value.toObject();
            const auto text
                = [&user](const char *key) { return user.value(QLatin1String(key)).toString(); };
            ready.users.append({text("login"), text("password"), text("token"), text("user_id")});
        }
        return ready;
    }
};

} // namespace presently::test
