// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "apibench.h"

#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Nowhere = "0194e3a0-0000-7000-8000-00000000dead";
const QByteArray Dialogs = "/management/dialogs";

QJsonObject named(const QString &who)
{
    return {{u"user_id"_s, who}, {u"display_name"_s, who.toUpper()}};
}

} // namespace

class tst_ManagementApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ApiBench>(); }
    void cleanup() { bench.reset(); }

    void makesAConversationWithPeopleItHasNotSeenBefore()
    {
        const ApiAnswer made = bench->post({}, Dialogs,
            QJsonObject{{u"object_id"_s, u"7"_s}, {u"object_type"_s, u"order"_s},
                {u"object_url"_s, u"https://shop.example/7"_s}, {u"meta"_s, QJsonArray{1, u"x"_s}},
                {u"participants"_s,
                    QJsonArray{named(u"a@b.example"_s), named(u"bob"_s), named(u"bob"_s)}}});
        QCOMPARE(made.status, 200);
        QCOMPARE(made.data().value(u"created_by").toString(), u"a@b.example"_s);
        QVERIFY(made.data().value(u"title").isNull());
        QCOMPARE(made.data().value(u"meta").toArray(), QJsonArray({1, u"x"_s}));
        QCOMPARE(bench->broadcaster.take(),
            QStringList({u"person -> 1"_s, u"person -> 2"_s, u"joined a@b.example -> 1 2"_s,
                u"joined bob -> 1 2"_s}));
        const QByteArray id = made.data().value(u"id").toString().toLatin1();
        const QJsonArray messages
            = bench->get("bob", "/dialogs/" + id + "/messages").data().value(u"messages").toArray();
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages.at(0).toObject().value(u"content").toString(),
            u"{\"event\":\"chat_created\",\"participants\":[{\"name\":\"A@B.EXAMPLE\"},{\"name\":\"BOB\"}]}"_s);
        QVERIFY(messages.at(0).toObject().value(u"sender_id").isNull());
    }

    void refusesHalfABody()
    {
        QCOMPARE(bench->post({}, Dialogs, QJsonObject{}).status, 422);
        QCOMPARE(bench
                     ->post({}, Dialogs,
                         QJsonObject{{u"object_id"_s, u"7"_s}, {u"object_type"_s, u"order"_s},
                             {u"participants"_s, QJsonArray{QJsonObject{}}}})
                     .body,
            QByteArray("participants[0].user_id: missing\n"));
        QCOMPARE(bench->post({}, Dialogs).status, 415);
        QVERIFY(bench->broadcaster.take().isEmpty());
    }

    void findsByObjectAndExactScopes()
    {
        const QJsonArray north{QJsonObject{{u"scope_level0"_s, QJsonArray{u"north"_s}}}};
        const QByteArray plain = bench->conversation({"ana"});
        const QByteArray scoped = bench->conversation({"ana"}, north);
        const auto search = [this](const std::optional<QJsonArray> &scopes) {
            QJsonObject body{{u"object_id"_s, u"7"_s}, {u"object_type"_s, u"tender"_s}};
            if (scopes)
                body.insert(u"access_scopes"_s, *scopes);
            return bench->post({}, Dialogs + "/search", body)
                .data()
                .value(u"id")
                .toString()
                .toLatin1();
        };
        QCOMPARE(search(north), scoped);
        QCOMPARE(search(QJsonArray()), plain);
        QCOMPARE(search(QJsonArray{QJsonObject{{u"scope_level0"_s, QJsonArray{u"south"_s}}}}),
            QByteArray());
    }

    void showsEverythingOfOne()
    {
        const QByteArray id = bench->conversation(
            {"ana", "bob"}, {QJsonObject{{u"scope_level1"_s, QJsonArray{u"x"_s}}}});
        const QJsonObject one = bench->get({}, Dialogs + '/' + id).data();
        QCOMPARE(one.value(u"participants").toArray().size(), 2);
        QVERIFY(!one.value(u"participants").toArray().at(0).toObject().contains(u"is_online"));
        const QJsonObject scope = one.value(u"access_scopes").toArray().at(0).toObject();
        QCOMPARE(scope.keys(),
            QStringList({u"created_at"_s, u"dialog_id"_s, u"id"_s, u"scope_level0"_s,
                u"scope_level1"_s, u"scope_level2"_s}));
        QCOMPARE(bench->get({}, Dialogs + '/' + Nowhere).code(), u"NOT_FOUND"_s);
        const ApiAnswer replaced = bench->put({}, Dialogs + '/' + id + "/access-scopes",
            QJsonObject{{u"access_scopes"_s, QJsonArray{QJsonObject{}, QJsonObject{}}}});
        QCOMPARE(replaced.rows().size(), 2);
        QCOMPARE(bench
                     ->put({}, Dialogs + '/' + Nowhere + "/access-scopes",
                         QJsonObject{{u"access_scopes"_s, QJsonArray{}}})
                     .code(),
            u"NOT_FOUND"_s);
    }

    void peopleComeAndGo()
    {
        const QByteArray id = bench->conversation({"ana"});
        const QByteArray people = Dialogs + '/' + id + "/participants";
        QCOMPARE(bench->post({}, people, named(u"bob"_s)).status, 201);
        QCOMPARE(
            bench->broadcaster.take(), QStringList({u"person -> 2"_s, u"joined bob -> 1 2"_s}));
        QCOMPARE(bench->post({}, people, named(u"bob"_s)).status, 201);
        QVERIFY(bench->broadcaster.take().isEmpty());
        QCOMPARE(bench->remove({}, people + "/bob").status, 204);
        QCOMPARE(bench->broadcaster.take(), QStringList({u"left bob -> 1 2"_s}));
        QCOMPARE(bench->remove({}, people + "/bob").status, 204);
        QCOMPARE(bench->remove({}, people + "/nobody").status, 204);
        QVERIFY(bench->broadcaster.take().isEmpty());
        QCOMPARE(bench->post({}, Dialogs + '/' + Nowhere + "/participants", named(u"bob"_s)).code(),
            u"NOT_FOUND"_s);
    }

    void removingTellsThoseWhoWereInIt()
    {
        const QByteArray id = bench->conversation({"ana", "bob"});
        QCOMPARE(bench->remove({}, Dialogs + '/' + id).status, 204);
        QCOMPARE(bench->broadcaster.take(),
            QStringList({u"left ana -> 1"_s, u"left bob -> 2"_s, u"removed -> 1 2"_s}));
        QCOMPARE(bench->remove({}, Dialogs + '/' + id).status, 204);
        QVERIFY(bench->broadcaster.take().isEmpty());
        QCOMPARE(bench->get("ana", "/dialogs").rows().size(), 0);
    }

    void makesPeopleWhoCanSignIn()
    {
        const QJsonObject eve{{u"login"_s, u"eve"_s}, {u"password"_s, u"correct horse"_s},
            {u"display_name"_s, u"Eve\u202E"_s}, {u"ids"_s, QJsonObject{{u"polling"_s, 77}}}};
        const ApiAnswer made = bench->post({}, "/management/users", eve);
        QCOMPARE(made.status, 200);
        QCOMPARE(made.data().value(u"display_name").toString(), u"Eve"_s);
        QCOMPARE(made.data().value(u"ids").toObject().value(u"polling").toString(), u"77"_s);
        QVERIFY(!made.body.contains("correct horse"));
        const auto stored = bench->database().people().findByLogin(u"EVE"_s);
        QVERIFY(stored.has_value());
        QCOMPARE(bench->database().people().passwordHash(stored->key)->value_or(QString()),
            u"hash of correct horse"_s);
        QCOMPARE(bench->post({}, "/management/users", eve).code(), u"CONFLICT"_s);
        QCOMPARE(bench
                     ->post({}, "/management/users",
                         QJsonObject{{u"login"_s, u"x"_s}, {u"password"_s, u"short"_s}})
                     .code(),
            u"INVALID_INPUT"_s);
    }

private:
    std::unique_ptr<ApiBench> bench;
};

QTEST_GUILESS_MAIN(tst_ManagementApi)
#include "tst_managementapi.moc"
