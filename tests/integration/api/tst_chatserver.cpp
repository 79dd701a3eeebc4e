// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// The REST API through the port: the real server, real sockets, the hub's events.

#include "net/wire/mtchat/rest.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

//! Twice what is taken as JSON: only a streamed body can be so large.
constexpr qsizetype LargeFile = 512 * 1024;

QJsonObject content(const QString &text)
{
    return {{u"content"_s, text}};
}

} // namespace

class tst_ChatServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        server = std::make_unique<TestServer>();
        QVERIFY2(server->start(), qPrintable(server->errorText()));
        rest = std::make_unique<Rest>(*server);
        ana = server->token(u"ana"_s);
        bao = server->token(u"bao"_s);
        messages = u"/api/v1/dialogs/%1/messages"_s.arg(server->team().value);
    }
    void cleanup()
    {
        rest.reset();
        server.reset();
    }

    void messagesReachThoseWhoTakePartAndNobodyElse();
    void theSameKeyIsToldOnce();
    void editsDeletionsAndReadsReachTheOthers();
    void eventsFollowMembership();
    void filesOfAnySizeAreStreamed();
    void formIsRefusedInThePlainWordsOfTheContract_data();
    void formIsRefusedInThePlainWordsOfTheContract();
    void aStartedConversationAppearsAtTheOtherSide();
    void invisibleReadersAreNotSeenReading();

private:
    std::unique_ptr<TestServer> server;
    std::unique_ptr<Rest> rest;
    QString ana;
    QString bao;
    QString messages;
};

void tst_ChatServer::messagesReachThoseWhoTakePartAndNobodyElse()
{
    Peer sender;
    Peer reader(Peer::Kind::Published);
    Peer stranger;
    QVERIFY(sender.open(*server, u"ana"_s));
    QVERIFY(reader.open(*server, u"bao"_s));
    QVERIFY(stranger.open(*server, u"dan"_s));
    const RestReply sent = rest->post(messages, content(u"<p>Chào <b>bạn</b></p>"_s), ana);
    QCOMPARE(sent.status, 200);
    const auto message = net::mtchat::messageFromJson(sent.data().toObject());
    QVERIFY(message.has_value());

    const auto flat = reader.waitForType(u"message.new"_s);
    QVERIFY(flat.has_value());
    QCOMPARE(flat->value(u"id").toString(), message->id.value);
    QCOMPARE(flat->value(u"dialog_id").toString(), server->team().value);
    QCOMPARE(flat->value(u"sender_id").toString(), u"ana-id"_s);
    QCOMPARE(flat->value(u"content").toString(), u"<p>Chào <strong>bạn</strong></p>"_s);
    QCOMPARE(flat->value(u"message_type").toString(), u"user"_s);
    QVERIFY(flat->value(u"sent_at").toString().endsWith(u'Z'));
    const auto echo = sender.waitForType(u"message.new"_s);
    QVERIFY(echo.has_value());
    const auto whole = net::mtchat::messageFromJson(
        echo->value(u"payload").toObject().value(u"message").toObject());
    QVERIFY(whole.has_value());
    QVERIFY(*whole == *message);
    QVERIFY(stranger.settle());
    QCOMPARE(stranger.countType(u"message.new"_s), 0);
}

void tst_ChatServer::theSameKeyIsToldOnce()
{
    Peer reader;
    QVERIFY(reader.open(*server, u"bao"_s));
    QNetworkRequest request = server->request(messages, ana);
    request.setRawHeader("Idempotency-Key", "0194e3a0-0000-7000-8000-0000000000aa");
    const QByteArray body = R"({"content":"once"})";
    const RestReply first = rest->send(request, "POST", body);
    const RestReply second = rest->send(request, "POST", body);
    QCOMPARE(first.status, 200);
    QCOMPARE(second.body, first.body);
    QVERIFY(reader.settle());
    QCOMPARE(reader.countType(u"message.new"_s), 1);
}

void tst_ChatServer::editsDeletionsAndReadsReachTheOthers()
{
    Peer reader(Peer::Kind::Published);
    QVERIFY(reader.open(*server, u"bao"_s));
    const QString id
        = rest->post(messages, content(u"one"_s), ana).data().toObject().value(u"id").toString();
    const QString message = messages + u'/' + id;
    QCOMPARE(rest->put(message, content(u"two"_s), ana).status, 200);
    const auto edited = reader.waitForType(u"message.edited"_s);
    QVERIFY(edited.has_value());
    QCOMPARE(edited->value(u"content").toString(), u"two"_s);
    QVERIFY(edited->value(u"last_edited_at").isString());

    const QString read = u"/api/v1/dialogs/%1/read"_s.arg(server->team().value);
    QCOMPARE(
        rest->post(read, {{u"last_read_message_id"_s, id}}, server->token(u"chi"_s)).status, 200);
    const auto seen = reader.waitForType(u"message.read"_s);
    QVERIFY(seen.has_value());
    QCOMPARE(seen->value(u"user_id").toString(), u"chi-id"_s);
    QCOMPARE(seen->value(u"last_read_message_id").toString(), id);

    QCOMPARE(rest->remove(message, bao).status, 403);
    QCOMPARE(rest->remove(message, ana).status, 204);
    const auto deleted = reader.waitForType(u"message.deleted"_s);
    QVERIFY(deleted.has_value());
    QCOMPARE(deleted->value(u"id").toString(), id);
}

void tst_ChatServer::eventsFollowMembership()
{
    Peer newcomer;
    QVERIFY(newcomer.open(*server, u"eve"_s));
    const QString people
        = u"/api/v1/management/dialogs/%1/participants"_s.arg(server->team().value);
    const QJsonObject eve{{u"user_id"_s, u"eve-id"_s}, {u"display_name"_s, u"Eve"_s}};
    QCOMPARE(rest->post(people, eve).status, 201);
    QVERIFY(newcomer.waitForType(u"participant.joined"_s));
    rest->post(messages, content(u"welcome"_s), ana);
    QVERIFY(newcomer.waitForType(u"message.new"_s));

    QCOMPARE(rest->remove(people + u"/eve-id"_s).status, 204);
    QVERIFY(newcomer.waitForType(u"participant.left"_s));
    const qsizetype from = newcomer.frames.size();
    rest->post(messages, content(u"between us"_s), ana);
    QVERIFY(newcomer.settle());
    QCOMPARE(newcomer.countType(u"message.new"_s, from), 0);
    QCOMPARE(rest->get(messages, server->token(u"eve"_s)).status, 403);
}

void tst_ChatServer::filesOfAnySizeAreStreamed()
{
    const QByteArray bytes(LargeFile, 'x');
    const RestReply place = rest->post(u"/api/v1/upload/presign"_s,
        {{u"dialog_id"_s, server->team().value}, {u"filename"_s, u"large.txt"_s},
            {u"content_type"_s, u"text/plain"_s}, {u"size"_s, qint64(bytes.size())}},
        ana);
    QCOMPARE(place.status, 200);
    const QUrl address(place.data().toObject().value(u"upload_url").toString());
    QVERIFY2(
        address.toString().startsWith(server->url().toString()), qPrintable(address.toString()));
    QNetworkRequest put(address);
    put.setHeader(QNetworkRequest::ContentTypeHeader, u"text/plain"_s);
    QCOMPARE(rest->send(put, "PUT", bytes + 'y').status, 413);
    QCOMPARE(rest->send(put, "PUT", bytes).status, 200);

    QJsonObject body = content(u""_s);
    body.insert(u"attachments"_s,
        QJsonArray{QJsonObject{{u"s3_key"_s, place.data().toObject().value(u"s3_key")},
            {u"filename"_s, u"large.txt"_s}, {u"content_type"_s, u"text/plain"_s},
            {u"size"_s, qint64(bytes.size())}}});
    const RestReply sent = rest->post(messages, body, ana);
    QCOMPARE(sent.status, 200);
    const QJsonObject file
        = sent.data().toObject().value(u"attachments").toArray().at(0).toObject();
    const QUrl url(file.value(u"url").toString());
    const RestReply got = rest->send(QNetworkRequest(url), "GET");
    QCOMPARE(got.status, 200);
    QVERIFY(got.body == bytes);
    QUrl forged = url;
    forged.setQuery(url.query().replace(u"expires=1"_s, u"expires=9"_s));
    QCOMPARE(rest->send(QNetworkRequest(forged), "GET").status, 403);
}

void tst_ChatServer::formIsRefusedInThePlainWordsOfTheContract_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *verb, const QString &path, const char *type,
                         const QByteArray &body, int status) {
        QTest::newRow(name) << QByteArray(verb) << path << QByteArray(type) << body << status;
    };
    const QString base = u"/api/v1/dialogs"_s;
    const QString posts = base + u"/0194e3a0-0000-7000-8000-00000000dead/messages"_s;
    row("unknown route", "GET", u"/api/v1/nothing"_s, "", "", 404);
    row("wrong method", "PATCH", base, "", "", 405);
    row("bad UUID", "GET", base + u"/7"_s, "", "", 400);
    row("bad query", "GET", base + u"?limit=-1"_s, "", "", 400);
    row("wrong type", "POST", posts, "text/plain", "{}", 415);
    row("bad syntax", "POST", posts, "application/json", "{", 400);
    row("missing field", "POST", posts, "application/json", "{}", 422);
    row("mistyped field", "POST", posts, "application/json", R"({"content":[]})", 422);
    row("too deep", "POST", posts, "application/json",
        "{\"content\":" + QByteArray("[").repeated(40) + QByteArray("]").repeated(40) + "}", 400);
    row("too large", "POST", posts, "application/json",
        "{\"content\":\"" + QByteArray(300'000, 'x') + "\"}", 413);
}
void tst_ChatServer::formIsRefusedInThePlainWordsOfTheContract()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QNetworkRequest request(server->url(path));
    request.setRawHeader("Authorization", "Bearer " + ana.toLatin1());
    if (!type.isEmpty())
        request.setRawHeader("Content-Type", type);
    const RestReply reply = rest->send(request, verb, body);
    QCOMPARE(reply.status, status);
    QVERIFY2(!reply.body.startsWith('{'), reply.body.constData());
    if (status == 404 || status == 405)
        QVERIFY(reply.body.isEmpty());
}

void tst_ChatServer::aStartedConversationAppearsAtTheOtherSide()
{
    Peer other;
    QVERIFY(other.open(*server, u"eve"_s));
    const RestReply made
        = rest->post(u"/api/v1/dialogs"_s, {{u"participants"_s, QJsonArray{u"eve-id"_s}}}, ana);
    QCOMPARE(made.status, 200);
    const auto item = net::mtchat::conversationItemFromJson(made.data().toObject());
    QVERIFY(item.has_value());
    const auto joined = other.waitFor([](const QJsonObject &frame) {
        return Peer::isType(frame, u"participant.joined"_s)
            && frame.value(u"user_id").toString() == u"eve-id"_s;
    });
    QVERIFY(joined.has_value());
    QCOMPARE(joined->value(u"dialog_id").toString(), item->details.id.value);
    const RestReply list = rest->get(u"/api/v1/dialogs"_s, server->token(u"eve"_s));
    const auto seen = net::mtchat::conversationItemFromJson(list.data().toArray().at(0).toObject());
    QVERIFY(seen.has_value());
    QCOMPARE(seen->participants->size(), 2);
    QVERIFY(seen->participants->at(0).presence.has_value());
}

void tst_ChatServer::invisibleReadersAreNotSeenReading()
{
    Peer watcher;
    Peer reader;
    QVERIFY(watcher.open(*server, u"ana"_s));
    QVERIFY(reader.open(*server, u"bao"_s));
    const QString id
        = rest->post(messages, content(u"one"_s), ana).data().toObject().value(u"id").toString();
    reader.say(net::mtchat::PresenceSetRequest{{IntentStatus::Invisible, {}, {}}});
    QVERIFY(watcher.waitForPresence(server->id(u"bao"_s), false));
    const QString read = u"/api/v1/dialogs/%1/read"_s.arg(server->team().value);
    QCOMPARE(rest->post(read, {{u"last_read_message_id"_s, id}}, bao).status, 200);
    QVERIFY(reader.waitForType(u"message.read"_s));
    QVERIFY(watcher.settle());
    QCOMPARE(watcher.countType(u"message.read"_s), 0);
}

QTEST_GUILESS_MAIN(tst_ChatServer)
#include "tst_chatserver.moc"
