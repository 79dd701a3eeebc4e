// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "goldenfile.h"
#include "net/wire/mtchat/rest.h"
#include "net/wire/mtchat/restmanagement.h"
#include "sampleframes.h"

#include <QTest>

#include <functional>

using namespace presently;
using namespace presently::net::mtchat;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

//! Reads a shape and writes it again; the error if it cannot be read.
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

RoundTrip pageThrough()
{
    return [](const QJsonObject &object) -> Expected<QJsonObject, Error> {
        const auto page = messagePageFromJson(TheConversation, object);
        if (!page)
            return Unexpected{page.error()};
        return toJson(*page);
    };
}

struct Shape {
    QString name;
    RoundTrip roundTrip;
    QStringList required;
};

QList<Shape> shapes()
{
    const QStringList dialog{u"id"_s, u"created_at"_s};
    return {
        {u"dialog"_s, through(conversationDetailsFromJson), dialog},
        {u"dialog item"_s, through(conversationItemFromJson), dialog},
        {u"participant"_s, through(participantItemFromJson), {u"user_id"_s}},
        {u"message"_s, through(messageFromJson),
            {u"id"_s, u"dialog_id"_s, u"content"_s, u"sent_at"_s}},
        {u"page"_s, pageThrough(), {u"messages"_s, u"has_more_before"_s, u"has_more_after"_s}},
        {u"send"_s, through(sendMessageRequestFromJson), {u"content"_s}},
        {u"presign"_s, through(presignRequestFromJson),
            {u"dialog_id"_s, u"filename"_s, u"content_type"_s, u"size"_s}},
        {u"presign reply"_s, through(presignReplyFromJson),
            {u"upload_url"_s, u"s3_key"_s, u"expires_in"_s}},
        {u"attachment address"_s, through(attachmentUrlReplyFromJson), {u"url"_s, u"expires_in"_s}},
        {u"message hit"_s, through(messageHitFromJson), {u"message"_s}},
        {u"scope"_s,
            [](const QJsonObject &object) -> Expected<QJsonObject, Error> {
                const auto scope = accessScopeFromJson(object);
                if (!scope)
                    return Unexpected{scope.error()};
                return toJson(*scope);
            },
            {}},
        {u"participant to add"_s, through(participantInputFromJson),
            {u"user_id"_s, u"display_name"_s}},
        {u"start"_s, through(startConversationRequestFromJson), {u"participants"_s}},
        {u"sign-in"_s, through(signInRequestFromJson), {u"login"_s, u"password"_s, u"device"_s}},
        {u"grant"_s, through(sessionGrantFromJson),
            {u"token"_s, u"expires_at"_s, u"refresh_token"_s, u"user"_s}},
        {u"session"_s, through(sessionItemFromJson), {u"id"_s, u"device"_s, u"created_at"_s}},
        {u"my presence"_s, through(presenceMeRequestFromJson), {}},
    };
}

} // namespace

class tst_MtchatRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShapeComesBackAsTheGoldenFileHasIt()
    {
        const QJsonObject golden = goldenFile("rest.json");
        QCOMPARE(golden.size(), shapes().size());
        for (const Shape &shape : shapes()) {
            const QJsonObject expected = golden.value(shape.name).toObject();
            const auto written = shape.roundTrip(expected);
            QVERIFY2(written.has_value(), qPrintable(shape.name));
            QCOMPARE(compact(*written), compact(expected));
        }
    }

    void aMissingFieldIsNamed()
    {
        const QJsonObject golden = goldenFile("rest.json");
        for (const Shape &shape : shapes()) {
            for (const QString &field : shape.required) {
                QJsonObject without = golden.value(shape.name).toObject();
                without.remove(field);
                const auto read = shape.roundTrip(without);
                QVERIFY2(!read, qPrintable(shape.name + u' ' + field));
                QCOMPARE(read.error().field, field);
            }
        }
    }

    //! Whatever stands in a field: an error that names it, or a value that can be said again.
    void wrongTypesAreNamedOrLeftOut()
    {
        const QList<QJsonValue> wrong{QJsonValue::Null, true, -1, 1.5, 9e300, u""_s,
            QString(300, u'x'), QString(QChar(0)), QJsonArray{}, QJsonArray{1},
            QJsonArray{QJsonObject{}}, QJsonObject{}};
        const QJsonObject golden = goldenFile("rest.json");
        for (const Shape &shape : shapes()) {
            const QJsonObject good = golden.value(shape.name).toObject();
            for (const QString &field : good.keys()) {
                for (const QJsonValue &value : wrong) {
                    QJsonObject spoilt = good;
                    spoilt.insert(field, value);
                    const auto read = shape.roundTrip(spoilt);
                    if (!read) {
                        QVERIFY2(read.error().field.startsWith(field),
                            qPrintable(shape.name + u' ' + field + u": "_s + read.error().field));
                        continue;
                    }
                    QVERIFY2(shape.roundTrip(*read), qPrintable(shape.name + u' ' + field));
                }
            }
        }
    }

    void thePublishedServersParticipantsAreUnderstood()
    {
        const auto reply = decodeParticipantsReply(
            R"({"data":[{"dialog_id":"d","user_id":"ana","joined_at":"2026-02-07T14:00:00.123456Z","joined_as":"participant","notifications_enabled":true,"last_read_message_id":null,"unread_count":0,"display_name":"Ana","company":null,"email":null,"phone":null,"is_archived":false,"is_pinned":false,"is_online":true}]})");
        QVERIFY(reply.has_value());
        QCOMPARE(reply->epoch, 0);
        QVERIFY(reply->complete);
        const ParticipantItem &ana = reply->participants.at(0);
        QCOMPARE(ana.presence->presence.status, Status::Online);
        QCOMPARE(ana.presence->version, PresenceVersion());
        QVERIFY(!ana.presence->presence.lastSeen);
    }

    void aRowThatCannotBeReadIsNamedByItsPlace()
    {
        const auto reply = decodeParticipantsReply(
            R"({"data":[{"user_id":"ana","is_online":true},{"user_id":7}]})");
        QVERIFY(!reply);
        QCOMPARE(reply.error().field, u"data[1].user_id"_s);
        QVERIFY(!decodeParticipantsReply(R"({"data":{}})"));
        QVERIFY(!decodeParticipantsReply("[]"));
        QCOMPARE(decodeDataObject(R"({"error":{}})").error().code, ErrorCode::MissingField);
        QCOMPARE(decodeDataObject(R"({"data":[]})").error().field, u"data"_s);
    }

    void scopesPassThroughTheirHeader()
    {
        const AccessScope scope{{}, {u"север"_s, u"a"_s}, {}, {u"x"_s}, {}};
        const QByteArray header = encodeScopeHeader(scope);
        QVERIFY(!header.contains('\n'));
        const auto read = decodeScopeHeader(header);
        QVERIFY(read.has_value());
        QVERIFY(*read == scope);
        const auto missing = decodeScopeHeader(QByteArray("{}").toBase64());
        QVERIFY(missing.has_value() && missing->level0.isEmpty());
        for (const QByteArray &bad :
            {QByteArray("%%%"), QByteArray("e30"), QByteArray("x").toBase64(),
                QByteArray("[]").toBase64(), QByteArray(R"({"scope_level0":"a"})").toBase64(),
                QByteArray(R"({"scope_level0":[1]})").toBase64(), QByteArray(20'000, 'A')})
            QVERIFY2(!decodeScopeHeader(bad) || bad == "e30", bad.constData());
    }

    void itemsBecomeConversations()
    {
        const auto item
            = conversationItemFromJson(goldenFile("rest.json").value(u"dialog item"_s).toObject());
        QVERIFY(item.has_value());
        const Conversation conversation = toConversation(*item);
        QCOMPARE(conversation.id, TheConversation);
        QVERIFY(conversation.isMember && conversation.isPinned && conversation.isMuted);
        QCOMPARE(conversation.unreadCount, 3);
        QCOMPARE(conversation.participants.size(), 2);
        QCOMPARE(conversation.lastMessage->senderName, u"Ana"_s);
    }

    void whyGoesBothWays()
    {
        PresenceWhy why;
        why.seenByOthers = awayBob();
        why.intent = {IntentStatus::Busy, u"x"_s, at(Epoch)};
        why.devices = {{u"pc"_s, DeviceType::Desktop, ActivityState::Idle, true, at(Epoch), {}}};
        why.preferences = PresencePreferences{LastSeenDetail::Coarse, OnHide::Offline};
        why.rule = u"busy"_s;
        why.nextChangeAt = at(1770476400000);
        const auto read = presenceWhyFromJson(toJson(why));
        QVERIFY(read.has_value());
        QVERIFY(read->seenByOthers == why.seenByOthers);
        QVERIFY(read->intent == why.intent);
        QVERIFY(read->preferences == why.preferences);
        QVERIFY(read->devices == why.devices);
        QCOMPARE(read->rule, why.rule);
        QVERIFY(read->nextChangeAt == why.nextChangeAt);
    }
};

QTEST_GUILESS_MAIN(tst_MtchatRest)
#include "tst_mtchatrest.moc"
