// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/embeddedserver.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr auto ReadyKey = "ready"_L1;
constexpr auto HttpKey = "http"_L1;
constexpr auto UsersKey = "users"_L1;
constexpr auto LoginKey = "login"_L1;
constexpr auto PasswordKey = "password"_L1;
constexpr auto TokenKey = "token"_L1;

constexpr std::chrono::seconds ReadyDeadline{10};

} // namespace

EmbeddedServer::EmbeddedServer(QObject *parent)
    : QObject(parent)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(ReadyDeadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(u"not ready in time"_s); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &EmbeddedServer::onOutput);
    connect(&m_process, &QProcess::errorOccurred, this, [this] { fail(m_process.errorString()); });
    connect(&m_process, &QProcess::finished, this, [this](int exitCode) {
        const QByteArray said = m_process.readAllStandardError().trimmed().right(500);
        fail(u"ended with %1: %2"_s.arg(exitCode).arg(QString::fromUtf8(said)));
    });
    // Until it is ready its words may explain a failure; later on nobody would read them.
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
        if (m_isDecided)
            m_process.readAllStandardError();
    });
}

QString EmbeddedServer::failureText(const Error &error)
{
    return tr("The demo's own server could not be started (%1).").arg(error.detail);
}

EmbeddedServer::~EmbeddedServer()
{
    m_process.disconnect(this);
    // Killing it is safe: all it knows is in its memory, and the destructor of QProcess would warn.
    m_process.kill();
    m_process.waitForFinished(1000);
}

void EmbeddedServer::start()
{
    m_process.start(programPath(),
        {u"--memory"_s, u"--personas"_s, u"--port"_s, u"0"_s, u"--exit-with-parent"_s},
        QIODevice::ReadOnly);
    m_deadline.start();
}

void EmbeddedServer::onOutput()
{
    if (m_isDecided) {
        m_process.readAllStandardOutput();
        return;
    }
    if (!m_process.canReadLine())
        return;
    const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
    const QJsonObject first = line[UsersKey].toArray().first().toObject();
    Person person;
    person.server = QUrl(line[HttpKey].toString(), QUrl::StrictMode);
    person.login = first[LoginKey].toString();
    person.password = first[PasswordKey].toString();
    person.token = first[TokenKey].toString().toUtf8();
    if (!line[ReadyKey].toBool() || !person.server.isValid() || person.login.isEmpty()) {
        fail(u"its ready line cannot be read"_s);
        return;
    }
    m_isDecided = true;
    m_deadline.stop();
    Q_EMIT ready(person);
}

void EmbeddedServer::fail(const QString &detail)
{
    if (std::exchange(m_isDecided, true))
        return;
    m_deadline.stop();
    Q_EMIT failed({ErrorCode::Unreachable, u"presently-server"_s, detail, {}});
}

QString EmbeddedServer::programPath()
{
    const QString name = u"presently-server"_s;
    const QString beside
        = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    const QString found = beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
    return found.isEmpty() ? name : found;
}

} // namespace presently::app
