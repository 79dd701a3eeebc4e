// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/devices/clientevents.h"
#include "net/wire/devices/connectauth.h"
#include "net/wire/devices/rest.h"
#include "net/wire/devices/serverevents.h"
#include "net/wire/devices/words.h"
#include "tests/unit/wire/goldenevents.h"

using namespace presently;
using namespace presently::net::devices;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const UserId Bao{u"65a1b2c3d4e5f60718293a4b"_s};
const UserId Nobody{u"nobody"_s};
const DeviceId Phone{u"phone-1"_s};
constexpr qint64 Noon = 1643723400000;

WallTime at(qint64 milliseconds)
{
    return WallTime{Milliseconds{milliseconds}};
}

QList<std::pair<QString, ClientEvent>> clientSamples()
{
    const DeviceDetails details{DeviceType::Mobile, u"iOS"_s, u"Safari"_s, u"17.1"_s};
    return {
        {u"A: a heartbeat"_s, UserHeartbeat{at(Noon), details}},
        {u"A: a bare heartbeat"_s, UserHeartbeat{}},
        {u"A: several people"_s, CheckUsersPresence{{Bao, Nobody}, u"r-1"_s}},
        {u"A and B: one person"_s, GetUserPresence{Bao, {}}},
        {u"B: a status"_s, UpdatePresence{IntentStatus::Busy, u"In a meeting"_s}},
        {u"B: invisible"_s, UpdatePresence{IntentStatus::Invisible, {}}},
        {u"B: automatic"_s, UpdatePresence{IntentStatus::Auto, {}}},
        {u"B: a heartbeat"_s, DeviceHeartbeat{Phone, at(Noon)}},
        {u"B: several people"_s, GetBulkPresence{{Bao}, {}}},
    };
}

PersonPresence person(Status status, const QString &message = {}, int devices = 0)
{
    PersonPresence person;
    person.user = Bao;
    person.presence.status = status;
    person.presence.customMessage = message;
    person.presence.deviceCount = devices;
    person.presence.lastSeen = at(Noon);
    return person;
}

PersonPresence nobody()
{
    PersonPresence person;
    person.user = Nobody;
    person.presence.status = Status::Offline;
    return person;
}

PersonPresence awayOnOneDevice()
{
    PersonPresence away = person(Status::Away, QString::fromUtf8("Ẩn"), 1);
    away.presence.autoAway = true;
    DeviceRow row{u"s-1"_s, DeviceType::Mobile, at(Noon), u"iOS"_s, u"Safari"_s, at(Noon + 30'000),
        u"127.0.0.1"_s, u"Test"_s};
    away.devices = {row};
    return away;
}

PersonPresence justCame()
{
    PersonPresence online = person(Status::Online, {}, 1);
    DeviceRow row;
    row.socketId = u"s-1"_s;
    row.type = DeviceType::Web;
    row.connectedAt = at(Noon);
    online.devices = {row};
    return online;
}

QList<std::pair<QString, ServerEvent>> serverSamples()
{
    return {
        {u"A: one person"_s, PresenceStatusReply{awayOnOneDevice(), {}}},
        {u"A: somebody who may not be seen"_s, PresenceStatusReply{nobody(), u"r-1"_s}},
        {u"A: several people"_s,
            PresenceStatusList{{person(Status::Busy, {}, 2), nobody()}, at(Noon + 1), u"r-1"_s}},
        {u"A: somebody came"_s, UserOnline{justCame()}},
        {u"A: somebody left"_s, UserOffline{Bao, at(Noon), OfflineReason::Inactive}},
        {u"A: somebody changed"_s,
            UserStatusChanged{Bao, Status::Away, u"In a meeting"_s, true, at(Noon)}},
        {u"B: a heartbeat was taken"_s, HeartbeatAck{at(Noon)}},
        {u"B: several people"_s,
            BulkPresence{{person(Status::Online, u"here"_s), nobody()}, at(Noon + 1), {}}},
        {u"B: one person"_s, UserPresence{person(Status::Busy, u"In a meeting"_s), {}}},
        {u"B: somebody changed"_s, ContactPresenceUpdate{person(Status::Offline), at(Noon + 1)}},
        {u"an error"_s, ErrorReport{u"RATE_LIMITED"_s, u"Too many requests"_s}},
    };
}

DeviceInfo phone()
{
    return {Phone, DeviceType::Mobile, u"Phone"_s, u"android"_s, u"1.0"_s};
}

LoginReply signedIn()
{
    LoginReply reply;
    reply.user = Bao;
    reply.phoneNumber = u"+8490"_s;
    reply.createdAt = at(Noon);
    reply.accessToken = u"a.b.c"_s;
    reply.refreshToken = u"r"_s;
    reply.expiresIn = std::chrono::seconds{900};
    reply.device = phone();
    return reply;
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

class tst_Devices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clientsSayWhatTheGoldenFileSaysAndServersReadIt()
    {
        compareWithGolden(goldenValues(u"devices/client-events.json"_s), clientSamples(),
            nameOfClient, writeClient, clientEventFromJson);
    }

    void serversSayWhatTheGoldenFileSaysAndClientsReadIt()
    {
        compareWithGolden(goldenValues(u"devices/server-events.json"_s), serverSamples(),
            nameOfServer, writeServer, serverEventFromJson);
    }

    void spoiltFieldsNeverMakeAnotherEvent()
    {
        spoilEveryField(clientSamples(), nameOfClient, writeClient, clientEventFromJson);
        spoilEveryField(serverSamples(), nameOfServer, writeServer, serverEventFromJson);
    }

    void eventsShowTheVocabularyThatTheyBelongTo()
    {
        for (const auto &[title, event] : clientSamples()) {
            const auto expected = title.startsWith(u"A: "_s) ? std::optional(Vocabulary::A)
                : title.endsWith(u"heartbeat"_s) || title.endsWith(u"people"_s)
                ? std::optional(Vocabulary::B)
                : std::nullopt;
            QVERIFY2(vocabularyOf(event) == expected, qPrintable(title));
        }
        QVERIFY(isOwnEvent(u"user_heartbeat"));
        QVERIFY(isOwnEvent(u"check_users_presence"));
        QVERIFY(isOwnEvent(u"get_user_presence"));
        QVERIFY(isOwnEvent(u"update_presence"));
        QVERIFY(!isOwnEvent(u"heartbeat")); // of friends, where both are served
    }

    void unknownNamesAreNoError()
    {
        const auto request = clientEventFromJson(u"wave"_s, {1});
        QVERIFY(request && *request == ClientEvent(UnknownRequest{u"wave"_s}));
        const auto event = serverEventFromJson(u"wave"_s, {1});
        QVERIFY(event && *event == ServerEvent(UnknownEvent{u"wave"_s}));
    }

    void statusTextsGoByEitherName()
    {
        const auto read = clientEventFromJson(u"update_presence"_s,
            {QJsonObject{{u"status"_s, u"away"_s}, {u"customMessage"_s, u"a\u202e\nb"_s}}});
        QVERIFY(read.has_value());
        QCOMPARE(std::get<UpdatePresence>(*read).message, u"a b"_s);
    }

    void aPhoneTellsItsVersionAsANumber()
    {
        const auto read = clientEventFromJson(u"user_heartbeat"_s,
            {QJsonObject{
                {u"deviceInfo"_s, QJsonObject{{u"type"_s, u"mobile"_s}, {u"version"_s, 33}}}}});
        QVERIFY(read.has_value());
        QCOMPARE(std::get<UserHeartbeat>(*read).device->version, u"33"_s);
    }

    void badInputNamesTheField_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonObject>("payload");
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("code");
        const auto row = [](const char *title, const char *name, const QJsonObject &payload,
                             const char *field, ErrorCode code = ErrorCode::InvalidField) {
            QTest::newRow(title) << QString::fromLatin1(name) << payload
                                 << QString::fromLatin1(field) << int(code);
        };
        QJsonArray many;
        for (int i = 0; i <= MaxAskedUsers; ++i)
            many.append(QString::number(i));
        row("nobody asked for", "check_users_presence", {}, "userIds", ErrorCode::MissingField);
        row("too many", "check_users_presence", {{u"userIds"_s, many}}, "userIds",
            ErrorCode::TooLarge);
        row("too many for B", "get_bulk_presence", {{u"userIds"_s, many}}, "userIds",
            ErrorCode::TooLarge);
        row("numbers", "check_users_presence", {{u"userIds"_s, QJsonArray{1}}}, "userIds");
        row("an empty id", "get_bulk_presence", {{u"userIds"_s, QJsonArray{u""_s}}}, "userIds");
        row("one without an id", "get_user_presence", {}, "userId", ErrorCode::MissingField);
        row("a request of another type", "get_user_presence",
            {{u"userId"_s, u"a"_s}, {u"requestId"_s, 1}}, "requestId");
        row("a long request", "get_user_presence",
            {{u"userId"_s, u"a"_s}, {u"requestId"_s, QString(MaxRequestIdLength + 1, u'x')}},
            "requestId", ErrorCode::TooLarge);
        row("no status", "update_presence", {}, "status", ErrorCode::MissingField);
        row("a status of nobody", "update_presence", {{u"status"_s, u"sleepy"_s}}, "status");
        row("a long text", "update_presence",
            {{u"status"_s, u"busy"_s}, {u"statusMessage"_s, QString(MaxMessageLength + 1, u'x')}},
            "statusMessage", ErrorCode::TooLarge);
        row("a device of another type", "user_heartbeat", {{u"deviceInfo"_s, u"phone"_s}},
            "deviceInfo");
        row("an os of another type", "user_heartbeat",
            {{u"deviceInfo"_s, QJsonObject{{u"os"_s, true}}}}, "deviceInfo.os");
    }
    void badInputNamesTheField()
    {
        QFETCH(QString, name);
        QFETCH(QJsonObject, payload);
        QFETCH(QString, field);
        QFETCH(int, code);
        const auto read = clientEventFromJson(name, {payload});
        QVERIFY(!read);
        QCOMPARE(read.error().field, field);
        QCOMPARE(int(read.error().code), code);
    }

    void wordsCanBeSaidBack()
    {
        for (const Status status : {Status::Online, Status::Away, Status::Busy, Status::Offline})
            QCOMPARE(statusFromWire(toWire(status)), std::optional(status));
        for (const IntentStatus status :
            {IntentStatus::Auto, IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible})
            QCOMPARE(intentStatusFromWire(toWire(status)), std::optional(status));
        QCOMPARE(toWire(DeviceType::Terminal), u"desktop"_s);
        QCOMPARE(toWire(OfflineReason::Shutdown), u"disconnected"_s);
        QCOMPARE(toWire(Status::Unknown), u"offline"_s);
        QVERIFY(!statusFromWire(u"unknown"));
        QCOMPARE(offlineReasonFromWire(u"asleep"), OfflineReason::None);
        QCOMPARE(deviceTypeFromWire(u"tablet"), DeviceType::Unknown);
    }

    void whoEntersSaysWhoTheyAre()
    {
        const QJsonObject golden
            = goldenValues(u"devices/rest.json"_s).value(u"entering"_s).toObject();
        const ConnectAuth auth{u"a.b.c"_s, Phone, DeviceType::Mobile, u"android"_s, Vocabulary::B};
        QCOMPARE(compactJson(toJson(auth)), compactJson(golden));
        const auto read = connectAuthFromJson(golden);
        QVERIFY(read && *read == auth);
        const auto bare = connectAuthFromJson({{u"token"_s, u"t"_s}, {u"deviceId"_s, u""_s}});
        QVERIFY(bare && !bare->device && !bare->vocabulary);
        for (const QJsonObject &bad :
            {QJsonObject{}, QJsonObject{{u"token"_s, 7}}, QJsonObject{{u"token"_s, u""_s}},
                QJsonObject{{u"token"_s, QString(ConnectAuth::MaxTokenLength + 1, u'x')}},
                QJsonObject{{u"token"_s, u"t"_s}, {u"deviceId"_s, QString(256, u'x')}},
                QJsonObject{{u"token"_s, u"t"_s}, {u"presence"_s, u"C"_s}}})
            QVERIFY2(!connectAuthFromJson(bad), compactJson(bad).constData());
        QVERIFY(saysUnauthorized(invalidTokenData()));
        QVERIFY(!saysUnauthorized(u"UNAUTHORIZED"_s));
    }

    void restIsWrittenAsTheGoldenFileSaysAndReadAgain()
    {
        const QJsonObject golden = goldenValues(u"devices/rest.json"_s);
        const auto check = [&golden](const QString &title, const auto &value, auto read) {
            const QJsonObject expected = golden.value(title).toObject();
            QCOMPARE(compactJson(toJson(value)), compactJson(expected));
            const auto again = read(expected);
            QVERIFY2(again.has_value(), qPrintable(title));
            QVERIFY2(*again == value, qPrintable(title));
        };
        check(u"signing in"_s, LoginRequest{u"ana"_s, u"ana-password"_s, phone()},
            loginRequestFromJson);
        check(u"signed in"_s, signedIn(), loginReplyFromJson);
        check(u"refused"_s, Failure{401, u"Invalid credentials"_s, u"Unauthorized"_s},
            failureFromJson);
    }

    void badSignInsNameTheField()
    {
        const auto fieldOf = [](const QJsonObject &body) {
            const auto read = loginRequestFromJson(body);
            return read ? QString() : read.error().field;
        };
        QCOMPARE(fieldOf({}), u"phoneNumber"_s);
        QCOMPARE(fieldOf({{u"phoneNumber"_s, u"a"_s}}), u"password"_s);
        QCOMPARE(fieldOf({{u"phoneNumber"_s, QString(256, u'9')}, {u"password"_s, u"p"_s}}),
            u"phoneNumber"_s);
        QCOMPARE(fieldOf({{u"phoneNumber"_s, u"a"_s}, {u"password"_s, u"p"_s},
                     {u"deviceInfo"_s, QJsonObject{{u"deviceName"_s, 1}}}}),
            u"deviceInfo.deviceName"_s);
    }
};

QTEST_GUILESS_MAIN(tst_Devices)
#include "tst_devices.moc"
