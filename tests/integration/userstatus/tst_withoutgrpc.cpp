// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/testserver.h"

#include <QTest>

using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! Built only where gRPC is not.
class tst_WithoutGrpc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePortIsRefusedInWords()
    {
        TestServer server;
        server.options.dialects.userStatus.grpcPort = 0;
        QVERIFY(!server.start());
        QVERIFY(server.errorText().contains(u"without gRPC"_s));
    }

    void theRestOfTheServerIsThere()
    {
        TestServer server;
        QVERIFY(server.start());
        QCOMPARE(server.server().grpcPort(), quint16(0));
    }
};

QTEST_GUILESS_MAIN(tst_WithoutGrpc)
#include "tst_withoutgrpc.moc"
