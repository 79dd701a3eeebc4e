// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/friends/clientevents.h"
#include "net/wire/friends/connectrefusal.h"
#include "net/wire/friends/rest.h"
#include "net/wire/friends/serverevents.h"
#include "tests/unit/wire/goldenevents.h"

using namespace presently;
using namespace presently::net::friends;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const ConversationId TheConversation{u"0194e3a0-0000-7000-8000-0000000000d1"_s};
const UserId Bao{u"65a1b2c3d4e5f60718293a4b"_s};
const UserId Chi{u"65a1b2c3d4e5f60718293a4c"_s};
constexpr qint64 Noon = 1767540000000;

WallTime at(qint64 milliseconds)
{
    return WallTime{Milliseconds{milliseconds}};
}

QList<std::pair<QString, ClientEvent>> clientSamples()
{
    const QString address = u"https://files.example/notes.txt"_s;
    return {
        {u"a heartbeat"_s, HeartbeatRequest{at(Noon)}},
        {u"a bare heartbeat"_s, HeartbeatRequest{}},
        {u"joining"_s, JoinConversationRequest{TheConversation}},
        {u"leaving"_s, LeaveConversationRequest{TheConversation}},
        {u"a text"_s,
            SendMessageRequest{TheConversation, QString::fromUtf8("chào <b>\n🦊"), {}, {}}},
        {u"a file"_s, SendMessageRequest{TheConversation, {}, address, u"notes.txt"_s}},
    };
}

NewMessage textMessage()
{
    NewMessage message;
    message.id = {u"0194e3a0-0000-7000-8000-000000000001"_s};
    message.conversation = TheConversation;
    message.sender = Bao;
    message.senderName = u"Bao"_s;
    message.text = QString::fromUtf8("1 < 2\n🦊");
    message.createdAt = at(Noon);
    return message;
}

NewMessage fileMessage()
{
    NewMessage message = textMessage();
    message.id = {u"0194e3a0-0000-7000-8000-000000000002"_s};
    message.text.reset();
    message.senderAvatar = u"https://files.example/bao.png"_s;
    message.url = u"https://files.example/notes.txt"_s;
    message.fileName = u"notes.txt"_s;
    message.updatedAt = at(Noon + 60'000);
    return message;
}

QList<std::pair<QString, ServerEvent>> serverSamples()
{
    const auto room = [](RoomChange change) {
        return RoomEvent{change, TheConversation, Bao, u"Bao"_s};
    };
    return {
        {u"online"_s, FriendStatusChanged{Bao, true, at(Noon)}},
        {u"offline"_s, FriendStatusChanged{Bao, false, at(Noon + 1)}},
        {u"an error"_s,
            ErrorReport{FailedAction::SendMessage, u"SEND_MESSAGE_FAILED"_s,
                u"Failed to send message"_s, u"Not a participant"_s}},
        {u"an error of another server"_s,
            ErrorReport{FailedAction::Other, u"TEAPOT"_s, u"No coffee"_s, {}}},
        {u"joined"_s, room(RoomChange::Joined)},
        {u"left"_s, room(RoomChange::Left)},
        {u"somebody joined"_s, room(RoomChange::UserJoined)},
        {u"somebody left"_s, room(RoomChange::UserLeft)},
        {u"a message"_s, textMessage()},
        {u"a file"_s, fileMessage()},
    };
}

QString nameOfClient(const ClientEvent &event)
{
    return eventName(event);
}
QJsonObject writeClient(const ClientEvent &event)
{
    return toJson(event);
}
QString nameOfServer(const ServerEvent &event)
{
    return eventName(event);
}
QJsonObject writeServer(const ServerEvent &event)
{
    return toJson(event);
}

} // namespace

class tst_Friends : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clientsSayWhatTheGoldenFileSaysAndServersReadIt()
    {
        compareWithGolden(goldenValues(u"friends/client-events.json"_s), clientSamples(),
            nameOfClient, writeClient, clientEventFromJson);
    }

    void serversSayWhatTheGoldenFileSaysAndClientsReadIt()
    {
        compareWithGolden(goldenValues(u"friends/server-events.json"_s), serverSamples(),
            nameOfServer, writeServer, serverEventFromJson);
    }

    void spoiltFieldsNeverMakeAnotherEvent()
    {
        spoilEveryField(clientSamples(), nameOfClient, writeClient, clientEventFromJson);
        spoilEveryField(serverSamples(), nameOfServer, writeServer, serverEventFromJson);
    }

    void unknownNamesAreNoError()
    {
        const auto request = clientEventFromJson(u"wave"_s, {});
        QVERIFY(request && *request == ClientEvent(UnknownRequest{u"wave"_s}));
        const auto event = serverEventFromJson(QString(300, u'x'), {7});
        QVERIFY(event && *event == ServerEvent(UnknownEvent{QString(64, u'x')}));
    }

    void aHeartbeatNeedsNoWords()
    {
        QVERIFY(clientEventFromJson(u"heartbeat"_s, {}).has_value());
        QVERIFY(clientEventFromJson(u"heartbeat"_s, {QJsonObject{}}).has_value());
        QVERIFY(!clientEventFromJson(u"heartbeat"_s, {QJsonValue::Null}));
        QVERIFY(!clientEventFromJson(u"heartbeat"_s, {u"now"_s}));
    }

    void badInputNamesTheField_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("code");
        const auto row = [](const char *title, const char *name, const QByteArray &payload,
                             const char *field, ErrorCode code) {
            QTest::newRow(title) << QString::fromLatin1(name) << payload
                                 << QString::fromLatin1(field) << int(code);
        };
        row("a heartbeat of text", "heartbeat", R"({"timestamp":"now"})", "timestamp",
            ErrorCode::InvalidField);
        row("a heartbeat before 1970", "heartbeat", R"({"timestamp":-1})", "timestamp",
            ErrorCode::InvalidField);
        row("a heartbeat after 9999", "heartbeat", R"({"timestamp":253402300800000})", "timestamp",
            ErrorCode::InvalidField);
        row("no conversation", "join_conversation", "{}", "conversation_id",
            ErrorCode::MissingField);
        row("a conversation without a name", "leave_conversation", R"({"conversation_id":""})",
            "conversation_id", ErrorCode::InvalidField);
        row("nothing to send", "send_message",
            R"({"conversation_id":"c","text":null,"url":null,"fileName":null})", "text",
            ErrorCode::MissingField);
        row("blanks to send", "send_message", R"({"conversation_id":"c","text":" \n "})", "text",
            ErrorCode::MissingField);
        row("a text of another type", "send_message", R"({"conversation_id":"c","text":7})", "text",
            ErrorCode::InvalidField);
        row("a text that is too long", "send_message",
            R"({"conversation_id":"c","text":")" + QByteArray(MaxTextLength + 1, 'x') + R"("})",
            "text", ErrorCode::TooLarge);
        row("an address that is too long", "send_message",
            R"({"conversation_id":"c","url":")" + QByteArray(MaxUrlLength + 1, 'x') + R"("})",
            "url", ErrorCode::TooLarge);
    }
    void badInputNamesTheField()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, payload);
        QFETCH(QString, field);
        QFETCH(int, code);
        const auto read = clientEventFromJson(name, {QJsonDocument::fromJson(payload).object()});
        QVERIFY(!read);
        QCOMPARE(read.error().field, field);
        QCOMPARE(int(read.error().code), code);
    }

    void whatServersSayIsStrict_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("field");
        const auto row
            = [](const char *title, const char *name, const char *payload, const char *field) {
                  QTest::newRow(title) << QString::fromLatin1(name) << QByteArray(payload)
                                       << QString::fromLatin1(field);
              };
        row("an id of another kind", "friend_status_changed",
            R"({"user_id":"ana","status":"online","timestamp":1})", "user_id");
        row("an id in capitals", "friend_status_changed",
            R"({"user_id":"65A1B2C3D4E5F60718293A4B","status":"online","timestamp":1})", "user_id");
        row("a status of another dialect", "friend_status_changed",
            R"({"user_id":"65a1b2c3d4e5f60718293a4b","status":"away","timestamp":1})", "status");
        row("no time", "friend_status_changed",
            R"({"user_id":"65a1b2c3d4e5f60718293a4b","status":"online"})", "timestamp");
        row("a message without an id", "new_message", R"({"conversationId":"c"})", "id");
        row("a name of another type", "user_joined",
            R"({"conversation_id":"c","user_id":"65a1b2c3d4e5f60718293a4b","username":1})",
            "username");
    }
    void whatServersSayIsStrict()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, payload);
        QFETCH(QString, field);
        const auto read = serverEventFromJson(name, {QJsonDocument::fromJson(payload).object()});
        QVERIFY(!read);
        QCOMPARE(read.error().field, field);
    }

    void textsComeOutFitToBeShown()
    {
        const QString hostile = u"a\u202e\u0000\u001b[31m\nb"_s;
        const auto sent = clientEventFromJson(u"send_message"_s,
            {QJsonObject{{u"conversation_id"_s, u"c"_s}, {u"text"_s, hostile},
                {u"fileName"_s, u"../../etc/passwd"_s}}});
        QVERIFY(sent.has_value());
        const auto &message = std::get<SendMessageRequest>(*sent);
        QCOMPARE(*message.text, u"a[31m\nb"_s);
        QVERIFY(!message.fileName->contains(u'/'));
        QJsonObject event = toJson(ServerEvent(textMessage()));
        event.insert(u"senderName"_s, hostile);
        const auto heard = serverEventFromJson(u"new_message"_s, {event});
        QVERIFY(heard.has_value());
        QCOMPARE(std::get<NewMessage>(*heard).senderName, u"a[31m b"_s);
    }

    void refusalsAreKnownByTheirWords()
    {
        for (const ConnectRefusal refusal :
            {ConnectRefusal::TokenRequired, ConnectRefusal::InvalidToken,
                ConnectRefusal::UserNotFound, ConnectRefusal::Failed})
            QCOMPARE(connectRefusalFromWire(toWire(refusal)), std::optional(refusal));
        QCOMPARE(toWire(ConnectRefusal::TokenRequired), u"Authentication token required"_s);
        QVERIFY(!connectRefusalFromWire(u"Invalid namespace"));
    }

    void restIsWrittenAsTheGoldenFileSaysAndReadAgain()
    {
        const QJsonObject golden = goldenValues(u"friends/rest.json"_s);
        const auto check = [&golden](const QString &title, const auto &value, auto read) {
            const QJsonObject expected = golden.value(title).toObject();
            QCOMPARE(compactJson(toJson(value)), compactJson(expected));
            const auto again = read(expected);
            QVERIFY2(again.has_value(), qPrintable(title));
            QVERIFY2(*again == value, qPrintable(title));
        };
        check(u"signing in"_s, SignInRequest{u"ana"_s, u"ana-password"_s}, signInRequestFromJson);
        check(u"an account"_s, Account{Bao, u"Bao"_s, u"bao@example.org"_s, std::nullopt, at(Noon)},
            accountFromJson);
        check(u"statuses"_s, OnlineStatuses{{{Bao, true}, {Chi, false}}}, onlineStatusesFromJson);
        check(u"nobody"_s, OnlineStatuses{}, onlineStatusesFromJson);
        check(u"no token"_s,
            Failure{Failure::Shape::Coded, 401, u"Unauthorized"_s, u"Access token required"_s,
                std::nullopt},
            failureFromJson);
        check(u"too often"_s,
            Failure{
                Failure::Shape::Flagged, 0, u"Too many requests"_s, {}, std::chrono::seconds{60}},
            failureFromJson);
        check(u"a failure"_s,
            Failure{Failure::Shape::Flagged, 0, u"Failed to get friends online status"_s,
                u"no disk"_s, std::nullopt},
            failureFromJson);
    }

    void envelopesAreOpenedOnlyWhenTheySaySuccess()
    {
        const QJsonObject data = toJson(OnlineStatuses{{{Bao, true}}});
        const auto opened = decodeData(encodeData(data));
        QVERIFY(opened && *opened == data);
        QVERIFY(!decodeData(encodeDone(u"Signed out successfully"_s)));
        for (const QByteArray &body : {QByteArray(), QByteArray("[]"), QByteArray("{}"),
                 QByteArray(R"({"success":false})"), QByteArray(R"({"success":1,"data":{}})"),
                 QByteArray(R"({"success":true,"data":1})"), QByteArray(R"({"data":{}})")})
            QVERIFY2(!decodeData(body), body.constData());
    }

    void mapsOfOtherThingsAreRefused()
    {
        for (const QByteArray &body : {QByteArray(R"({"statuses":{"ana":true}})"),
                 QByteArray(R"({"statuses":{"65a1b2c3d4e5f60718293a4b":"true"}})"),
                 QByteArray(R"({"statuses":[]})"), QByteArray("{}")})
            QVERIFY2(
                !onlineStatusesFromJson(QJsonDocument::fromJson(body).object()), body.constData());
    }
};

QTEST_GUILESS_MAIN(tst_Friends)
#include "tst_friends.moc"
