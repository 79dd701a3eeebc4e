// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The published client of Socket.IO speaks friends and devices with our server.

#include "tests/integration/friends/friendspeer.h"

#include <QProcess>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_PublishedClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speaksTheDialects_data()
    {
        QTest::addColumn<QString>("scenario");
        for (const char *scenario :
            {"friends", "friends over WebSocket alone", "friends over polling alone", "devices A",
                "devices A on /", "devices B", "refusals"})
            QTest::newRow(scenario) << QString::fromLatin1(scenario);
    }
    void speaksTheDialects()
    {
        QFETCH(QString, scenario);
        TestServer server;
        QVERIFY2(server.start(), qPrintable(server.errorText()));
        const auto person = [&server](const QString &login) {
            return QJsonObject{
                {u"id"_s, objectId(server, login)}, {u"token"_s, server.token(login)}};
        };
        const QJsonObject world{{u"url"_s, server.url().toString()},
            {u"conversation"_s, server.team().value}, {u"ana"_s, person(u"ana"_s)},
            {u"bao"_s, person(u"bao"_s)}};
        QProcess client;
        client.setProcessChannelMode(QProcess::MergedChannels);
        client.start(QStringLiteral(PRESENTLY_NODE),
            {QStringLiteral(PRESENTLY_NODE_DIALECTS), scenario,
                QString::fromUtf8(QJsonDocument(world).toJson(QJsonDocument::Compact))});
        const bool ended
            = QTest::qWaitFor([&client] { return client.state() == QProcess::NotRunning; }, 40'000);
        const QByteArray said = client.readAll();
        if (!ended)
            client.kill();
        QVERIFY2(ended && client.exitCode() == 0 && said.endsWith("done\n"), said.constData());
    }
};

QTEST_GUILESS_MAIN(tst_PublishedClient)
#include "tst_publishedclient.moc"
