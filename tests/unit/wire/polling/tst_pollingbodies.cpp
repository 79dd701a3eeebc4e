// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/wire/json/boundedjson.h"
#include "net/wire/polling/failures.h"
#include "net/wire/polling/presencebodies.h"
#include "net/wire/polling/signinbodies.h"

#include <QFile>
#include <QTest>

#include <functional>

using namespace presently;
using namespace presently::net;
using namespace presently::net::polling;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr WallTime Noon{Milliseconds{1770472800000}}; // 2026-02-07T14:00:00Z

//! Reads a body and writes it again; the error if it cannot be read.
using RoundTrip = std::function<Expected<QJsonObject, Error>(const QJsonObject &)>;

template <typename Read>
RoundTrip through(Read read)
{
    return [read](const QJsonObject &object) -> Expected<QJsonObject, Error> {
        const auto value = read(object);
        if (!value)
            return Unexpected{value.error()};
        return toJson(*value);
    };
}

Expected<OnlineUsers, Error> onlineUsers(const QJsonObject &object)
{
    return onlineUsersFromJson(QJsonDocument(object));
}

Expected<QJsonObject, Error> refreshRequest(const QJsonObject &object)
{
    const auto refresh = refreshRequestFromJson(object);
    if (!refresh)
        return Unexpected{refresh.error()};
    return refreshRequestToJson(*refresh);
}

struct Shape {
    RoundTrip roundTrip;
    QStringList required;
};

Shape shapeOf(const QString &name)
{
    if (name == u"sign-in"_s)
        return {through(signInRequestFromJson), {u"email"_s, u"password"_s}};
    if (name == u"signed in"_s)
        return {through(signInReplyFromJson), {u"user"_s, u"refresh"_s, u"access"_s}};
    if (name == u"refresh"_s)
        return {refreshRequest, {u"refresh"_s}};
    if (name.startsWith(u"refreshed"))
        return {through(tokensFromJson), {u"access"_s}};
    if (name.startsWith(u"online users") || name == u"nobody"_s)
        return {through(onlineUsers), {u"online_users"_s}};
    if (name.startsWith(u"heartbeat answered"))
        return {through(heartbeatReplyFromJson), {u"success"_s, u"last_activity"_s}};
    if (name.startsWith(u"heartbeat"))
        return {through(heartbeatRequestFromJson), {}};
    if (name.startsWith(u"marked offline"))
        return {through(markOfflineReplyFromJson), {u"success"_s}};
    return {through(failureFromJson), {}};
}

QJsonObject goldenBodies()
{
    QFile file(QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/polling/bodies.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

Expected<QJsonDocument, Error> document(const char *json)
{
    return parseDocument(json);
}

} // namespace

class tst_PollingBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBodyComesBackAsTheGoldenFileHasIt()
    {
        const QJsonObject golden = goldenBodies();
        QCOMPARE(golden.size(), 20);
        for (auto entry = golden.constBegin(); entry != golden.constEnd(); ++entry) {
            const QJsonObject expected = entry.value().toObject();
            const auto written = shapeOf(entry.key()).roundTrip(expected);
            QVERIFY2(written.has_value(), qPrintable(entry.key()));
            QCOMPARE(toAsciiJson(*written), toAsciiJson(expected));
        }
    }

    void aMissingFieldIsNamed()
    {
        const QJsonObject golden = goldenBodies();
        for (auto entry = golden.constBegin(); entry != golden.constEnd(); ++entry) {
            const Shape shape = shapeOf(entry.key());
            for (const QString &field : shape.required) {
                QJsonObject without = entry.value().toObject();
                without.remove(field);
                const auto read = shape.roundTrip(without);
                QVERIFY2(!read, qPrintable(entry.key() + u' ' + field));
                QCOMPARE(read.error().code, ErrorCode::MissingField);
                QCOMPARE(read.error().field, field);
            }
        }
    }

    //! Whatever stands in a field: an error that names it, or a value that can be said again.
    void wrongTypesAreNamedOrLeftOut()
    {
        const QList<QJsonValue> wrong{QJsonValue::Null, true, false, -1, 0, 1.5, 9e300, u""_s,
            QString(20'000, u'x'), QString(QChar(0)), QJsonArray{}, QJsonArray{u"x"_s},
            QJsonArray{QJsonObject{}}, QJsonObject{}, QJsonObject{{u"x"_s, u"y"_s}}};
        const QJsonObject golden = goldenBodies();
        for (auto entry = golden.constBegin(); entry != golden.constEnd(); ++entry) {
            const Shape shape = shapeOf(entry.key());
            const QJsonObject good = entry.value().toObject();
            for (const QString &field : good.keys()) {
                for (const QJsonValue &value : wrong) {
                    QJsonObject spoilt = good;
                    spoilt.insert(field, value);
                    const auto read = shape.roundTrip(spoilt);
                    const QString what = entry.key() + u": "_s + field;
                    if (read)
                        QVERIFY2(shape.roundTrip(*read), qPrintable(what));
                    else
                        QVERIFY2(!read.error().field.isEmpty(), qPrintable(what));
                }
            }
        }
    }

    void aBareListIsTaken()
    {
        const auto online = onlineUsersFromJson(*document("[3, 1, 2, 3]"));
        QVERIFY(online.has_value());
        QCOMPARE(online->users, (QList<PersonNumber>{1, 2, 3}));
        QVERIFY(onlineUsersFromJson(*document("[]"))->users.isEmpty());
    }

    void aListOfAnythingElseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("field");
        QTest::newRow("texts") << R"({"online_users":["1"]})"_ba << u"online_users[0]"_s;
        QTest::newRow("zero") << "[1,0]"_ba << u"online_users[1]"_s;
        QTest::newRow("negative") << "[-1]"_ba << u"online_users[0]"_s;
        QTest::newRow("fraction") << "[1.5]"_ba << u"online_users[0]"_s;
        QTest::newRow("too large") << "[1e17]"_ba << u"online_users[0]"_s;
        QTest::newRow("no list") << R"({"online_users":{"1":true}})"_ba << u"online_users"_s;
        QTest::newRow("null") << R"({"online_users":null})"_ba << u"online_users"_s;
        QTest::newRow("other answer") << R"({"detail":"x"})"_ba << u"online_users"_s;
        QTest::newRow("bad time") << R"({"online_users":[1],"last_activity":{"1":"noon"}})"_ba
                                  << u"last_activity.1"_s;
        QTest::newRow("time of nobody")
            << R"({"online_users":[1],"last_activity":{"x":"2026-02-07T14:00:00Z"}})"_ba
            << u"last_activity.x"_s;
    }

    void aListOfAnythingElseIsRefused()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, field);
        const auto online = onlineUsersFromJson(*parseDocument(json));
        QVERIFY(!online);
        QCOMPARE(online.error().field, field);
    }

    void aListWithoutEndIsRefused()
    {
        QJsonArray array;
        for (qsizetype i = 0; i <= OnlineUsers::MaxUsers; ++i)
            array.append(qint64(i + 1));
        const auto online = onlineUsersFromJson(QJsonDocument(array));
        QVERIFY(!online);
        QCOMPARE(online.error().code, ErrorCode::TooLarge);
    }

    void timesOfHeartbeatsAreReadAsClientsWriteThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("offline");
        QTest::newRow("published example") << u"2024-01-28T12:00:00Z"_s << false;
        QTest::newRow("browser") << u"2026-02-07T14:00:00.000Z"_s << false;
        QTest::newRow("python") << u"2026-02-07T14:00:00.123456+00:00"_s << false;
        QTest::newRow("without offset") << u"2026-02-07T14:00:00"_s << false;
        QTest::newRow("last moment of 1999") << u"1999-12-31T23:59:59.999Z"_s << true;
        QTest::newRow("first moment of 2000") << u"2000-01-01T00:00:00Z"_s << false;
        QTest::newRow("2000 in the east") << u"2000-01-01T00:00:00+01:00"_s << true;
        QTest::newRow("epoch") << u"1970-01-01T00:00:00.000Z"_s << true;
        QTest::newRow("before the epoch") << u"1969-12-31T23:59:59Z"_s << true;
        QTest::newRow("first year") << u"0001-01-01T00:00:00"_s << true;
        QTest::newRow("not a time") << u"now"_s << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("without end") << QString(100'000, u'1') << false;
    }

    void timesOfHeartbeatsAreReadAsClientsWriteThem()
    {
        QFETCH(QString, text);
        QFETCH(bool, offline);
        const auto heartbeat = heartbeatRequestFromJson({{u"timestamp"_s, text}});
        QVERIFY(heartbeat.has_value());
        QCOMPARE(heartbeat->meansOffline(), offline);
    }

    void aTimeWithoutOffsetIsUtc()
    {
        const auto heartbeat
            = heartbeatRequestFromJson({{u"timestamp"_s, u"2026-02-07T14:00:00.007"_s}});
        QVERIFY(heartbeat->timestamp == Noon + Milliseconds{7});
    }

    void leavingMayBeSaidInPlainWords()
    {
        QVERIFY(heartbeatRequestFromJson({{u"offline"_s, true}})->meansOffline());
        QVERIFY(!heartbeatRequestFromJson({{u"offline"_s, false}})->meansOffline());
        QVERIFY(!heartbeatRequestFromJson({})->meansOffline());
        QCOMPARE(heartbeatRequestFromJson({{u"offline"_s, u"yes"_s}}).error().field, u"offline"_s);
        QCOMPARE(heartbeatRequestFromJson({{u"timestamp"_s, 7}}).error().field, u"timestamp"_s);
    }

    void anAnswerWithoutSuccessIsNone()
    {
        QVERIFY(!heartbeatReplyFromJson(
            {{u"success"_s, false}, {u"last_activity"_s, u"2026-02-07T14:00:00Z"_s}}));
        QVERIFY(!markOfflineReplyFromJson({{u"success"_s, false}}));
    }

    void reasonsAreFoundInEachShape()
    {
        const auto token = failureFromJson(
            {{u"detail"_s, u"x"_s}, {u"code"_s, u"token_not_valid"_s}, {u"messages"_s, u"y"_s}});
        QCOMPARE(token->code.value_or(QString()), QString(TokenNotValidCode));
        const auto field = failureFromJson({{u"email"_s, QJsonArray{u"is needed"_s}}});
        QVERIFY(field->shape == Failure::Shape::Field);
        QCOMPARE(field->field, u"email"_s);
        QVERIFY(!failureFromJson({}));
        QVERIFY(!failureFromJson({{u"detail"_s, 7}}));
    }

    void bodiesThatCannotBeTakenAreSaidByField()
    {
        const Failure missing = failureOf({ErrorCode::MissingField, u"email"_s, {}, {}});
        QCOMPARE(toAsciiJson(toJson(missing)), R"({"email":["is needed"]})"_ba);
        const Failure invalid
            = failureOf({ErrorCode::InvalidField, u"offline"_s, u"not true or false"_s, {}});
        QCOMPARE(toAsciiJson(toJson(invalid)), R"({"offline":["not true or false"]})"_ba);
        QVERIFY(failureOf({ErrorCode::Malformed, {}, u"x"_s, {}}).shape == Failure::Shape::Detail);
    }
};

QTEST_GUILESS_MAIN(tst_PollingBodies)
#include "tst_pollingbodies.moc"
