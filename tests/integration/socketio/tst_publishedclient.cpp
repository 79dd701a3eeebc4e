// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/socketio/socketiobench.h"
#include "tests/support/testserver.h"

#include <QProcess>

using namespace presently;
using namespace presently::net::socketio;
using namespace presently::test;
using namespace Qt::StringLiterals;

namespace {

//! \brief `/rough`: `drop` ends the connection, `kick` sends the client out, `alive` is answered.
class RoughNamespace final : public NamespaceHandler
{
public:
    void connecting(const ConnectRequest &, ConnectResponder responder) override
    {
        responder.accept(std::make_unique<Rough>());
    }

private:
    class Rough final : public SocketHandler
    {
    public:
        void opened(Socket &socket) override { m_socket = &socket; }
        void eventReceived(const SocketEvent &event) override
        {
            if (event.name == "drop"_L1)
                m_socket->close();
            else if (event.name == "kick"_L1)
                m_socket->disconnect();
            else if (event.ackId)
                m_socket->acknowledge(*event.ackId, {u"yes"_s});
        }
        void closed(presently::CloseKind) override { }

    private:
        Socket *m_socket = nullptr;
    };
};

//! \brief `/closed` to all but the holder of the right token.
class ClosedNamespace final : public NamespaceHandler
{
public:
    void connecting(const ConnectRequest &request, ConnectResponder responder) override
    {
        if (request.auth && request.auth->value("token"_L1) == "right"_L1)
            return m_rough.connecting(request, std::move(responder));
        responder.refuse(u"Invalid token"_s, QJsonObject{{u"code"_s, u"UNAUTHORIZED"_s}});
    }

private:
    RoughNamespace m_rough;
};

//! \brief The published client as a process that plays one scenario.
class Player
{
public:
    Player(quint16 port, const QString &scenario)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral(PRESENTLY_NODE),
            {QStringLiteral(PRESENTLY_NODE_PEER), u"http://127.0.0.1:%1"_s.arg(port), scenario});
    }
    ~Player()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    //! Whether it has said \a line; waits for it.
    bool says(const QByteArray &line)
    {
        return QTest::qWaitFor(
            [&] {
                m_said += m_process.readAll();
                return m_said.contains(line + '\n');
            },
            20'000);
    }
    //! Empty when the scenario went as it should, else what went wrong.
    QByteArray outcome()
    {
        (void)QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 30'000);
        m_said += m_process.readAll();
        const bool isGood
            = m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
        return isGood && says("done") ? QByteArray() : m_said + m_process.errorString().toUtf8();
    }

private:
    QProcess m_process;
    QByteArray m_said;
};

int rounds()
{
    return qEnvironmentVariableIsSet("PRESENTLY_FULL") ? 20 : 1;
}

void addRounds(const QStringList &scenarios)
{
    QTest::addColumn<QString>("scenario");
    for (int round = 1; round <= rounds(); ++round) {
        for (const QString &scenario : scenarios)
            QTest::addRow("%s, round %d", qPrintable(scenario), round) << scenario;
    }
}

} // namespace

//! Reliability scenario R13, the honest peer: the published `socket.io-client` against our server.
//! Full: 20 rounds.
class tst_PublishedClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speaksWithTheWholeServer_data()
    {
        addRounds(
            {u"defaults"_s, u"websocket"_s, u"polling"_s, u"namespaces"_s, u"acks"_s, u"bytes"_s});
    }

    void speaksWithTheWholeServer()
    {
        QFETCH(const QString, scenario);
        TestServer server;
        server.options.dialects.socketIo.conformance = true;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        Player player(server.server().port(), scenario);
        const QByteArray outcome = player.outcome();
        QVERIFY2(outcome.isEmpty(), outcome.constData());
    }

    void comesBackToARestartedServer()
    {
        TestServer server;
        server.options.dialects.socketIo.conformance = true;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        Player player(server.server().port(), u"restart"_s);
        QVERIFY(player.says("restart"));
        QVERIFY2(server.restart(), qPrintable(server.errorText()));
        const QByteArray outcome = player.outcome();
        QVERIFY2(outcome.isEmpty(), outcome.constData());
    }

    void bearsRoughTreatment_data() { addRounds({u"reconnect"_s, u"kick"_s, u"refusal"_s}); }

    void bearsRoughTreatment()
    {
        QFETCH(const QString, scenario);
        const SystemClock clock;
        SocketIoBench bench(&clock);
        bench.start();
        RoughNamespace rough;
        ClosedNamespace closed;
        bench.server->addNamespace(u"/rough"_s, rough);
        bench.server->addNamespace(u"/closed"_s, closed);
        Player player(bench.port, scenario);
        const QByteArray outcome = player.outcome();
        bench.stop();
        QVERIFY2(outcome.isEmpty(), outcome.constData());
    }
};

QTEST_GUILESS_MAIN(tst_PublishedClient)
#include "tst_publishedclient.moc"
