// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "tests/integration/friends/friendspeer.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Main = FriendsPeer::MainSpace;

QJsonObject in(const ConversationId &conversation, QJsonObject payload = {})
{
    payload.insert(u"conversation_id"_s, conversation.value);
    return payload;
}

} // namespace

class tst_FriendsChat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageReachesEverybodyInEveryDialect();
    void aMessageOfMtchatArrivesAsPlainText();
    void markupIsTextAndStaysText();
    void aFileIsALinkInTheStoreAndAFileAgainOutside();
    void addressesThatNobodyMayOpenAreRefused_data();
    void addressesThatNobodyMayOpenAreRefused();
    void whoDoesNotTakePartWritesAndReadsNothing();
    void messagesAreLimited();
    void roomsTellWhoComesAndGoes();
    void invisiblePeopleAreInNoRoom();
    void oneMayNotHaveTooManyConversationsOpen();
};

void tst_FriendsChat::aMessageReachesEverybodyInEveryDialect()
{
    TestServer server(ServerTime::Manual);
    QVERIFY(server.start());
    FriendsPeer ana;
    FriendsPeer bao;
    FriendsPeer dan;
    Peer chi;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    QVERIFY(dan.open(server, u"dan"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    const auto answer = ana.ask(
        u"send_message"_s, {in(server.team(), {{u"text"_s, QString::fromUtf8("chào 🦊")}})});
    QVERIFY(answer);
    for (FriendsPeer *peer : {&ana, &bao}) {
        const auto heard = peer->waitForEvent(u"new_message"_s);
        QVERIFY(heard);
        const QJsonObject &message = heard->payload;
        QCOMPARE(message, answer->first().toObject());
        QCOMPARE(message.value("text"_L1).toString(), QString::fromUtf8("chào 🦊"));
        QCOMPARE(message.value("senderId"_L1).toString(), objectId(server, u"ana"_s));
        QCOMPARE(message.value("senderName"_L1).toString(), u"Ana"_s);
        QCOMPARE(message.value("conversationId"_L1).toString(), server.team().value);
        QVERIFY(message.value("url"_L1).isNull());
        QCOMPARE(message.value("createdAt"_L1).toString(), u"2026-02-07T14:00:00.000Z"_s);
        QCOMPARE(peer->count(u"new_message"_s), 1);
    }
    const auto seen = chi.waitForType(u"message.new"_s);
    QVERIFY(seen);
    QCOMPARE(seen->value("sender_id"_L1).toString(), u"ana-id"_s);
    QCOMPARE(seen->value("content"_L1).toString(), QString::fromUtf8("<p>chào 🦊</p>"));
    QVERIFY(dan.settle());
    QCOMPARE(dan.count(u"new_message"_s), 0);
}

void tst_FriendsChat::aMessageOfMtchatArrivesAsPlainText()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer bao;
    QVERIFY(bao.open(server, u"bao"_s));
    Rest rest(server);
    const QString path = u"/api/v1/dialogs/%1/messages"_s.arg(server.team().value);
    QCOMPARE(
        rest.post(path,
                {{u"content"_s,
                    u"<p>1 &lt; 2 &amp; <b>bold</b></p><script>x</script><ul><li>one</li></ul>"_s}},
                server.token(u"ana"_s))
            .status,
        200);
    const auto heard = bao.waitForEvent(u"new_message"_s);
    QVERIFY(heard);
    QCOMPARE(heard->payload.value("text"_L1).toString(), u"1 < 2 & bold\n- one"_s);
}

void tst_FriendsChat::markupIsTextAndStaysText()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer ana;
    Peer chi;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    const QString hostile = u"<img src=x onerror=alert(1)>\n\"&amp;' </p>"_s;
    ana.say(u"send_message"_s, in(server.team(), {{u"text"_s, hostile}}));
    const auto stored = chi.waitForType(u"message.new"_s);
    QVERIFY(stored);
    const QString content = stored->value("content"_L1).toString();
    QVERIFY(!content.contains("<img"_L1));
    QVERIFY(content.contains("&lt;img src=x onerror=alert(1)&gt;<br>"_L1));
    QVERIFY(content.contains("&amp;amp;"_L1));
    const auto heard = ana.waitForEvent(u"new_message"_s);
    QVERIFY(heard);
    QCOMPARE(heard->payload.value("text"_L1).toString(), hostile);
}

void tst_FriendsChat::aFileIsALinkInTheStoreAndAFileAgainOutside()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer ana;
    Peer chi;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    ana.say(u"send_message"_s,
        in(server.team(),
            {{u"text"_s, u"here"_s}, {u"url"_s, u"https://files.example/n%20o.txt?a=1&b=2"_s},
                {u"fileName"_s, u"notes.txt"_s}}));
    const auto stored = chi.waitForType(u"message.new"_s);
    QVERIFY(stored);
    QVERIFY(stored->value("content"_L1)
                .toString()
                .contains("href=\"https://files.example/n%20o.txt?a=1&amp;b=2\""_L1));
    const auto heard = ana.waitForEvent(u"new_message"_s);
    QVERIFY(heard);
    QCOMPARE(heard->payload.value("text"_L1).toString(), u"here"_s);
    QCOMPARE(
        heard->payload.value("url"_L1).toString(), u"https://files.example/n%20o.txt?a=1&b=2"_s);
    QCOMPARE(heard->payload.value("fileName"_L1).toString(), u"notes.txt"_s);
}

void tst_FriendsChat::addressesThatNobodyMayOpenAreRefused_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("script") << u"javascript:alert(1)"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("no address") << u"somewhere"_s;
    QTest::newRow("a share") << u"\\\\host\\share"_s;
}

void tst_FriendsChat::addressesThatNobodyMayOpenAreRefused()
{
    QFETCH(QString, url);
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const auto answer = ana.ask(u"send_message"_s, {in(server.team(), {{u"url"_s, url}})});
    QVERIFY(answer);
    QCOMPARE(answer->first().toObject().value("code"_L1).toString(), u"SEND_MESSAGE_FAILED"_s);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"new_message"_s), 0);
}

void tst_FriendsChat::whoDoesNotTakePartWritesAndReadsNothing()
{
    TestServer server;
    QVERIFY(server.start());
    FriendsPeer ana;
    FriendsPeer dan;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(dan.open(server, u"dan"_s));
    const QJsonObject text{{u"text"_s, u"let me in"_s}};
    const auto foreign = dan.ask(u"send_message"_s, {in(server.team(), text)});
    const auto nowhere
        = dan.ask(u"send_message"_s, {in({u"0194e3a0-0000-7000-8000-00000000ffff"_s}, text)});
    QVERIFY(foreign && nowhere);
    QCOMPARE(*foreign, *nowhere); // which of them exists is not told
    QCOMPARE(*dan.ask(u"join_conversation"_s, {in(server.team())}),
        *dan.ask(u"join_conversation"_s, {in({u"0194e3a0-0000-7000-8000-00000000ffff"_s})}));
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"new_message"_s), 0);
    QCOMPARE(ana.count(u"user_joined"_s), 0);
}

void tst_FriendsChat::messagesAreLimited()
{
    TestServer server(ServerTime::Manual);
    server.options.limits.messages = {3, 1s};
    QVERIFY(server.start());
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    const auto send = [&] {
        const auto answer = ana.ask(u"send_message"_s, {in(server.team(), {{u"text"_s, u"hi"_s}})});
        return answer ? answer->first().toObject().value("code"_L1).toString() : u"none"_s;
    };
    for (int i = 0; i < 3; ++i)
        QCOMPARE(send(), QString());
    QCOMPARE(send(), u"SEND_MESSAGE_FAILED"_s);
    server.advance(1s);
    QCOMPARE(send(), QString());
    QCOMPARE(ana.count(u"new_message"_s), 4);
}

void tst_FriendsChat::roomsTellWhoComesAndGoes()
{
    TestServer server;
    QVERIFY(server.start());
    const QString bao = objectId(server, u"bao"_s);
    FriendsPeer ana;
    FriendsPeer pc;
    FriendsPeer phone;
    FriendsPeer chi; // has not opened it
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(pc.open(server, u"bao"_s, u"pc"_s));
    QVERIFY(phone.open(server, u"bao"_s, u"phone"_s));
    QVERIFY(chi.open(server, u"chi"_s));
    ana.say(u"join_conversation"_s, in(server.team()));
    const auto joined = ana.waitForEvent(u"joined_conversation"_s);
    QVERIFY(joined);
    QCOMPARE(joined->payload.value("user_id"_L1).toString(), objectId(server, u"ana"_s));
    QCOMPARE(joined->payload.value("username"_L1).toString(), u"Ana"_s);

    pc.say(u"join_conversation"_s, in(server.team()));
    const auto other = ana.waitForEvent(u"user_joined"_s);
    QVERIFY(other);
    QCOMPARE(other->payload.value("user_id"_L1).toString(), bao);
    phone.say(u"join_conversation"_s, in(server.team()));
    QVERIFY(phone.waitForEvent(u"joined_conversation"_s));
    pc.say(u"leave_conversation"_s, in(server.team()));
    QVERIFY(pc.waitForEvent(u"left_conversation"_s));
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_joined"_s), 1); // a second device is nobody new
    QCOMPARE(ana.count(u"user_left"_s), 0); // and the first is not the last
    phone.close();
    const auto left = ana.waitForEvent(u"user_left"_s);
    QVERIFY(left);
    QCOMPARE(left->payload.value("user_id"_L1).toString(), bao);
    QVERIFY(chi.settle());
    QCOMPARE(chi.count(u"user_joined"_s) + chi.count(u"user_left"_s), 0);
}

void tst_FriendsChat::invisiblePeopleAreInNoRoom()
{
    TestServer server;
    QVERIFY(server.start());
    const auto wish = [&server](IntentStatus status) {
        return bool(server.server().hub().setIntent(server.key(u"bao"_s), {status, {}, {}}));
    };
    FriendsPeer ana;
    FriendsPeer bao;
    QVERIFY(ana.open(server, u"ana"_s));
    QVERIFY(bao.open(server, u"bao"_s));
    ana.say(u"join_conversation"_s, in(server.team()));
    QVERIFY(ana.waitForEvent(u"joined_conversation"_s));
    QVERIFY(wish(IntentStatus::Invisible));
    bao.say(u"join_conversation"_s, in(server.team()));
    QVERIFY(bao.waitForEvent(u"joined_conversation"_s));
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_joined"_s), 0);
    QVERIFY(wish(IntentStatus::Auto)); // appearing looks like coming
    QVERIFY(ana.waitForEvent(u"user_joined"_s));
    QVERIFY(wish(IntentStatus::Invisible)); // and hiding like going
    QVERIFY(ana.waitForEvent(u"user_left"_s));
    bao.close();
    QTRY_COMPARE(server.server().presence().ledger().leaseCount(), 1);
    QVERIFY(ana.settle());
    QCOMPARE(ana.count(u"user_left"_s), 1);
}

void tst_FriendsChat::oneMayNotHaveTooManyConversationsOpen()
{
    TestServer server;
    server.options.limits.frames = {10'000, 1ms};
    QVERIFY(server.start());
    FriendsPeer ana;
    QVERIFY(ana.open(server, u"ana"_s));
    QString code;
    for (int i = 0; i <= 100; ++i) {
        NewConversation conversation;
        NewParticipant participant;
        participant.person = server.key(u"ana"_s);
        conversation.participants = {participant};
        const auto made
            = server.database().conversations().add(conversation, server.clock().wallNow());
        QVERIFY(made);
        const auto answer = ana.ask(u"join_conversation"_s, {in(made->id)});
        QVERIFY(answer);
        code = answer->first().toObject().value("code"_L1).toString();
        QVERIFY2(code.isEmpty() == (i < 100), qPrintable(QString::number(i)));
    }
    QCOMPARE(code, u"JOIN_FAILED"_s);
}

QTEST_GUILESS_MAIN(tst_FriendsChat)
#include "tst_friendschat.moc"
