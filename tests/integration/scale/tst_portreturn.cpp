// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/httpserver.h"
#include "net/server/listener/requesthandler.h"
#include "tests/support/manualclock.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTest>

#include <thread>

#include <sys/socket.h>
#include <unistd.h>

using namespace presently;
using namespace presently::net;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

class NoApplication final : public RequestHandler
{
public:
    BodyPlan plan(const RequestHead &) override { return BufferBody{}; }
    void handle(HttpRequest, Responder responder) override
    {
        responder.respond(HttpResponse::text(200, "here"));
    }
    WebSocketDecision upgrade(const RequestHead &) override
    {
        return RefuseUpgrade{HttpResponse::text(404, "none")};
    }
};

} // namespace

//! A server that is started again while the process before it still has the port.
class tst_PortReturn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_occupant = std::make_unique<QTcpServer>();
        QVERIFY(m_occupant->listen(QHostAddress::LocalHost));
        m_options = {};
        m_options.port = m_occupant->serverPort();
    }

    void takesThePortAsSoonAsItIsFree_data() { kinds(); }
    void takesThePortAsSoonAsItIsFree()
    {
        QFETCH(AcceptorKind, kind);
        m_options.acceptor = kind;
        m_options.bindPatience = 20s;
        const int descriptor = int(m_occupant->socketDescriptor());
        constexpr auto dyingTakes = 200ms;
        std::thread dying([&] {
            std::this_thread::sleep_for(dyingTakes); // this long its descriptors live on
            ::shutdown(descriptor, SHUT_RDWR);
        });
        QElapsedTimer elapsed;
        elapsed.start();
        HttpServer server(m_application, m_clock, m_options);
        const auto listening = server.listen();
        const auto took = Milliseconds{elapsed.elapsed()};
        dying.join();
        QVERIFY2(listening.has_value(), "the port did not come back");
        QCOMPARE(*listening, m_options.port);
        QVERIFY(took >= dyingTakes);
        QVERIFY(took < 10s);
    }

    void saysThatThePortIsTakenWhenPatienceEnds_data() { kinds(); }
    void saysThatThePortIsTakenWhenPatienceEnds()
    {
        QFETCH(AcceptorKind, kind);
        m_options.acceptor = kind;
        m_options.bindPatience = 150ms;
        QElapsedTimer elapsed;
        elapsed.start();
        HttpServer server(m_application, m_clock, m_options);
        const auto listening = server.listen();
        QVERIFY(!listening.has_value());
        QCOMPARE(listening.error().code, ErrorCode::Conflict);
        QVERIFY(Milliseconds{elapsed.elapsed()} >= 150ms);
    }

    void triesOnceWithoutPatience()
    {
        HttpServer server(m_application, m_clock, m_options);
        QElapsedTimer elapsed;
        elapsed.start();
        QVERIFY(!server.listen().has_value());
        QVERIFY(Milliseconds{elapsed.elapsed()} < 5s);
    }

    void doesNotWaitForAnAddressThatIsNotOurs()
    {
        m_options.address = QHostAddress(QStringLiteral("192.0.2.1"));
        m_options.bindPatience = 30s;
        QElapsedTimer elapsed;
        elapsed.start();
        HttpServer server(m_application, m_clock, m_options);
        const auto listening = server.listen();
        QVERIFY(!listening.has_value());
        QCOMPARE(listening.error().code, ErrorCode::Unreachable);
        QVERIFY(Milliseconds{elapsed.elapsed()} < 10s);
    }

private:
    static void kinds()
    {
        QTest::addColumn<AcceptorKind>("kind");
        QTest::newRow("epoll") << AcceptorKind::Best;
        QTest::newRow("Qt") << AcceptorKind::Qt;
    }

    ManualClock m_clock;
    NoApplication m_application;
    ListenerOptions m_options;
    std::unique_ptr<QTcpServer> m_occupant;
};

QTEST_GUILESS_MAIN(tst_PortReturn)
#include "tst_portreturn.moc"
