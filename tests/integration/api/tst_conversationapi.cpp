// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "apibench.h"
#include "net/wire/mtchat/rest.h"

#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Nowhere = "0194e3a0-0000-7000-8000-00000000dead";

net::HeaderList scoped(const QStringList &level0)
{
    return {{"X-Scope-Config", net::mtchat::encodeScopeHeader({{}, level0, {}, {}, {}})}};
}

QJsonArray scope(const QString &level0)
{
    return {QJsonObject{{u"scope_level0"_s, QJsonArray{level0}}}};
}

QStringList keysOf(const QJsonObject &object)
{
    return object.keys();
}

} // namespace

//! People and keys: ana 1, bob 2, carol 3, dan 4.
class tst_ConversationApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        bench = std::make_unique<ApiBench>();
        for (const char *name : {"ana", "bob", "carol", "dan"})
            bench->person(name);
    }
    void cleanup() { bench.reset(); }

    void listsOnesOwnWithEverythingTheContractNames()
    {
        const QByteArray id = bench->conversation({"ana", "bob"});
        bench->broadcaster.online.insert(PersonKey{2});
        bench->message("bob", id, u"<p>hi</p>"_s);
        const ApiAnswer list = bench->get("ana", "/dialogs");
        QCOMPARE(list.status, 200);
        QCOMPARE(list.rows().size(), 1);
        const QJsonObject item = list.rows().at(0).toObject();
        QCOMPARE(keysOf(item),
            QStringList({u"created_at"_s, u"created_by"_s, u"i_am_participant"_s, u"id"_s,
                u"is_archived"_s, u"is_pinned"_s, u"last_message"_s, u"last_message_at"_s,
                u"notifications_enabled"_s, u"object_id"_s, u"object_type"_s, u"object_url"_s,
                u"participants"_s, u"participants_count"_s, u"title"_s, u"unread_count"_s}));
        QCOMPARE(item.value(u"unread_count").toInt(), 1);
        QCOMPARE(
            item.value(u"last_message").toObject().value(u"content").toString(), u"<p>hi</p>"_s);
        // The other side of two comes with its presence, oneself does not.
        const QJsonArray people = item.value(u"participants").toArray();
        QVERIFY(!people.at(0).toObject().contains(u"presence"));
        QCOMPARE(people.at(1).toObject().value(u"presence").toObject().value(u"status").toString(),
            u"online"_s);
        QCOMPARE(bench->get("carol", "/dialogs").rows().size(), 0);
    }

    void listsWhatOneMayJoinOnlyWithAScope()
    {
        bench->conversation({"ana"}, scope(u"north"_s));
        QCOMPARE(bench->get("bob", "/dialogs?type=available").code(), u"BAD_REQUEST"_s);
        const ApiAnswer list = bench->get("bob", "/dialogs?type=available", scoped({u"north"_s}));
        QCOMPARE(list.rows().size(), 1);
        const QJsonObject item = list.rows().at(0).toObject();
        QCOMPARE(item.value(u"can_join").toBool(), true);
        for (const QString &field : {u"unread_count"_s, u"is_pinned"_s, u"last_message"_s})
            QVERIFY2(!item.contains(field), qPrintable(field));
        QCOMPARE(
            bench->get("bob", "/dialogs?type=available", scoped({u"south"_s})).rows().size(), 0);
    }

    void refusesWhatCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::newRow("negative limit") << QByteArray("/dialogs?limit=-1") << 400;
        QTest::newRow("limit in words") << QByteArray("/dialogs?limit=many") << 400;
        QTest::newRow("huge limit is capped") << QByteArray("/dialogs?limit=999999999") << 200;
        QTest::newRow("limit beyond a number")
            << QByteArray("/dialogs?limit=99999999999999999999") << 400;
        QTest::newRow("odd flag") << QByteArray("/dialogs?archived=yes") << 400;
        QTest::newRow("odd type") << QByteArray("/dialogs?type=all") << 400;
        QTest::newRow("bad UUID") << QByteArray("/dialogs/7") << 400;
        QTest::newRow("unknown conversation") << QByteArray("/dialogs/" + Nowhere) << 404;
        QTest::newRow("unknown route") << QByteArray("/nothing") << 404;
        QTest::newRow("messages before what is no id")
            << QByteArray("/dialogs/" + Nowhere + "/messages?before=x") << 400;
        QTest::newRow("messages of nowhere")
            << QByteArray("/dialogs/" + Nowhere + "/messages") << 403;
        QTest::newRow("people of nowhere")
            << QByteArray("/dialogs/" + Nowhere + "/participants") << 403;
    }
    void refusesWhatCannotBeRead()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QCOMPARE(bench->get("ana", target).status, status);
    }

    void oneConversationByWhoLooks()
    {
        const QByteArray id = bench->conversation({"ana", "bob"}, scope(u"north"_s));
        QCOMPARE(
            bench->get("ana", "/dialogs/" + id).data().value(u"participants_count").toInt(), 2);
        const ApiAnswer outside = bench->get("carol", "/dialogs/" + id, scoped({u"north"_s}));
        QCOMPARE(outside.status, 200);
        QVERIFY(!outside.data().contains(u"participants"));
        QVERIFY(!outside.data().contains(u"participants_count"));
        QCOMPARE(outside.data().value(u"can_join").toBool(), true);
        QCOMPARE(bench->get("carol", "/dialogs/" + id).code(), u"SCOPE_MISMATCH"_s);
        QCOMPARE(bench->get("carol", "/dialogs/" + Nowhere).code(), u"DIALOG_NOT_FOUND"_s);
        QCOMPARE(bench->get("carol", "/dialogs/" + id, {{"X-Scope-Config", "%%%"}}).code(),
            u"BAD_REQUEST"_s);
    }

    void findsByObject()
    {
        bench->conversation({"ana", "bob"});
        bench->clock.advance(Milliseconds{1000});
        const QByteArray newer = bench->conversation({"ana", "carol"}, scope(u"north"_s));
        const ApiAnswer mine = bench->get("ana", "/dialogs/by-object/tender/7");
        QCOMPARE(mine.data().value(u"id").toString().toLatin1(), newer);
        const ApiAnswer joinable
            = bench->get("dan", "/dialogs/by-object/tender/7", scoped({u"north"_s}));
        QCOMPARE(joinable.data().value(u"id").toString().toLatin1(), newer);
        const ApiAnswer none = bench->get("dan", "/dialogs/by-object/tender/8");
        QCOMPARE(none.status, 200);
        QVERIFY(none.object().value(u"data").isNull());
        QCOMPARE(bench->get("ana", "/dialogs/by-object/tender/7/list").rows().size(), 2);
    }

    void twoPeopleStartTheSameConversationAgain()
    {
        const QJsonObject body{{u"participants"_s, QJsonArray{u"bob"_s}}};
        const ApiAnswer first = bench->post("ana", "/dialogs", body);
        QCOMPARE(first.status, 200);
        QCOMPARE(bench->broadcaster.take(),
            QStringList({u"joined ana -> 1 2"_s, u"joined bob -> 1 2"_s}));
        const ApiAnswer again = bench->post(
            "bob", "/dialogs", QJsonObject{{u"participants"_s, QJsonArray{u"ana"_s}}});
        QCOMPARE(again.data().value(u"id"), first.data().value(u"id"));
        QVERIFY(bench->broadcaster.take().isEmpty());
    }

    void startsGroupsAndRefusesStrangers()
    {
        const QJsonObject group{{u"participants"_s, QJsonArray{u"bob"_s, u"carol"_s, u"bob"_s}},
            {u"title"_s, u"Trip\u202E"_s}};
        const ApiAnswer made = bench->post("ana", "/dialogs", group);
        QCOMPARE(made.data().value(u"title").toString(), u"Trip"_s);
        QCOMPARE(made.data().value(u"participants_count").toInt(), 3);
        QCOMPARE(bench->broadcaster.take().size(), 3);
        const auto with = [this](const QJsonArray &people) {
            return bench->post("ana", "/dialogs", QJsonObject{{u"participants"_s, people}});
        };
        QCOMPARE(with({u"nobody"_s}).code(), u"PARTICIPANT_NOT_FOUND"_s);
        QCOMPARE(with({u"ana"_s}).code(), u"INVALID_INPUT"_s);
        QCOMPARE(with({7}).status, 422);
        QCOMPARE(bench->post("ana", "/dialogs", QJsonObject{}).status, 422);
        QCOMPARE(bench->post("ana", "/dialogs").status, 415);
    }

    void joiningTellsEverybodyInTheOrderOfTheContract()
    {
        const QByteArray id = bench->conversation({"ana"}, scope(u"north"_s));
        bench->message("ana", id, u"one"_s);
        const QByteArray target = "/dialogs/" + id + "/join";
        const QJsonObject profile{{u"display_name"_s, u"Bob\u202E"_s}, {u"company"_s, u"B"_s},
            {u"email"_s, u"b@b.example"_s}};
        QCOMPARE(bench->post("bob", target, profile).code(), u"BAD_REQUEST"_s);
        QCOMPARE(bench->post("bob", target, profile, scoped({u"south"_s})).code(), u"FORBIDDEN"_s);
        QVERIFY(bench->broadcaster.take().isEmpty());
        const ApiAnswer joined = bench->post("bob", target, profile, scoped({u"north"_s}));
        QCOMPARE(joined.object(),
            QJsonObject({{u"status"_s, u"joined"_s}, {u"dialog_id"_s, QString::fromLatin1(id)}}));
        QCOMPARE(
            bench->broadcaster.take(), QStringList({u"system -> 1 2"_s, u"joined bob -> 1 2"_s}));
        QCOMPARE(bench->broadcaster.lastMessage.content,
            u"{\"company\":\"B\",\"event\":\"participant_joined\",\"name\":\"Bob\"}"_s);
        const ApiAnswer again = bench->post("bob", target, profile, scoped({u"north"_s}));
        QCOMPARE(again.code(), u"BAD_REQUEST"_s);
        QCOMPARE(bench->post("bob", "/dialogs/" + Nowhere + "/join", profile, scoped({})).code(),
            u"DIALOG_NOT_FOUND"_s);
        // All that was said before is unread to the newcomer.
        QVERIFY(bench->get("bob", "/dialogs").rows().at(0).toObject().value(u"unread_count").toInt()
            >= 1);
    }

    void joiningChecksTheProfile_data()
    {
        QTest::addColumn<QJsonObject>("profile");
        const auto row = [](const char *name, const QString &who, const QString &company,
                             const QString &email, const QString &phone) {
            QTest::newRow(name) << QJsonObject{{u"display_name"_s, who}, {u"company"_s, company},
                {u"email"_s, email}, {u"phone"_s, phone}};
        };
        row("blank name", u" \u200B"_s, u"c"_s, u""_s, u""_s);
        row("long name", QString(101, u'ж'), u"c"_s, u""_s, u""_s);
        row("long company", u"n"_s, QString(201, u'c'), u""_s, u""_s);
        row("long email", u"n"_s, u"c"_s, QString(255, u'e'), u""_s);
        row("long phone", u"n"_s, u"c"_s, u""_s, QString(51, u'1'));
    }
    void joiningChecksTheProfile()
    {
        QFETCH(QJsonObject, profile);
        const QByteArray id = bench->conversation({"ana"}, scope(u"north"_s));
        const ApiAnswer answer
            = bench->post("bob", "/dialogs/" + id + "/join", profile, scoped({u"north"_s}));
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.code(), u"INVALID_INPUT"_s);
        QVERIFY(bench->broadcaster.take().isEmpty());
    }

    void leavingIsSaidOnlyWhenItIsTrue()
    {
        const QByteArray id = bench->conversation({"ana", "bob"});
        const QByteArray target = "/dialogs/" + id + "/leave";
        QCOMPARE(bench->post("carol", target).object(), QJsonObject({{u"status"_s, u"left"_s}}));
        QVERIFY(bench->broadcaster.take().isEmpty());
        QCOMPARE(bench->post("bob", target).status, 200);
        QCOMPARE(bench->broadcaster.take(), QStringList({u"system -> 1"_s, u"left bob -> 1 2"_s}));
        QCOMPARE(bench->broadcaster.lastMessage.content,
            u"{\"event\":\"participant_left\",\"name\":\"BOB\"}"_s);
        QCOMPARE(bench->get("bob", "/dialogs/" + id + "/messages").status, 403);
    }

    void switchesArePrivateAndReachOnesOwnDevices_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("field");
        QTest::addColumn<bool>("value");
        QTest::newRow("archive") << QByteArray("archive") << u"archived"_s << u"is_archived"_s
                                 << true;
        QTest::newRow("unarchive")
            << QByteArray("unarchive") << u"unarchived"_s << u"is_archived"_s << false;
        QTest::newRow("pin") << QByteArray("pin") << u"pinned"_s << u"is_pinned"_s << true;
        QTest::newRow("unpin") << QByteArray("unpin") << u"unpinned"_s << u"is_pinned"_s << false;
    }
    void switchesArePrivateAndReachOnesOwnDevices()
    {
        QFETCH(QByteArray, action);
        QFETCH(QString, status);
        QFETCH(QString, field);
        QFETCH(bool, value);
        const QByteArray id = bench->conversation({"ana", "bob"});
        const QByteArray target = "/dialogs/" + id + '/' + action;
        QCOMPARE(bench->post("ana", target).object(), QJsonObject({{u"status"_s, status}}));
        QCOMPARE(bench->broadcaster.take(), QStringList({u"changed -> 1"_s}));
        QCOMPARE(bench->post("carol", target).code(), u"NOT_PARTICIPANT"_s);
        const QByteArray people = "/dialogs/" + id + "/participants";
        const auto seenBy = [&](const QByteArray &who) {
            return bench->get(who, people).rows().at(0).toObject().value(field).toBool();
        };
        QCOMPARE(seenBy("ana"), value);
        QCOMPARE(seenBy("bob"), false);
    }

    void notificationsTurnOffAndOn()
    {
        const QByteArray id = bench->conversation({"ana", "bob"});
        const QByteArray target = "/dialogs/" + id + "/notifications";
        const ApiAnswer off = bench->post("ana", target, QJsonObject{{u"enabled"_s, false}});
        QCOMPARE(off.object(), QJsonObject({{u"status"_s, u"disabled"_s}}));
        QCOMPARE(bench->broadcaster.lastChange.muted, std::optional(true));
        QCOMPARE(bench->post("ana", target, QJsonObject{{u"enabled"_s, 1}}).status, 422);
        QCOMPARE(bench->post("carol", target, QJsonObject{{u"enabled"_s, true}}).code(),
            u"NOT_PARTICIPANT"_s);
    }

    void participantsAreThePresenceSnapshot()
    {
        const QByteArray id = bench->conversation({"ana", "bob"}, scope(u"north"_s));
        bench->broadcaster.online.insert(PersonKey{2});
        const ApiAnswer answer = bench->get("ana", "/dialogs/" + id + "/participants");
        const auto reply = net::mtchat::decodeParticipantsReply(answer.body);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->epoch, 42);
        QVERIFY(reply->complete);
        QCOMPARE(reply->participants.size(), 2);
        const auto &bob = reply->participants.at(1);
        QCOMPARE(bob.participant.user.value, u"bob"_s);
        QCOMPARE(bob.participant.email, u"bob@a.example"_s);
        QCOMPARE(bob.presence->presence.status, Status::Online);
        QCOMPARE(bob.presence->version.serial, 102);
        for (const QJsonValue &row : answer.rows())
            QVERIFY(row.toObject().value(u"is_online").isBool());

        const ApiAnswer outside
            = bench->get("carol", "/dialogs/" + id + "/participants", scoped({u"north"_s}));
        QCOMPARE(outside.status, 200);
        QVERIFY(outside.rows().at(1).toObject().value(u"email").isNull());
        QCOMPARE(bench->get("carol", "/dialogs/" + id + "/participants").code(), u"FORBIDDEN"_s);
    }

    void findsPeopleButNotOneself()
    {
        const ApiAnswer found = bench->get("ana", "/users?search=A");
        QStringList names;
        for (const QJsonValue &row : found.rows())
            names.append(row.toObject().value(u"id").toString());
        QCOMPARE(names, QStringList({u"carol"_s, u"dan"_s}));
        QVERIFY(!found.body.contains("email"));
        QCOMPARE(bench->get("ana", "/users?search=A&limit=1").rows().size(), 1);
    }

private:
    std::unique_ptr<ApiBench> bench;
};

QTEST_GUILESS_MAIN(tst_ConversationApi)
#include "tst_conversationapi.moc"
