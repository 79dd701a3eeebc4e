// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/socketio/conformancecases.h"

Q_DECLARE_METATYPE(presently::test::ConformanceCase)

using namespace presently;
using namespace presently::test;

//! Reliability scenario R13: what the published documents of Engine.IO 4 and Socket.IO 5 ask of a
//! server, over raw sockets. Full: 20 runs in a row.
class tst_Conformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conforms_data()
    {
        QTest::addColumn<ConformanceCase>("testCase");
        QTest::addColumn<int>("runs");
        const int runs = qEnvironmentVariableIsSet("PRESENTLY_FULL") ? 20 : 1;
        const auto engine = engineIoCases();
        const auto socket = socketIoCases();
        QCOMPARE(engine.size(), 24);
        QCOMPARE(socket.size(), 16);
        for (const ConformanceCase &testCase : engine)
            QTest::addRow("Engine.IO %s", testCase.name) << testCase << runs;
        for (const ConformanceCase &testCase : socket)
            QTest::addRow("Socket.IO %s", testCase.name) << testCase << runs;
    }

    void conforms()
    {
        QFETCH(const ConformanceCase, testCase);
        QFETCH(const int, runs);
        for (int run = 0; run < runs && !QTest::currentTestFailed(); ++run) {
            SocketIoBench bench;
            // The numbers of the published conformance suites.
            bench.settings.pingInterval = Milliseconds{300};
            bench.settings.pingTimeout = Milliseconds{200};
            bench.settings.connectTimeout = Milliseconds{1000};
            bench.settings.maxPayload = 1'000'000;
            bench.settings.maxAttachments = 10;
            bench.start();
            testCase.run(bench);
        }
        m_passed += QTest::currentTestFailed() ? 0 : 1;
    }

    void cleanupTestCase() { qInfo("R13 %d of 40 cases conform (at least 40)", m_passed); }

private:
    int m_passed = 0;
};

QTEST_GUILESS_MAIN(tst_Conformance)
#include "tst_conformance.moc"
