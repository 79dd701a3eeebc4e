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

QJsonObject content(const QString &text)
{
    return {{u"content"_s, text}};
}

} // namespace

//! People and keys: ana 1, bob 2, carol 3; ana and bob share a conversation.
class tst_MessageApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        bench = std::make_unique<ApiBench>();
        for (const char *name : {"ana", "bob", "carol"})
            bench->person(name);
        id = bench->conversation({"ana", "bob"});
        messages = "/dialogs/" + id + "/messages";
    }
    void cleanup() { bench.reset(); }

    void sendsToAllWhoTakePartAndNobodyElse()
    {
        const ApiAnswer sent = bench->post("ana", messages, content(u"<p>hi <b>you</b></p>"_s));
        QCOMPARE(sent.status, 200);
        const auto message = net::mtchat::messageFromJson(sent.data());
        QVERIFY(message.has_value());
        QCOMPARE(message->content, u"<p>hi <strong>you</strong></p>"_s);
        QCOMPARE(message->sender.value, u"ana"_s);
        QCOMPARE(bench->broadcaster.take(), QStringList({u"added -> 1 2"_s}));
        QCOMPARE(bench->broadcaster.lastMessage, *message);
        QCOMPARE(unreadOf("bob"), 1);
        QCOMPARE(unreadOf("ana"), 0);
        QCOMPARE(bench->post("carol", messages, content(u"x"_s)).code(), u"NOT_PARTICIPANT"_s);
        QCOMPARE(
            bench->post("ana", "/dialogs/" + Nowhere + "/messages", content(u"x"_s)).status, 403);
    }

    void storesNothingThatCouldRun()
    {
        const ApiAnswer sent = bench->post(
            "ana", messages, content(u"<p onclick=x>a<script>b</script><img src=x></p>"_s));
        QCOMPARE(sent.data().value(u"content").toString(), u"<p>a</p>"_s);
        const ApiAnswer edited
            = bench->put("ana", messages + '/' + sent.data().value(u"id").toString().toLatin1(),
                content(u"<a href=\"javascript:x\">c</a>"_s));
        QCOMPARE(edited.data().value(u"content").toString(), u"c"_s);
    }

    void boundsWhatItTakes()
    {
        const auto status = [this](const QJsonObject &body) {
            const ApiAnswer answer = bench->post("ana", messages, body);
            return answer.code().isEmpty() ? QString::number(answer.status) : answer.code();
        };
        QCOMPARE(status(content(QString(50'000, u'x'))), u"200"_s);
        QCOMPARE(status(content(QString(50'001, u'x'))), u"INVALID_INPUT"_s);
        QCOMPARE(status(content(QString(25'001, u'ж'))), u"INVALID_INPUT"_s);
        QCOMPARE(status(content(u""_s)), u"200"_s);
        QCOMPARE(status({}), u"422"_s);
        QCOMPARE(status({{u"content"_s, 7}}), u"422"_s);
        QJsonObject many = content(u"x"_s);
        QJsonArray files;
        for (int i = 0; i < 11; ++i)
            files.append(QJsonObject{{u"s3_key"_s, u"k"_s}, {u"filename"_s, u"f"_s},
                {u"content_type"_s, u"text/plain"_s}, {u"size"_s, 1}});
        many.insert(u"attachments"_s, files);
        QCOMPARE(status(many), u"BAD_REQUEST"_s);
        QCOMPARE(bench
                     ->call({"POST", messages, "ana", {}, {{"Content-Type", "application/json"}},
                         "{\"content\":"})
                     .status,
            400);
        QCOMPARE(bench->call({"POST", messages, "ana", {}, {{"Content-Type", "text/plain"}}, "{}"})
                     .status,
            415);
    }

    void theSameKeyStoresAndTellsOnce()
    {
        const net::HeaderList key{{"Idempotency-Key", "k-1"}};
        const ApiAnswer first = bench->post("ana", messages, content(u"once"_s), key);
        QCOMPARE(bench->broadcaster.take(), QStringList({u"added -> 1 2"_s}));
        bench->clock.advance(Milliseconds{5000});
        const ApiAnswer second = bench->post("ana", messages, content(u"once"_s), key);
        QCOMPARE(second.status, 200);
        QCOMPARE(second.body, first.body);
        QVERIFY(bench->broadcaster.take().isEmpty());
        QCOMPARE(unreadOf("bob"), 1);
        // Keys belong to their senders.
        const ApiAnswer other = bench->post("bob", messages, content(u"mine"_s), key);
        QVERIFY(other.data().value(u"id") != first.data().value(u"id"));
        const QByteArray elsewhere = bench->conversation({"ana", "carol"});
        QCOMPARE(
            bench->post("ana", "/dialogs/" + elsewhere + "/messages", content(u"x"_s), key).code(),
            u"CONFLICT"_s);
        QCOMPARE(bench->post("ana", messages, content(u"x"_s), {{"Idempotency-Key", ""}}).code(),
            u"BAD_REQUEST"_s);
    }

    void repliesStayInTheirConversation()
    {
        const QByteArray first = bench->message("bob", id, u"one"_s);
        QJsonObject reply = content(u"two"_s);
        reply.insert(u"reply_to"_s, QString::fromLatin1(first));
        QCOMPARE(
            bench->post("ana", messages, reply).data().value(u"reply_to_id").toString().toLatin1(),
            first);
        const QByteArray elsewhere = bench->conversation({"ana", "carol"});
        QCOMPARE(bench->post("ana", "/dialogs/" + elsewhere + "/messages", reply).status, 400);
    }

    void aMessageTakesTheConversationOutOfTheArchive()
    {
        bench->post("bob", "/dialogs/" + id + "/archive");
        (void)bench->broadcaster.take();
        bench->post("ana", messages, content(u"x"_s));
        QCOMPARE(bench->broadcaster.take(), QStringList({u"added -> 1 2"_s, u"unarchived -> 2"_s}));
    }

    void pagesGoBothWaysAndKnowWhatIsUnread()
    {
        QList<QByteArray> ids;
        for (int i = 0; i < 7; ++i)
            ids.append(bench->message("ana", id, QString::number(i)));
        const auto page = [&](const QByteArray &who, const QByteArray &query) {
            const ApiAnswer answer = bench->get(who, messages + query);
            return *net::mtchat::messagePageFromJson({}, answer.data());
        };
        const auto texts = [](const MessagePage &page) {
            QString joined;
            for (const Message &message : page.messages)
                joined += message.kind == MessageKind::System ? u"S"_s : message.content;
            return joined;
        };
        const MessagePage latest = page("bob", "?limit=3");
        QCOMPARE(texts(latest), u"456"_s);
        QVERIFY(latest.hasMoreBefore && !latest.hasMoreAfter);
        const MessagePage before = page("bob", "?limit=3&before=" + ids[4]);
        QCOMPARE(texts(before), u"123"_s);
        const MessagePage after = page("bob", "?limit=2&after=" + ids[4]);
        QCOMPARE(texts(after), u"56"_s);
        QVERIFY(after.hasMoreBefore && after.hasMoreAfter);
        const MessagePage around = page("bob", "?limit=4&around=" + ids[3]);
        QCOMPARE(texts(around), u"12345"_s);
        QVERIFY(!around.firstUnread);
        QCOMPARE(texts(page("bob", "?after=" + ids[5] + "&before=" + ids[1])), u"6"_s);
        bench->post("bob", "/dialogs/" + id + "/read",
            QJsonObject{{u"last_read_message_id"_s, QString::fromLatin1(ids[2])}});
        QCOMPARE(page("bob", "").firstUnread->value.toLatin1(), ids[3]);
        QCOMPARE(bench->get("carol", messages).code(), u"FORBIDDEN"_s);
        QCOMPARE(bench->get("ana", messages + "?limit=-5").status, 400);
    }

    void readingIsToldOnceAndNeverGoesBack()
    {
        const QByteArray first = bench->message("ana", id, u"one"_s);
        const QByteArray second = bench->message("ana", id, u"two"_s);
        const QByteArray target = "/dialogs/" + id + "/read";
        const auto read = [&](const QByteArray &who, const QByteArray &message) {
            return bench->post(who, target,
                QJsonObject{{u"last_read_message_id"_s, QString::fromLatin1(message)}});
        };
        QCOMPARE(read("bob", second).object(), QJsonObject({{u"success"_s, true}}));
        QCOMPARE(bench->broadcaster.take(), QStringList({u"read bob -> 1 2"_s, u"changed -> 2"_s}));
        QCOMPARE(unreadOf("bob"), 0);
        QCOMPARE(read("bob", second).status, 200);
        QCOMPARE(read("bob", first).status, 200);
        QVERIFY(bench->broadcaster.take().isEmpty());
        QCOMPARE(pointerSeenBy("ana"), QString::fromLatin1(second));
        QCOMPARE(read("bob", Nowhere).code(), u"MESSAGE_NOT_FOUND"_s);
        QCOMPARE(read("carol", second).code(), u"FORBIDDEN"_s);
        QCOMPARE(bench
                     ->post("bob", "/dialogs/" + Nowhere + "/read",
                         QJsonObject{{u"last_read_message_id"_s, QString::fromLatin1(first)}})
                     .code(),
            u"NOT_FOUND"_s);
    }

    void invisibleReadersAreNotSeenReading()
    {
        const QByteArray first = bench->message("ana", id, u"one"_s);
        bench->broadcaster.invisible.insert(PersonKey{2});
        const QString before = pointerSeenBy("ana");
        bench->post("bob", "/dialogs/" + id + "/read",
            QJsonObject{{u"last_read_message_id"_s, QString::fromLatin1(first)}});
        QCOMPARE(bench->broadcaster.take(), QStringList({u"read bob -> 2"_s, u"changed -> 2"_s}));
        QCOMPARE(pointerSeenBy("ana"), before);
        QCOMPARE(pointerSeenBy("bob"), QString::fromLatin1(first));
        QCOMPARE(unreadOf("bob"), 0);
    }

    void onlyTheAuthorChangesAMessage()
    {
        const QByteArray message = messages + '/' + bench->message("ana", id, u"one"_s);
        QCOMPARE(bench->put("bob", message, content(u"x"_s)).code(), u"NOT_MESSAGE_AUTHOR"_s);
        QCOMPARE(bench->remove("bob", message).code(), u"NOT_MESSAGE_AUTHOR"_s);
        const ApiAnswer edited = bench->put("ana", message, content(u"two"_s));
        QCOMPARE(edited.data().value(u"content").toString(), u"two"_s);
        QVERIFY(edited.data().value(u"last_edited_at").isString());
        QCOMPARE(bench->broadcaster.take(), QStringList({u"edited -> 1 2"_s}));
        QCOMPARE(bench->remove("ana", message).status, 204);
        QCOMPARE(bench->broadcaster.take(), QStringList({u"deleted -> 1 2"_s}));
        QCOMPARE(bench->get("ana", message).code(), u"MESSAGE_NOT_FOUND"_s);
        QCOMPARE(bench->remove("ana", message).code(), u"MESSAGE_NOT_FOUND"_s);
    }

    void outsidersCannotTellAMessageFromNone()
    {
        const QByteArray message = bench->message("ana", id, u"one"_s);
        for (const QByteArray &target : {messages + '/' + message, messages + '/' + Nowhere}) {
            QCOMPARE(bench->get("carol", target).body,
                bench->get("carol", messages + '/' + Nowhere).body);
            QCOMPARE(bench->get("carol", target).status, 404);
            QCOMPARE(bench->put("carol", target, content(u"x"_s)).status, 404);
            QCOMPARE(bench->remove("carol", target).status, 404);
        }
        QCOMPARE(bench->get("bob", messages + '/' + message).status, 200);
    }

    void findsWordsOnlyInWhatOneMayRead()
    {
        bench->message("ana", id, u"<p>The <b>green</b> fox</p>"_s);
        const ApiAnswer found = bench->get("bob", "/search?q=green");
        QCOMPARE(found.rows().size(), 1);
        const auto hit = net::mtchat::messageHitFromJson(found.rows().at(0).toObject());
        QVERIFY(hit.has_value());
        QCOMPARE(hit->conversationTitle, u"The tender"_s);
        QCOMPARE(hit->senderName, u"ANA"_s);
        QCOMPARE(bench->get("carol", "/search?q=green").rows().size(), 0);
        QCOMPARE(bench->get("bob", "/search?q=strong").rows().size(), 0);
    }

private:
    [[nodiscard]] int unreadOf(const QByteArray &who)
    {
        return bench->get(who, "/dialogs/" + id).data().value(u"unread_count").toInt(-1);
    }
    //! How far bob has read, as \a who sees it.
    [[nodiscard]] QString pointerSeenBy(const QByteArray &who)
    {
        return bench->get(who, "/dialogs/" + id + "/participants")
            .rows()
            .at(1)
            .toObject()
            .value(u"last_read_message_id")
            .toString();
    }

    std::unique_ptr<ApiBench> bench;
    QByteArray id;
    QByteArray messages;
};

QTEST_GUILESS_MAIN(tst_MessageApi)
#include "tst_messageapi.moc"
