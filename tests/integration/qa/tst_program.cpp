// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/qa/qapeer.h"

#include <QDeadlineTimer>
#include <QProcess>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

//! `presently-server` with some arguments, ended with this object.
struct Program {
    explicit Program(const QStringList &arguments)
    {
        process.start(QStringLiteral(PRESENTLY_PROGRAM_DIR "/presently-server"),
            QStringList{u"--port"_s, u"0"_s, u"--memory"_s} + arguments);
        QDeadlineTimer deadline(20'000);
        while (!process.canReadLine() && !deadline.hasExpired()
            && process.waitForReadyRead(int(deadline.remainingTime()))) { }
        line = process.readLine();
        ready = QJsonDocument::fromJson(line).object();
    }
    ~Program()
    {
        process.terminate();
        if (!process.waitForFinished(5000))
            process.kill();
        process.waitForFinished(5000);
    }
    [[nodiscard]] QString text(QLatin1StringView key) const { return ready.value(key).toString(); }
    [[nodiscard]] QString tokenOf(const QString &login) const
    {
        for (const QJsonValue &user : ready.value("users"_L1).toArray()) {
            if (user.toObject().value("login"_L1).toString() == login)
                return user.toObject().value("token"_L1).toString();
        }
        return {};
    }

    QProcess process;
    QByteArray line;
    QJsonObject ready;
};

} // namespace

//! The real program with `--qa`.
class tst_Program : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOffByDefault()
    {
        const Program server({});
        QVERIFY(server.ready.value("ready"_L1).toBool());
        QVERIFY(server.ready.value("qa"_L1).isNull());
        QVERIFY(server.ready.value("qa_token"_L1).isNull());
        QCOMPARE(rest("GET", server.text("http"_L1) + u"/qa/clock"_s, {}).status, 404);
    }

    void theReadyLineOpensTheControlPort()
    {
        const Program server({u"--qa"_s});
        QVERIFY2(server.ready.value("ready"_L1).toBool(), server.line.constData());
        QCOMPARE(QUrl(server.text("qa"_L1)).host(), u"127.0.0.1"_s);
        QaClient client(QUrl(server.text("qa"_L1)), server.text("qa_token"_L1).toLatin1());
        QaPeer anna;
        QVERIFY(anna.open(server.text("http"_L1), server.tokenOf(u"anna"_s)));
        QaPeer ben;
        QVERIFY(ben.open(server.text("http"_L1), server.tokenOf(u"ben"_s)));
        QVERIFY(anna.settle());
        QCOMPARE(client.statusOf(u"anna"_s), u"online"_s);
        QaCall gone = client.later(u"/expect"_s,
            {{u"user"_s, u"anna"_s}, {u"status"_s, u"offline"_s}, {u"within"_s, u"65s"_s}});
        QCOMPARE(client.get(u"/clock"_s).status, 200);
        QVERIFY(client.advance(61s));
        QCOMPARE(gone.answer().status, 200);
        QCOMPARE(
            client
                .post(u"/expect"_s,
                    {{u"user"_s, u"ben"_s}, {u"frame"_s, u"presence.update"_s},
                        {u"direction"_s, u"out"_s}, {u"since"_s, u"start"_s}, {u"within"_s, 5}})
                .status,
            200);
        QVERIFY(anna.isConnected());
        const auto reset = client.post(u"/reset"_s);
        QCOMPARE(reset.status, 200);
        qInfo("reset took %.2f ms", reset["ms"].toDouble());
        QTRY_VERIFY(!anna.isConnected());
        QaPeer again;
        QVERIFY(again.open(server.text("http"_L1), server.tokenOf(u"anna"_s)));
        QCOMPARE(client.post(u"/worlds"_s).status, 201);
    }

    void personasSurviveAReset()
    {
        const Program server({u"--qa"_s, u"--personas"_s});
        QVERIFY2(server.ready.value("ready"_L1).toBool(), server.line.constData());
        QaClient client(QUrl(server.text("qa"_L1)), server.text("qa_token"_L1).toLatin1());
        const QJsonObject linh{
            {u"user"_s, u"linh"_s}, {u"status"_s, u"online"_s}, {u"within"_s, u"20s"_s}};
        QCOMPARE(client.post(u"/expect"_s, linh).status, 200);
        QCOMPARE(client.post(u"/reset"_s).status, 200);
        QCOMPARE(client.statusOf(u"linh"_s), u"offline"_s);
        QCOMPARE(client.post(u"/expect"_s, linh).status, 200);
    }

    void aServerThatOthersCanReachIsRefused()
    {
        Program server({u"--qa"_s, u"--host"_s, u"0.0.0.0"_s});
        QVERIFY(server.line.isEmpty());
        QTRY_COMPARE(server.process.state(), QProcess::NotRunning);
        QCOMPARE(server.process.exitCode(), 2);
        QVERIFY(server.process.readAllStandardError().contains("loopback"));
    }

    void twoStartsHaveTheSameIds()
    {
        const Program one({u"--qa"_s});
        const Program other({u"--qa"_s});
        QVERIFY(one.ready.value("ready"_L1).toBool());
        const auto withoutTokens = [](const Program &program) {
            QJsonArray users;
            for (const QJsonValue &value : program.ready.value("users"_L1).toArray()) {
                QJsonObject user = value.toObject();
                user.remove("token"_L1);
                users.append(user);
            }
            return users;
        };
        QVERIFY(!withoutTokens(one).isEmpty());
        QCOMPARE(withoutTokens(other), withoutTokens(one));
        const auto dialogsOf = [](const Program &program) {
            QStringList ids;
            const auto answer = rest(
                "GET", program.text("http"_L1) + u"/api/v1/dialogs"_s, program.tokenOf(u"anna"_s));
            for (const QJsonValue &dialog : answer["data"].toArray())
                ids.append(dialog.toObject().value("id"_L1).toString());
            return ids;
        };
        const QStringList dialogs = dialogsOf(one);
        QVERIFY(!dialogs.isEmpty() && !dialogs.contains(QString()));
        QCOMPARE(dialogsOf(other), dialogs);
    }

    void theTokenIsAnotherEachTime()
    {
        const Program one({u"--qa"_s});
        const Program other({u"--qa"_s});
        QVERIFY(one.text("qa_token"_L1).size() >= 32);
        QVERIFY(one.text("qa_token"_L1) != other.text("qa_token"_L1));
    }
};

QTEST_GUILESS_MAIN(tst_Program)
#include "tst_program.moc"
