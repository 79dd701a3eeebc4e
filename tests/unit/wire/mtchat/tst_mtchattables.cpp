// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/mtchat/closecodes.h"
#include "net/wire/mtchat/enums.h"
#include "net/wire/mtchat/errors.h"

#include <QTest>

using namespace presently;
using namespace presently::net::mtchat;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class tst_MtchatTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closeCodesStandOnceAndInOrder()
    {
        quint16 before = 0;
        for (const CloseRule &rule : closeRules()) {
            QVERIFY(rule.code > before);
            QVERIFY(rule.firstTryFrom <= rule.firstTryUntil);
            before = rule.code;
        }
    }

    void closeCodesSayWhatTheProtocolPageSays_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("action");
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("until");
        const auto row = [](int code, AfterClose action, Milliseconds from, Milliseconds until) {
            QTest::addRow("%d", code)
                << code << int(action) << qint64(from.count()) << qint64(until.count());
        };
        row(1000, AfterClose::Reconnect, 0s, 10s);
        row(1001, AfterClose::Reconnect, 0s, 10s);
        for (const int code : {1002, 1003, 1006, 1007, 1008, 1009, 1011})
            row(code, AfterClose::Reconnect, 0s, 3s);
        row(1012, AfterClose::Reconnect, 0s, 10s);
        row(1013, AfterClose::Reconnect, 0s, 10s);
        row(4001, AfterClose::RefreshToken, 0s, 0s);
        row(4003, AfterClose::SignOut, 0s, 0s);
        row(4008, AfterClose::Reconnect, 5s, 10s);
        row(4009, AfterClose::Stop, 0s, 0s);
        row(4999, AfterClose::Reconnect, 0s, 3s);
        row(0, AfterClose::Reconnect, 0s, 3s);
    }
    void closeCodesSayWhatTheProtocolPageSays()
    {
        QFETCH(int, code);
        QFETCH(int, action);
        QFETCH(qint64, from);
        QFETCH(qint64, until);
        const CloseRule &rule = closeRuleFor(quint16(code));
        QCOMPARE(int(rule.action), action);
        QCOMPARE(qint64(rule.firstTryFrom.count()), from);
        QCOMPARE(qint64(rule.firstTryUntil.count()), until);
        QCOMPARE(rule.honoursRetryAfter, code == 1012 || code == 1013);
    }

    void errorsComeBackAsTheyWereMeant()
    {
        for (int i = 0; i <= int(ApiErrorCode::InternalError); ++i) {
            const ApiErrorRow &row = apiErrorRow(ApiErrorCode(i));
            QCOMPARE(int(row.code), i);
            QVERIFY(apiErrorFromWire(QString(row.wire)) == row.code);
            const Error error = errorFromReply(row.httpStatus, encodeError(row.code, u"why"_s), 3s);
            QCOMPARE(error.code, row.error);
            QCOMPARE(error.detail, u"why"_s);
            QCOMPARE(error.retryAfter, std::optional<Milliseconds>(3s));
        }
    }

    void repliesWithoutACodeAreReadByTheirStatus_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("plain text")
            << 401 << QByteArray("Invalid token") << int(ErrorCode::Unauthenticated);
        QTest::newRow("nothing") << 404 << QByteArray() << int(ErrorCode::NotFound);
        QTest::newRow("a page of a proxy")
            << 502 << QByteArray("<html>") << int(ErrorCode::ServerFailure);
        QTest::newRow("a code of the future")
            << 403 << QByteArray(R"({"error":{"code":"NEW","message":"m"}})")
            << int(ErrorCode::Forbidden);
        QTest::newRow("a mistyped error")
            << 429 << QByteArray(R"({"error":7})") << int(ErrorCode::RateLimited);
        QTest::newRow("a redirect") << 302 << QByteArray() << int(ErrorCode::ProtocolViolation);
    }
    void repliesWithoutACodeAreReadByTheirStatus()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        QCOMPARE(int(errorFromReply(status, body).code), code);
    }

    void everyWordComesBack()
    {
        using enum Status;
        for (const Status status : {Unknown, Offline, Online, Away, Busy})
            QVERIFY(statusFromWire(QString(toWire(status))) == status);
        for (const auto status :
            {IntentStatus::Auto, IntentStatus::Away, IntentStatus::Busy, IntentStatus::Invisible})
            QVERIFY(intentStatusFromWire(QString(toWire(status))) == status);
        for (const auto state : {ActivityState::Active, ActivityState::Idle, ActivityState::Hidden,
                 ActivityState::Locked})
            QVERIFY(activityStateFromWire(QString(toWire(state))) == state);
        for (const auto reason : {OfflineReason::Disconnected, OfflineReason::Inactive,
                 OfflineReason::Manual, OfflineReason::Shutdown})
            QCOMPARE(offlineReasonFromWire(QString(toWire(reason))), reason);
        for (const auto type : {DeviceType::Unknown, DeviceType::Desktop, DeviceType::Terminal,
                 DeviceType::Web, DeviceType::Mobile})
            QCOMPARE(deviceTypeFromWire(QString(toWire(type))), type);
        QVERIFY(!statusFromWire(u"ONLINE"));
        QCOMPARE(deviceTypeFromWire(u"toaster"), DeviceType::Unknown);
    }
};

QTEST_GUILESS_MAIN(tst_MtchatTables)
#include "tst_mtchattables.moc"
