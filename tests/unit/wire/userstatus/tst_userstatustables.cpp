// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/userstatus/faults.h"
#include "net/wire/userstatus/rest.h"
#include "net/wire/userstatus/statuses.h"

#include <QTest>

using namespace presently;
using namespace presently::net::userstatus;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_UserStatusTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStatusComesBackInBothRevisions()
    {
        for (const EnumRevision revision : {EnumRevision::Seed, EnumRevision::Later}) {
            for (const WireStatus status :
                {WireStatus::Unknown, WireStatus::Online, WireStatus::Offline, WireStatus::Away})
                QCOMPARE(fromNumber(toNumber(status, revision), revision), std::optional(status));
            QVERIFY(!fromNumber(4, revision));
            QVERIFY(!fromNumber(-1, revision));
        }
        QCOMPARE(toNumber(WireStatus::Offline, EnumRevision::Seed), 2);
        QCOMPARE(toNumber(WireStatus::Away, EnumRevision::Seed), 3);
        QCOMPARE(toNumber(WireStatus::Away, EnumRevision::Later), 2);
        QCOMPARE(toNumber(WireStatus::Offline, EnumRevision::Later), 3);
    }

    void busyIsOnlineHere()
    {
        QCOMPARE(wireStatusFor(Status::Busy), WireStatus::Online);
        for (const Status status : {Status::Unknown, Status::Offline, Status::Online, Status::Away})
            QCOMPARE(statusFor(wireStatusFor(status)), status);
    }

    void timesAreWholeSecondsRoundedDown()
    {
        QCOMPARE(toSeconds(std::nullopt), 0);
        QCOMPARE(toSeconds(WallTime{1999ms}), 1);
        QCOMPARE(toSeconds(WallTime{-5s}), 0);
        QCOMPARE(fromSeconds(1704067200), std::optional(WallTime{1704067200s}));
        QVERIFY(!fromSeconds(0));
        QVERIFY(!fromSeconds(-1));
        QVERIFY(!fromSeconds(253402300800));
        QVERIFY(!fromSeconds(std::numeric_limits<qint64>::max()));
    }

    void faultsSayWhatTheContractSays_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("http");
        const auto row = [](const char *name, Fault fault, int status, int code, int http) {
            QTest::addRow("%s %d", name, status)
                << int(fault) << status << QString::fromLatin1(name) << code << http;
        };
        row("USER_NOT_FOUND", Fault::UserNotFound, 5, 1, 404);
        row("INVALID_STATUS", Fault::InvalidStatus, 3, 2, 400);
        row("REDIS_ERROR", Fault::StoreFailed, 14, 3, 503);
        row("UNAUTHORIZED", Fault::Unauthenticated, 16, 4, 401);
        row("UNAUTHORIZED", Fault::PermissionDenied, 7, 4, 403);
        row("RATE_LIMITED", Fault::RateLimited, 8, 5, 429);
        row("UNKNOWN_ERROR", Fault::Internal, 13, 0, 500);
    }
    void faultsSayWhatTheContractSays()
    {
        QFETCH(int, fault);
        QFETCH(int, status);
        QFETCH(QString, name);
        QFETCH(int, code);
        QFETCH(int, http);
        const FaultRow &row = faultRow(Fault(fault));
        QCOMPARE(int(row.fault), fault);
        QCOMPARE(int(row.status), status);
        QCOMPARE(QString(row.name), name);
        QCOMPARE(row.errorCode, code);
        QCOMPARE(row.httpStatus, http);
    }

    void everyFaultHasItsLine()
    {
        for (int fault = 0; fault <= int(Fault::GoingDown); ++fault)
            QCOMPARE(int(faultRow(Fault(fault)).fault), fault);
    }

    void errorsFromInsideTellNothingOfTheInside()
    {
        const Failure failure
            = failureFor({ErrorCode::StorageFailed, u"/var/lib/x"_s, u"no such table"_s, {}});
        QCOMPARE(failure.fault, Fault::StoreFailed);
        QVERIFY(!failure.message.contains(u"table"_s));
        QVERIFY(!failure.message.contains(u"/var"_s));
        QCOMPARE(failureFor({ErrorCode::RateLimited, {}, {}, 2s}).retryAfter,
            std::optional<Milliseconds>(2s));
        QCOMPARE(failureFor({ErrorCode::SessionRevoked, {}, {}, {}}).fault, Fault::Unauthenticated);
        QCOMPARE(failureFor({ErrorCode::Internal, {}, u"x"_s, {}}).fault, Fault::Internal);
    }

    void clientsReadEveryEndOfACall()
    {
        QCOMPARE(errorFromStatus(16, u"m"_s).code, ErrorCode::Unauthenticated);
        QCOMPARE(errorFromStatus(14, {}).code, ErrorCode::Unreachable);
        QCOMPARE(errorFromStatus(8, {}, 3s).retryAfter, std::optional<Milliseconds>(3s));
        QCOMPARE(errorFromStatus(12, {}).code, ErrorCode::UnsupportedServer);
        QCOMPARE(errorFromStatus(4711, QString(9000, u'x')).detail.size(), 300);
    }

    void everyWordOfRestComesBack()
    {
        for (const RestStatus status : {RestStatus::Online, RestStatus::Away, RestStatus::Offline,
                 RestStatus::Invisible, RestStatus::DoNotDisturb})
            QCOMPARE(fromWord(QString(toWord(status))), std::optional(status));
        QVERIFY(!fromWord(u"ONLINE"));
        QVERIFY(!fromWord(u""));
        QCOMPARE(toWord(RestStatus::DoNotDisturb), "dnd"_L1);
    }

    void invisibleIsAWordForOneselfAlone()
    {
        QCOMPARE(ownRestStatusFor(Status::Online, IntentStatus::Invisible), RestStatus::Invisible);
        QCOMPARE(ownRestStatusFor(Status::Offline, IntentStatus::Invisible), RestStatus::Offline);
        QCOMPARE(ownRestStatusFor(Status::Busy, IntentStatus::Busy), RestStatus::DoNotDisturb);
        for (const Status status :
            {Status::Unknown, Status::Offline, Status::Online, Status::Away, Status::Busy})
            QVERIFY(restStatusFor(status) != RestStatus::Invisible);
    }

    void restAnswersAreTheContracts()
    {
        const RestRow row{u"user_1"_s, RestStatus::Away, WallTime{1704067200s}, {}};
        QCOMPARE(encodeRow(row, u"done"_s),
            R"({"data":{"last_activity":null,"status":"away","timestamp":"2024-01-01T00:00:00.000Z",)"
            R"("user_id":"user_1"},"message":"done","success":true})");
        QCOMPARE(encodeRows({row, row}),
            R"({"count":1,"data":{"user_1":{"last_activity":null,"status":"away",)"
            R"("timestamp":"2024-01-01T00:00:00.000Z","user_id":"user_1"}},"success":true})");
        QCOMPARE(encodeHeartbeat(true, 15),
            R"({"message":"Heartbeat received","next_heartbeat_seconds":15,"success":true})");
        QVERIFY(encodeHeartbeat(false, 0).contains(R"("success":false)"));
        QCOMPARE(encodeFailure(u"no"_s), R"({"error":"no","success":false})");
    }

    void bodiesThatSayNoStatusAreRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("fault");
        QTest::newRow("nothing") << QByteArray() << int(Fault::InvalidRequest);
        QTest::newRow("no JSON") << QByteArray("status=away") << int(Fault::InvalidRequest);
        QTest::newRow("a list") << QByteArray("[\"away\"]") << int(Fault::InvalidRequest);
        QTest::newRow("no field") << QByteArray("{}") << int(Fault::InvalidStatus);
        QTest::newRow("a number") << QByteArray(R"({"status":1})") << int(Fault::InvalidStatus);
        QTest::newRow("another word")
            << QByteArray(R"({"status":"Online"})") << int(Fault::InvalidStatus);
    }
    void bodiesThatSayNoStatusAreRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, fault);
        const auto status = decodeStatusRequest(body);
        QVERIFY(!status);
        QCOMPARE(int(status.error().fault), fault);
        QCOMPARE(*decodeStatusRequest(R"({"status":"dnd","x":1})"), RestStatus::DoNotDisturb);
    }
};

QTEST_GUILESS_MAIN(tst_UserStatusTables)
#include "tst_userstatustables.moc"
