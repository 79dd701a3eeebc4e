// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <map>
#include <memory>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace Qt::Literals::StringLiterals;

namespace {

const QString program = QStringLiteral(PRESENTLY_PROGRAM_DIR "/presently-server");

struct Finished {
    int code = -1;
    QString output;
    QString errors;
};

Finished run(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(20'000))
        process.kill();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

//! A server that runs until this goes.
struct Running {
    explicit Running(const QStringList &arguments)
    {
        process.start(program, QStringList{u"--port"_s, u"0"_s} + arguments);
        QDeadlineTimer deadline(20'000);
        while (!process.canReadLine() && !deadline.hasExpired()
            && process.waitForReadyRead(int(deadline.remainingTime()))) { }
        ready = QJsonDocument::fromJson(process.readLine()).object();
    }
    ~Running()
    {
        process.kill();
        process.waitForFinished(5000);
    }
    [[nodiscard]] QString url() const { return ready.value("http"_L1).toString(); }

    QProcess process;
    QJsonObject ready;
};

} // namespace

class tst_Program : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsItsVersionAndHelp();
    void refusesUsage_data();
    void refusesUsage();
    void readyLineNamesPeopleOfTheBuiltInSeed();
    void readyLineOfAnEmptyServerHasNoPeople();
    void signsInWithThePasswordOfTheReadyLine();
    void endsPolitelyOnSigterm();
    void endsWithItsParent();
    void keepsAccountsInTheDataDirectory();
    void followsAccountsWhileItRuns();
    void refusesASecondServerOverTheSameData();
    void readsAConfigurationFile();
    void personasMoveByThemselves();

private:
    int status(const QString &url, const QByteArray &body = {}, const QByteArray &token = {});
    QByteArray m_body;
};

int tst_Program::status(const QString &url, const QByteArray &body, const QByteArray &token)
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(url)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    const std::unique_ptr<QNetworkReply> reply(
        body.isEmpty() ? network.get(request) : network.post(request, body));
    (void)QTest::qWaitFor([&] { return reply->isFinished(); }, 10'000);
    m_body = reply->readAll();
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void tst_Program::tellsItsVersionAndHelp()
{
    const Finished version = run({u"--version"_s});
    QCOMPARE(version.code, 0);
    QVERIFY(version.output.startsWith(u"presently-server "_s));
    const Finished help = run({u"--help"_s});
    QCOMPARE(help.code, 0);
    for (const QString &option : {u"--config"_s, u"--seed"_s, u"--exit-with-parent"_s})
        QVERIFY(help.output.contains(option));
}

void tst_Program::refusesUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown option") << QStringList{u"--prot"_s} << u"prot"_s;
    QTest::newRow("no number") << QStringList{u"--port"_s, u"http"_s} << u"--port"_s;
    QTest::newRow("gRPC") << QStringList{u"--grpc-port"_s, u"on"_s} << u"--grpc-port"_s;
    QTest::newRow("Redis") << QStringList{u"--redis"_s, u"redis://x"_s} << u"no Redis"_s;
    QTest::newRow("QA for everybody") << QStringList{u"--data"_s, u"/tmp/x"_s, u"--host"_s,
        u"0.0.0.0"_s, u"--qa"_s} << u"--qa"_s;
    QTest::newRow("PostgreSQL") << QStringList{u"--database"_s, u"postgres://x/y"_s}
                                << u"SQLite only"_s;
    QTest::newRow("memory and data")
        << QStringList{u"--memory"_s, u"--data"_s, u"/tmp/x"_s} << u"--memory"_s;
    QTest::newRow("seed for everybody")
        << QStringList{u"--memory"_s, u"--host"_s, u"0.0.0.0"_s} << u"loopback"_s;
    QTest::newRow("trusted ids for everybody") << QStringList{u"--data"_s, u"/tmp/x"_s, u"--host"_s,
        u"0.0.0.0"_s, u"--trust-user-id"_s} << u"loopback"_s;
    QTest::newRow("management for everybody") << QStringList{u"--data"_s, u"/tmp/x"_s, u"--host"_s,
        u"0.0.0.0"_s} << u"admin_token_file"_s;
    QTest::newRow("no such configuration")
        << QStringList{u"--config"_s, u"/nowhere/x.json"_s} << u"/nowhere/x.json"_s;
    QTest::newRow("no origin") << QStringList{u"--memory"_s, u"--allow-origin"_s,
        u"https://app.example/"_s}
                               << u"not an origin"_s;
    QTest::newRow("no command") << QStringList{u"serve"_s} << u"serve"_s;
    QTest::newRow("user without a name") << QStringList{u"user"_s, u"add"_s} << u"LOGIN"_s;
}

void tst_Program::refusesUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const Finished finished = run(arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY(finished.output.isEmpty());
    QVERIFY2(finished.errors.contains(says), qPrintable(finished.errors));
}

void tst_Program::readyLineNamesPeopleOfTheBuiltInSeed()
{
    Running server({u"--memory"_s, u"--grpc-port"_s, u"off"_s});
    QVERIFY(server.ready.value("ready"_L1).toBool());
    for (const QString &off : {u"grpc"_s, u"qa"_s, u"qa_token"_s})
        QVERIFY(server.ready.value(off).isNull());
    const QJsonArray users = server.ready.value("users"_L1).toArray();
    QVERIFY(users.size() >= 8);
    for (const QJsonValue &value : users) {
        const QJsonObject user = value.toObject();
        const QJsonObject ids = user.value("ids"_L1).toObject();
        QCOMPARE(ids.value("mtchat"_L1), user.value("user_id"_L1));
        for (const QString &dialect : {u"friends"_s, u"userstatus"_s, u"polling"_s, u"devices"_s})
            QVERIFY(ids.contains(dialect));
        const QByteArray token = user.value("token"_L1).toString().toLatin1();
        QCOMPARE(status(server.url() + u"/api/v1/sessions/current"_s, {}, token), 200);
    }
}

void tst_Program::readyLineOfAnEmptyServerHasNoPeople()
{
    QTemporaryDir directory;
    Running server({u"--data"_s, directory.path()});
    QVERIFY(server.ready.value("ready"_L1).toBool());
    QVERIFY(server.ready.value("users"_L1).toArray().isEmpty());
    QCOMPARE(status(server.url() + u"/health/ready"_s), 200);
}

void tst_Program::signsInWithThePasswordOfTheReadyLine()
{
    Running server({u"--memory"_s});
    const QJsonObject user = server.ready.value("users"_L1).toArray().first().toObject();
    const QJsonObject body{{u"login"_s, user.value("login"_L1)},
        {u"password"_s, user.value("password"_L1)},
        {u"device"_s,
            QJsonObject{{u"id"_s, u"x"_s}, {u"type"_s, u"terminal"_s}, {u"name"_s, u"t"_s},
                {u"os"_s, u"o"_s}}}};
    QCOMPARE(status(server.url() + u"/api/v1/sessions"_s, QJsonDocument(body).toJson()), 200);
}

void tst_Program::endsPolitelyOnSigterm()
{
#ifdef Q_OS_UNIX
    Running server({u"--memory"_s});
    QVERIFY(!server.url().isEmpty());
    server.process.terminate();
    QVERIFY(server.process.waitForFinished(5000));
    QCOMPARE(server.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(server.process.exitCode(), 0);
#else
    QSKIP("there is no SIGTERM here");
#endif
}

void tst_Program::endsWithItsParent()
{
#ifdef Q_OS_LINUX
    // A shell starts the server and dies at once by a signal nobody can catch.
    QProcess shell;
    shell.start(u"/bin/sh"_s,
        {u"-c"_s, u"\"$0\" --memory --port 0 --exit-with-parent & echo $!; read line; kill -9 $$"_s,
            program});
    QVERIFY(shell.waitForStarted());
    QList<QByteArray> lines;
    QDeadlineTimer deadline(10'000);
    while (lines.size() < 2 && !deadline.hasExpired()) {
        shell.waitForReadyRead(200);
        while (shell.canReadLine())
            lines.append(shell.readLine().trimmed());
    }
    QCOMPARE(lines.size(), 2);
    const auto server = pid_t(lines.first().toInt());
    QVERIFY(server > 0);
    QCOMPARE(::kill(server, 0), 0);
    shell.write("go\n");
    shell.waitForFinished(5000);
    QVERIFY(QTest::qWaitFor([server] { return ::kill(server, 0) != 0; }, 10'000));
#else
    QSKIP("tried on Linux only");
#endif
}

void tst_Program::keepsAccountsInTheDataDirectory()
{
    QTemporaryDir directory;
    const QStringList data{u"--data"_s, directory.filePath(u"new/place"_s)};
    const auto user = [&data](const QStringList &words, const QByteArray &input = {}) {
        return run(QStringList{u"user"_s} + words + data, input);
    };
    QCOMPARE(user({u"add"_s, u"ana"_s}, "short\n").code, 1);
    QCOMPARE(user({u"add"_s, u"ana"_s}, "a good password\n").code, 0);
    QCOMPARE(user({u"add"_s, u"Ana"_s}, "a good password\n").code, 1);
    QVERIFY(user({u"list"_s}).output.startsWith(u"ana\t"_s));
    QCOMPARE(user({u"passwd"_s, u"ana"_s}, "a better password\n").code, 0);
    QCOMPARE(user({u"passwd"_s, u"nobody"_s}, "a better password\n").code, 1);
    const auto signIn = [this](const QString &url, const QString &password) {
        const QJsonObject body{{u"login"_s, u"ana"_s}, {u"password"_s, password},
            {u"device"_s,
                QJsonObject{{u"id"_s, u"x"_s}, {u"type"_s, u"desktop"_s}, {u"name"_s, u"t"_s},
                    {u"os"_s, u"o"_s}}}};
        return status(url + u"/api/v1/sessions"_s, QJsonDocument(body).toJson());
    };
    {
        Running server(data);
        QCOMPARE(signIn(server.url(), u"a good password"_s), 401);
        QCOMPARE(signIn(server.url(), u"a better password"_s), 200);
        // Somebody who is added while it runs can sign in at once.
        QCOMPARE(user({u"add"_s, u"bao"_s}, "another password\n").code, 0);
    }
    Running again(data);
    QCOMPARE(signIn(again.url(), u"a better password"_s), 200);
    QCOMPARE(user({u"remove"_s, u"ana"_s}).code, 0);
    QCOMPARE(signIn(again.url(), u"a better password"_s), 401);
    const QFile::Permissions others
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString &name : {u"presently.sqlite"_s, u"token.secret"_s}) {
        const QString path = directory.filePath(u"new/place/"_s + name);
        QVERIFY2(QFile::exists(path), qPrintable(path));
        QVERIFY2(!(QFile::permissions(path) & others), qPrintable(path));
    }
}

// Another process changes the accounts; connections that are open learn of it, too.
void tst_Program::followsAccountsWhileItRuns()
{
    QTemporaryDir directory;
    const QStringList where{u"--data"_s, directory.path()};
    const QByteArray password = "a good password\n";
    for (const QString &login : {u"ana"_s, u"bao"_s})
        QCOMPARE(run(QStringList{u"user"_s, u"add"_s, login} + where, password).code, 0);
    Running server(where);
    std::map<QString, std::unique_ptr<QWebSocket>> sockets;
    for (const QString &login : {u"ana"_s, u"bao"_s}) {
        const QJsonObject body{{u"login"_s, login}, {u"password"_s, u"a good password"_s},
            {u"device"_s,
                QJsonObject{{u"id"_s, login}, {u"type"_s, u"desktop"_s}, {u"name"_s, u"t"_s},
                    {u"os"_s, u"o"_s}}}};
        QCOMPARE(status(server.url() + u"/api/v1/sessions"_s, QJsonDocument(body).toJson()), 200);
        QUrl url(server.url() + u"/api/v1/ws"_s);
        url.setScheme(u"ws"_s);
        QNetworkRequest request(url);
        const QString token = QJsonDocument::fromJson(m_body)["data"_L1]["token"_L1].toString();
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        auto &socket = sockets[login] = std::make_unique<QWebSocket>();
        socket->open(request);
        QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    }
    QCOMPARE(run(QStringList{u"user"_s, u"passwd"_s, u"ana"_s} + where, "another one\n").code, 0);
    QTRY_COMPARE(sockets[u"ana"_s]->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(int(sockets[u"ana"_s]->closeCode()), 4003);
    QCOMPARE(sockets[u"bao"_s]->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(run(QStringList{u"user"_s, u"remove"_s, u"bao"_s} + where).code, 0);
    QTRY_COMPARE(sockets[u"bao"_s]->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(int(sockets[u"bao"_s]->closeCode()), 4003);
}

void tst_Program::refusesASecondServerOverTheSameData()
{
    QTemporaryDir directory;
    const QStringList data{u"--data"_s, directory.path()};
    Running first(data);
    QVERIFY(!first.url().isEmpty());
    const Finished second = run(QStringList{u"--port"_s, u"0"_s} + data);
    QCOMPARE(second.code, 1);
    QVERIFY2(second.errors.contains(u"another server"_s), qPrintable(second.errors));
}

void tst_Program::readsAConfigurationFile()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"server.json"_s);
    const auto write = [&path](const QByteArray &json) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(json) == json.size();
    };
    QVERIFY(write(R"({"presence": {"heartbeat_ms": 40000}})"));
    const Finished refused = run({u"--config"_s, path});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.errors.contains(u"presence.lease_ms"_s), qPrintable(refused.errors));
    QVERIFY(write(R"({"presence": {"heartbeat_ms": "fast"}})"));
    const Finished mistyped = run({u"--config"_s, path});
    QCOMPARE(mistyped.code, 2);
    QVERIFY2(mistyped.errors.contains(path + u": presence.heartbeat_ms: "_s),
        qPrintable(mistyped.errors));
    QVERIFY(write(R"({"limits": {"login": {"burst": 1, "every_ms": 3600000}}})"));
    Running server({u"--config"_s, path, u"--memory"_s});
    const QByteArray body = R"({"login":"x","password":"y",
        "device":{"id":"d","type":"desktop","name":"n","os":"o"}})";
    QCOMPARE(status(server.url() + u"/api/v1/sessions"_s, body), 401);
    QCOMPARE(status(server.url() + u"/api/v1/sessions"_s, body), 429);
}

void tst_Program::personasMoveByThemselves()
{
    Running server({u"--memory"_s, u"--personas"_s});
    const QByteArray token = server.ready.value("users"_L1)
                                 .toArray()
                                 .first()
                                 .toObject()
                                 .value("token"_L1)
                                 .toString()
                                 .toLatin1();
    QVERIFY(status(server.url() + u"/api/v1/roster"_s, {}, token) == 200);
    QStringList ids;
    for (const QJsonValue &person :
        QJsonDocument::fromJson(m_body).object().value("data"_L1).toArray())
        ids.append(person.toObject().value("id"_L1).toString());
    QVERIFY(ids.size() >= 3);
    const QString path = server.url() + u"/api/v1/presence?user_ids="_s + ids.join(u',');
    QVERIFY(QTest::qWaitFor(
        [&] { return status(path, {}, token) == 200 && m_body.contains("\"is_online\":true"); },
        10'000));
}

QTEST_GUILESS_MAIN(tst_Program)
#include "tst_program.moc"
