// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/userstatus/statuspeer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! A client made by others (grpc-js, on Node) against our server.
class tst_NodePeer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anotherImplementationUnderstandsUs()
    {
        StatusServer server;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        const auto person = [&server](const QString &login) {
            return QJsonObject{
                {"token"_L1, server.token(login)}, {"id"_L1, server.statusId(login)}};
        };
        const QJsonObject given{{"address"_L1, u"127.0.0.1:%1"_s.arg(server.server().grpcPort())},
            {"proto"_L1,
                QStringLiteral(PRESENTLY_SOURCE_DIR "/net/wire/userstatus/userstatus.proto")},
            {"ana"_L1, person(u"ana"_s)}, {"bao"_L1, person(u"bao"_s)},
            {"stranger"_L1, server.statusId(u"eve"_s)}};
        QProcess peer;
        peer.setProgram(QStringLiteral(PRESENTLY_NODE_PROGRAM));
        peer.setArguments({QStringLiteral(PRESENTLY_NODE_PEER),
            QString::fromUtf8(QJsonDocument(given).toJson(QJsonDocument::Compact))});
        peer.start();
        QVERIFY(serveUntil([&peer] { return peer.state() == QProcess::NotRunning; }, 40'000));
        QVERIFY2(peer.exitStatus() == QProcess::NormalExit && peer.exitCode() == 0,
            peer.readAllStandardError().constData());
        QCOMPARE(
            peer.readAllStandardOutput().trimmed(), "unary\nsnapshot\nupdates\ncancel\nerrors");
    }
};

QTEST_GUILESS_MAIN(tst_NodePeer)
#include "tst_nodepeer.moc"
