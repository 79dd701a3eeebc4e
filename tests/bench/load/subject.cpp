// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/load/subject.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace presently::bench {

namespace {

constexpr int StartDeadline = 60'000;
constexpr int EndDeadline = 10'000;

QString peersDirectory()
{
    return qEnvironmentVariable("PRESENTLY_PEERS_DIR");
}

void endProcess(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(EndDeadline))
        process.kill();
    process.waitForFinished(EndDeadline);
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

// Any server

Subject::~Subject()
{
    end();
}

void Subject::end()
{
    endProcess(*m_process);
}

bool Subject::launch(Start start)
{
    const Command command = this->command(start, m_port);
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process->start(command.program, command.arguments);
    if (m_process->waitForStarted(EndDeadline))
        return true;
    fail(u"%1 cannot be started"_s.arg(command.program));
    return false;
}

bool Subject::start()
{
    return launch(Start::First) && waitUntilReady();
}

bool Subject::waitUntilReady()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (!m_process->canReadLine() && !elapsed.hasExpired(StartDeadline)
        && m_process->state() != QProcess::NotRunning)
        m_process->waitForReadyRead(100);
    const QByteArray line = m_process->readLine();
    const QJsonObject told = QJsonDocument::fromJson(line).object();
    m_port = quint16(QUrl(told.value("http"_L1).toString()).port(0));
    if (m_port != 0)
        ready(line);
    else
        fail(u"%1 did not become ready"_s.arg(m_name));
    return m_port != 0;
}

bool Subject::killAndRestart()
{
    m_process->kill();
    m_process->waitForFinished(EndDeadline);
    return launch(Start::Again);
}

void Subject::ready(const QByteArray &)
{
}

// Ours

PresentlySubject::PresentlySubject(const Population &population, Face face)
    : Subject(face == Face::Devices  ? u"presently, devices"_s
            : face == Face::SignedIn ? u"presently, mtchat signed in"_s
                                     : u"presently, mtchat"_s)
    , m_face(face)
{
    QFile seed(m_directory.filePath(u"seed.json"_s));
    if (seed.open(QIODevice::WriteOnly))
        seed.write(loadSeed(population));
}

PresentlySubject::~PresentlySubject()
{
    end(); // before its directory goes
}

bool PresentlySubject::start()
{
    if (!Subject::start())
        return false;
    end();
    return launch(Start::Again) && waitUntilReady();
}

Subject::Command PresentlySubject::command(Start start, quint16 port) const
{
    QStringList arguments{u"--data"_s, m_directory.filePath(u"data"_s), u"--port"_s,
        QString::number(port), u"--trust-user-id"_s};
    // The database knows them from then on.
    if (start == Start::First)
        arguments << u"--seed"_s << m_directory.filePath(u"seed.json"_s);
    return {qEnvironmentVariable("PRESENTLY_PROGRAM_DIR", QStringLiteral(PRESENTLY_PROGRAM_DIR))
            + "/presently-server"_L1,
        arguments};
}

void PresentlySubject::ready(const QByteArray &line)
{
    const QJsonArray users = QJsonDocument::fromJson(line).object().value("users"_L1).toArray();
    for (const QJsonValue &user : users)
        m_tokens.push_back(user.toObject().value("token"_L1).toString().toLatin1());
}

std::unique_ptr<Speaker> PresentlySubject::makeSpeaker() const
{
    switch (m_face) {
    case Face::Published:
        return makeMtchatSpeaker();
    case Face::SignedIn:
        return makeSignedInSpeaker(m_tokens);
    case Face::Devices:
        return makeDevicesSpeaker(m_tokens);
    }
    Q_UNREACHABLE();
}

// The peers

Redis::~Redis()
{
    endProcess(m_process);
}

bool Redis::start()
{
    m_port = freePort();
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(u"redis-server"_s,
        {u"--port"_s, QString::number(m_port), u"--bind"_s, u"127.0.0.1"_s, u"--save"_s, QString(),
            u"--dir"_s, m_directory.path()});
    if (!m_process.waitForStarted(EndDeadline))
        return false;
    QElapsedTimer elapsed;
    elapsed.start();
    while (!elapsed.hasExpired(EndDeadline)) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHost, m_port);
        if (probe.waitForConnected(200))
            return true;
    }
    return false;
}

PeerSubject::PeerSubject(const Population &population, Kind kind, quint16 redis)
    : Subject(kind == Kind::WebSocket ? u"Node ws"_s : u"Node Socket.IO"_s)
    , m_population(population)
    , m_kind(kind)
    , m_redis(redis)
{
}

QString PeerSubject::whatIsMissing()
{
    QStringList missing;
    for (const QString &program : {u"node"_s, u"redis-server"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            missing.append(program);
    }
    if (!QFile::exists(peersDirectory() + "/node_modules/ws/package.json"_L1))
        missing.append(u"the peers' packages (./dev bench installs them)"_s);
    return missing.join(u", "_s);
}

std::unique_ptr<Speaker> PeerSubject::makeSpeaker() const
{
    return m_kind == Kind::WebSocket ? makeMtchatSpeaker() : makeSocketIoPeerSpeaker();
}

Subject::Command PeerSubject::command(Start, quint16 port) const
{
    const QString script = m_kind == Kind::WebSocket ? u"/ws-peer.js"_s : u"/socketio-peer.js"_s;
    return {u"node"_s,
        {peersDirectory() + script, u"--port"_s, QString::number(port), u"--redis"_s,
            QString::number(m_redis), u"--people"_s, QString::number(m_population.people),
            u"--contacts"_s, QString::number(m_population.contacts)}};
}

} // namespace presently::bench
