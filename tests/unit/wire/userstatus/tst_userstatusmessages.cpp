// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/userstatus/messages.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace presently;
using namespace presently::net::userstatus;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! The bytes of tests/data/userstatus/messages.json, which protoc itself encoded from text.
QByteArray golden(const char *group, const char *name)
{
    QFile file(QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/userstatus/messages.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    return QByteArray::fromHex(all.value(QLatin1StringView(group))
                                   .toObject()
                                   .value(QLatin1StringView(name))
                                   .toString()
                                   .toLatin1());
}

template <typename Message>
QByteArray bytesOf(const Message &message)
{
    return QByteArray::fromStdString(message.SerializeAsString());
}

template <typename Message>
Message parsed(const QByteArray &bytes)
{
    Message message;
    if (!message.ParseFromArray(bytes.constData(), int(bytes.size())))
        message.Clear();
    return message;
}

constexpr WallTime newYear{1704067200s};

struct NamedRow {
    const char *name;
    StatusRow row;
};
const QList<NamedRow> &rows()
{
    static const QList<NamedRow> all{
        {"row online", {u"user_1"_s, WireStatus::Online, newYear, newYear - 10s}},
        {"row offline", {u"user_2"_s, WireStatus::Offline, newYear, newYear}},
        {"row away", {u"user_3"_s, WireStatus::Away, newYear, newYear + 1s}},
        {"row of nobody", {u"user_9"_s, WireStatus::Unknown, {}, {}}},
    };
    return all;
}

struct NamedEvent {
    const char *name;
    StatusEvent event;
};
const QList<NamedEvent> &events()
{
    static const QList<NamedEvent> all{
        {"event online", {u"user_1"_s, WireStatus::Online, newYear}},
        {"event offline", {u"user_2"_s, WireStatus::Offline, newYear}},
        {"event away", {u"user_3"_s, WireStatus::Away, newYear}},
        {"event of somebody unseen", {u"user_9"_s, WireStatus::Offline, {}}},
    };
    return all;
}

void addRevisions()
{
    QTest::addColumn<QByteArray>("group");
    QTest::addColumn<EnumRevision>("revision");
    QTest::newRow("seed") << QByteArray("seed") << EnumRevision::Seed;
    QTest::newRow("later") << QByteArray("later") << EnumRevision::Later;
}

} // namespace

Q_DECLARE_METATYPE(presently::net::userstatus::EnumRevision)

class tst_UserStatusMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreTheGoldenBytesAndComeBack_data() { addRevisions(); }
    void rowsAreTheGoldenBytesAndComeBack()
    {
        QFETCH(QByteArray, group);
        QFETCH(EnumRevision, revision);
        for (const NamedRow &named : rows()) {
            const QByteArray expected = golden(group.constData(), named.name);
            QVERIFY2(!expected.isEmpty(), named.name);
            pb::UserStatusData message;
            write(named.row, revision, message);
            QCOMPARE(bytesOf(message).toHex(), expected.toHex());
            QVERIFY(read(parsed<pb::UserStatusData>(expected), revision) == named.row);
        }
    }

    void eventsAreTheGoldenBytesAndComeBack_data() { addRevisions(); }
    void eventsAreTheGoldenBytesAndComeBack()
    {
        QFETCH(QByteArray, group);
        QFETCH(EnumRevision, revision);
        for (const NamedEvent &named : events()) {
            const QByteArray expected = golden(group.constData(), named.name);
            QVERIFY2(!expected.isEmpty(), named.name);
            pb::StatusUpdateEvent message;
            write(named.event, revision, message);
            QCOMPARE(bytesOf(message).toHex(), expected.toHex());
            QVERIFY(read(parsed<pb::StatusUpdateEvent>(expected), revision) == named.event);
        }
    }

    void requestedStatusesAreTheGoldenBytesAndComeBack_data() { addRevisions(); }
    void requestedStatusesAreTheGoldenBytesAndComeBack()
    {
        QFETCH(QByteArray, group);
        QFETCH(EnumRevision, revision);
        const std::pair<const char *, WireStatus> all[] = {{"set online", WireStatus::Online},
            {"set offline", WireStatus::Offline}, {"set away", WireStatus::Away}};
        for (const auto &[name, status] : all) {
            const QByteArray expected = golden(group.constData(), name);
            QVERIFY2(!expected.isEmpty(), name);
            QCOMPARE(
                bytesOf(setStatusRequest(u"user_1"_s, status, revision)).toHex(), expected.toHex());
            const auto back = requestedStatus(parsed<pb::SetUserStatusRequest>(expected), revision);
            QVERIFY(back);
            QCOMPARE(*back, status);
        }
    }

    void theTwoRevisionsDifferOnlyInAwayAndOffline()
    {
        QCOMPARE(golden("seed", "row online"), golden("later", "row online"));
        QVERIFY(golden("seed", "row away") != golden("later", "row away"));
        // What a wrong guess would do, and why nobody guesses.
        const auto away = parsed<pb::UserStatusData>(golden("later", "row away"));
        QCOMPARE(read(away, EnumRevision::Seed).status, WireStatus::Offline);
    }

    void aStatusThatIsNotSetOrNotInTheContractIsInvalid()
    {
        for (const int number : {0, 4, 99, -1}) {
            pb::SetUserStatusRequest request;
            request.set_user_id("user_1");
            request.set_status(static_cast<pb::UserStatus>(number));
            const auto again = parsed<pb::SetUserStatusRequest>(bytesOf(request));
            for (const EnumRevision revision : {EnumRevision::Seed, EnumRevision::Later}) {
                const auto status = requestedStatus(again, revision);
                QVERIFY(!status);
                QCOMPARE(status.error().fault, Fault::InvalidStatus);
            }
            pb::UserStatusData data;
            data.set_status(static_cast<pb::UserStatus>(number));
            QCOMPARE(read(data, EnumRevision::Seed).status, WireStatus::Unknown);
        }
    }

    void listsOfIdsKeepTheirOrderAndLength()
    {
        const QStringList ids{u"user_1"_s, u"user_2"_s, u"user_1"_s};
        QCOMPARE(bytesOf(manyRequest(ids)).toHex(), golden("both", "get many").toHex());
        QCOMPARE(requestedIds(parsed<pb::GetMultipleUserStatusRequest>(golden("both", "get many"))),
            ids);
        QCOMPARE(bytesOf(watchRequest(u"user_1"_s, {})).toHex(),
            golden("both", "watch everybody").toHex());
        const QStringList two{u"user_2"_s, u"user_3"_s};
        QCOMPARE(
            bytesOf(watchRequest(u"user_1"_s, two)).toHex(), golden("both", "watch two").toHex());
        QCOMPARE(watchedIds(parsed<pb::SubscribeStatusUpdatesRequest>(golden("both", "watch two"))),
            two);
    }

    void errorsAreTheGoldenBytesAndNameTheWait()
    {
        pb::ErrorResponse error;
        write(Failure{Fault::RateLimited, u"too often"_s, 1500ms}, error);
        QCOMPARE(bytesOf(error).toHex(), golden("both", "error").toHex());
        QCOMPARE(retryAfterIn(parsed<pb::ErrorResponse>(golden("both", "error"))),
            std::optional<Milliseconds>(1500ms));
        (*error.mutable_details())["retry_after_ms"] = "soon";
        QVERIFY(!retryAfterIn(error));
        (*error.mutable_details())["retry_after_ms"] = "99999999999999999999";
        QVERIFY(!retryAfterIn(error));
        (*error.mutable_details())["retry_after_ms"] = "-1";
        QVERIFY(!retryAfterIn(error));
    }

    void everyTruncationOfAGoodMessageIsRefusedOrHarmless()
    {
        const QByteArray whole = golden("seed", "row away");
        for (qsizetype length = 0; length < whole.size(); ++length) {
            pb::UserStatusData message;
            if (message.ParseFromArray(whole.constData(), int(length)))
                (void)read(message, EnumRevision::Seed);
        }
        pb::UserStatusData message;
        QVERIFY(!message.ParseFromArray(whole.constData(), int(whole.size()) - 1));
        // Text that is no UTF-8 never becomes a QString.
        const QByteArray bad = QByteArray::fromHex("0a02c328");
        QVERIFY(!message.ParseFromArray(bad.constData(), int(bad.size())));
    }

    void fieldsOfTheFutureAreIgnored()
    {
        const QByteArray longer = golden("seed", "row away") + QByteArray::fromHex("a20601ff");
        QCOMPARE(read(parsed<pb::UserStatusData>(longer), EnumRevision::Seed), rows().at(2).row);
    }
};

QTEST_GUILESS_MAIN(tst_UserStatusMessages)
#include "tst_userstatusmessages.moc"
