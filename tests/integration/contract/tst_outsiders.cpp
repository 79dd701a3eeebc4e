// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What somebody may try who has a token of his own and bad manners.

#include "tests/integration/contract/publishedclient.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

class tst_Outsiders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void nobodyActsForSomebodyElse_data();
    void nobodyActsForSomebodyElse();
    void theFileOfAnotherOutlivesAMessageThatBorrowedIt();
    void strangersCannotTellAConversationFromNone_data();
    void strangersCannotTellAConversationFromNone();
    void namesOfFilesWriteNoHeaders();
    void oneKeyOfTwoPeopleIsTwoMessages();
    void invisibleIsNowhereToBeRead();
    void aProxyIsNotThisMachine_data();
    void aProxyIsNotThisMachine();

private:
    QString sendFile(PublishedClient &sender, const QJsonObject &file, QString *url = nullptr);

    std::unique_ptr<HostedServer> m_server;
    std::unique_ptr<Rest> m_rest;
    QString m_team; //!< its path
};

void tst_Outsiders::init()
{
    m_server = std::make_unique<HostedServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
    m_rest = std::make_unique<Rest>(*m_server);
    m_team = u"/dialogs/"_s + m_server->team().value;
}

//! The id of the message.
QString tst_Outsiders::sendFile(PublishedClient &sender, const QJsonObject &file, QString *url)
{
    const QJsonValue message
        = sender
              .post(m_team + u"/messages"_s,
                  {{u"content"_s, u""_s}, {u"attachments"_s, QJsonArray{file}}})
              .data();
    if (url)
        *url = message["attachments"_L1][0]["url"_L1].toString();
    return message["id"_L1].toString();
}

void tst_Outsiders::nobodyActsForSomebodyElse_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    QTest::newRow("oneself") << u"user_id=ana-id"_s << 200;
    QTest::newRow("nobody") << u""_s << 200;
    QTest::newRow("another") << u"user_id=bao-id"_s << 403;
    QTest::newRow("another as sender") << u"sender_id=bao-id"_s << 403;
    QTest::newRow("another case") << u"user_id=ANA-ID"_s << 403;
}

void tst_Outsiders::nobodyActsForSomebodyElse()
{
    QFETCH(QString, query);
    QFETCH(int, status);
    const QString token = m_server->token(u"ana"_s);
    for (const QString &path : {u"/api/v1/dialogs"_s, u"/api/v1/roster"_s, u"/api/v1/users"_s,
             u"/api/v1/sessions/current"_s, u"/api/v1/presence/me/why"_s})
        QCOMPARE(m_rest->get(path + u'?' + query, token).status, status);
}

void tst_Outsiders::theFileOfAnotherOutlivesAMessageThatBorrowedIt()
{
    PublishedClient ana(*m_server, u"ana-id"_s);
    PublishedClient bao(*m_server, u"bao-id"_s);
    const QJsonObject file
        = ana.upload(m_server->team().value, u"a.txt"_s, u"text/plain"_s, "mine");
    QString url;
    const QString original = sendFile(ana, file, &url);
    // The key stands in the address, for everybody in the conversation to see.
    const QString borrowed = sendFile(bao, file);
    QCOMPARE(bao.remove(m_team + u"/messages/"_s + borrowed).status, 204);
    QCOMPARE(ana.download(url).body, QByteArray("mine"));
    QCOMPARE(ana.remove(m_team + u"/messages/"_s + original).status, 204);
    QCOMPARE(ana.download(url).status, 404);
}

void tst_Outsiders::strangersCannotTellAConversationFromNone_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("participants") << QByteArray("GET") << u"/participants"_s << QByteArray();
    QTest::newRow("messages") << QByteArray("GET") << u"/messages"_s << QByteArray();
    QTest::newRow("send") << QByteArray("POST") << u"/messages"_s
                          << QByteArray(R"({"content":"x"})");
    QTest::newRow("pin") << QByteArray("POST") << u"/pin"_s << QByteArray();
    QTest::newRow("mute") << QByteArray("POST") << u"/notifications"_s
                          << QByteArray(R"({"enabled":false})");
    QTest::newRow("leave") << QByteArray("POST") << u"/leave"_s << QByteArray();
}

void tst_Outsiders::strangersCannotTellAConversationFromNone()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const auto ask = [&](const QString &dialog) {
        const QNetworkRequest request
            = m_server->request(u"/api/v1/dialogs/"_s + dialog + path, m_server->token(u"eve"_s));
        return m_rest->send(request, verb, body);
    };
    const RestReply real = ask(m_server->team().value);
    const RestReply none = ask(u"0194e3a0-0000-7000-8000-00000000dead"_s);
    QCOMPARE(real.status, none.status);
    QCOMPARE(real.body, none.body);
}

void tst_Outsiders::namesOfFilesWriteNoHeaders()
{
    PublishedClient ana(*m_server, u"ana-id"_s);
    const QString name = u"a\"\r\nSet-Cookie: x=1\r\n\r\n<script>.txt"_s;
    const QJsonObject file = ana.upload(m_server->team().value, name, u"text/plain"_s, "x");
    QVERIFY(!file.isEmpty());
    QString url;
    sendFile(ana, file, &url);
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(QUrl(url))));
    QTRY_VERIFY(reply->isFinished());
    QVERIFY(!reply->hasRawHeader("Set-Cookie"));
    const QByteArray disposition = reply->rawHeader("Content-Disposition");
    QVERIFY(disposition.startsWith("attachment; filename*=UTF-8''"));
    QVERIFY(!disposition.mid(11).contains('"') && !disposition.contains('<'));
    QCOMPARE(reply->rawHeader("X-Content-Type-Options"), QByteArray("nosniff"));
    QCOMPARE(reply->readAll(), QByteArray("x"));
}

void tst_Outsiders::oneKeyOfTwoPeopleIsTwoMessages()
{
    QStringList ids;
    for (const QString &login : {u"ana"_s, u"bao"_s}) {
        QNetworkRequest request
            = m_server->request(u"/api/v1"_s + m_team + u"/messages"_s, m_server->token(login));
        request.setRawHeader("Idempotency-Key", "the same");
        const RestReply sent = m_rest->send(request, "POST", R"({"content":"x"})");
        QCOMPARE(sent.data()["sender_id"_L1].toString(), m_server->id(login).value);
        ids.append(sent.data()["id"_L1].toString());
    }
    QVERIFY(ids.first() != ids.last());
}

// Every place where others can read about somebody says the same of one who hides and one who is
// gone.
void tst_Outsiders::invisibleIsNowhereToBeRead()
{
    PublishedClient ana(*m_server, u"ana-id"_s);
    const QString token = m_server->token(u"ana"_s);
    const auto everything = [&] {
        QByteArrayList answers;
        for (const QString &path :
            {u"/api/v1"_s + m_team + u"/participants"_s, u"/api/v1/dialogs"_s, u"/api/v1/roster"_s,
                u"/api/v1/users?search=bao"_s, u"/api/v1/presence?user_ids=bao-id"_s})
            answers.append(m_rest->get(path, token).body);
        return answers;
    };
    QByteArrayList hidden;
    {
        Peer bao;
        QVERIFY(bao.open(*m_server, u"bao"_s));
        bao.say(QJsonObject{{u"type"_s, u"presence.set"_s}, {u"status"_s, u"invisible"_s}});
        QVERIFY(bao.settle());
        hidden = everything();
        bao.say(QJsonObject{{u"type"_s, u"goodbye"_s}});
        bao.socket->close();
        QVERIFY(bao.waitForClose());
    }
    QCOMPARE(everything(), hidden);
}

void tst_Outsiders::aProxyIsNotThisMachine_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("Forwarded") << QByteArray("Forwarded");
    QTest::newRow("X-Forwarded-For") << QByteArray("X-Forwarded-For");
    QTest::newRow("X-Real-IP") << QByteArray("X-Real-IP");
    QTest::newRow("Via") << QByteArray("Via");
}

void tst_Outsiders::aProxyIsNotThisMachine()
{
    QFETCH(QByteArray, header);
    for (const QString &path :
        {u"/metrics"_s, u"/api/v1/management/dialogs/"_s + m_server->team().value}) {
        QNetworkRequest request = m_server->request(path);
        QCOMPARE(m_rest->send(request, "GET").status, 200);
        request.setRawHeader(header, "203.0.113.7");
        QCOMPARE(m_rest->send(request, "GET").status, 401);
    }
}

QTEST_GUILESS_MAIN(tst_Outsiders)
#include "tst_outsiders.moc"
