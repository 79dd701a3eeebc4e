// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// A day of the published client on our server, beside a client of ours.

#include "tests/integration/contract/publishedclient.h"

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

namespace {

bool isMessage(const QJsonObject &frame, const QString &id)
{
    return Peer::isType(frame, u"message.new"_s) && frame.value("id"_L1).toString() == id;
}

QStringList idsOf(const QJsonValue &list)
{
    QStringList ids;
    for (const QJsonValue &item : list.toArray())
        ids.append(item["id"_L1].toString());
    return ids;
}

} // namespace

class tst_PublishedClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void livesADay();
    void sharesADayWithAClientOfOurs();

private:
    //! As the host application does it: one conversation about one of its objects.
    QString makeDialog(const QStringList &people);

    std::unique_ptr<HostedServer> m_server;
};

void tst_PublishedClient::init()
{
    m_server = std::make_unique<HostedServer>();
    QVERIFY2(m_server->start(), qPrintable(m_server->errorText()));
}

QString tst_PublishedClient::makeDialog(const QStringList &people)
{
    QJsonArray participants;
    for (const QString &user : people)
        participants.append(QJsonObject{{u"user_id"_s, user}, {u"display_name"_s, user}});
    const QJsonObject scope{{u"scope_level0"_s, QJsonArray{u"sales"_s}}};
    return Rest(*m_server)
        .post(u"/api/v1/management/dialogs"_s,
            {{u"object_id"_s, u"42"_s}, {u"object_type"_s, u"deal"_s}, {u"title"_s, u"Deal 42"_s},
                {u"participants"_s, participants}, {u"access_scopes"_s, QJsonArray{scope}}})
        .data()["id"_L1]
        .toString();
}

void tst_PublishedClient::livesADay()
{
    PublishedClient vera(*m_server, u"vera@crm.example"_s, {u"sales"_s});
    PublishedClient walt(*m_server, u"walt"_s, {u"sales"_s});
    const QString dialog = makeDialog({vera.user(), walt.user()});
    const QString base = u"/dialogs/"_s + dialog;

    // Morning: two tabs, the lists, and nobody else there yet.
    auto first = vera.openTab();
    auto second = vera.openTab();
    QVERIFY(first && second);
    QCOMPARE(first->frames.first().value("type"_L1).toString(), u"connected"_s);
    QCOMPARE(first->frames.first().value("employee_id"_L1).toString(), vera.user());
    QCOMPARE(idsOf(vera.get(u"/dialogs"_s,
                           {{u"type"_s, u"participating"_s}, {u"archived"_s, u"false"_s}})
                       .data()),
        QStringList{dialog});
    QVERIFY(vera.get(u"/dialogs"_s, {{u"type"_s, u"available"_s}}).data().toArray().isEmpty());
    QCOMPARE(vera.get(u"/dialogs/by-object/deal/42"_s).data()["id"_L1].toString(), dialog);
    vera.show(*first, dialog);
    QCOMPARE(vera.dots(dialog).value(walt.user()), false);

    // Walt comes: both tabs see his dot. One of them goes: Vera's own stays for him.
    auto other = walt.openTab();
    QVERIFY(other);
    QVERIFY(first->waitForPresence(UserId{walt.user()}, true));
    QVERIFY(second->waitForPresence(UserId{walt.user()}, true));
    QCOMPARE(vera.dots(dialog).value(walt.user()), true);
    second->socket->close();
    QVERIFY(second->waitForClose());
    QVERIFY(other->settle());
    QCOMPARE(walt.dots(dialog).value(vera.user()), true);

    // She writes, he reads, she is told.
    const RestReply sent
        = vera.post(base + u"/messages"_s, {{u"content"_s, u"<p>Hi, <b>Walt</b></p>"_s}});
    QCOMPARE(sent.status, 200);
    const QString hello = sent.data()["id"_L1].toString();
    const auto isHello = [&](const QJsonObject &frame) { return isMessage(frame, hello); };
    const auto heard = other->waitFor(isHello);
    QVERIFY(heard && first->waitFor(isHello));
    QCOMPARE(heard->value("sender_id"_L1).toString(), vera.user());
    QCOMPARE(heard->value("content"_L1).toString(), u"<p>Hi, <strong>Walt</strong></p>"_s);
    QCOMPARE(walt.get(u"/dialogs"_s).data()[0]["unread_count"_L1].toInt(), 1);
    const RestReply read = walt.post(base + u"/read"_s, {{u"last_read_message_id"_s, hello}});
    QCOMPARE(read.body, QByteArray(R"({"success":true})"));
    QVERIFY(first->waitForType(u"message.read"_s));
    QCOMPARE(walt.get(u"/dialogs"_s).data()[0]["unread_count"_L1].toInt(), 0);

    // He answers with a quote and a file; both stand in the live event already.
    const QByteArray plan("the plan\n");
    const QJsonObject file = walt.upload(dialog, u"План \"A\".txt"_s, u"text/plain"_s, plan);
    QVERIFY(!file.isEmpty());
    const RestReply answered = walt.post(base + u"/messages"_s,
        {{u"content"_s, u""_s}, {u"reply_to"_s, hello}, {u"attachments"_s, QJsonArray{file}}});
    QCOMPARE(answered.status, 200);
    const QString answer = answered.data()["id"_L1].toString();
    const auto live
        = first->waitFor([&](const QJsonObject &frame) { return isMessage(frame, answer); });
    QVERIFY(live);
    const QJsonValue whole = live->value("payload"_L1)["message"_L1];
    QCOMPARE(whole["reply_to_id"_L1].toString(), hello);
    QCOMPARE(vera.download(whole["attachments"_L1][0]["url"_L1].toString()).body, plan);
    const QString address
        = u"/attachments/%1/url"_s.arg(whole["attachments"_L1][0]["id"_L1].toString());
    QCOMPARE(vera.download(vera.get(address).data()["url"_L1].toString()).body, plan);
    const QJsonValue page = vera.get(base + u"/messages"_s, {{u"limit"_s, u"50"_s}}).data();
    QCOMPARE(idsOf(page["messages"_L1]).last(), answer);
    QCOMPARE(page["first_unread_message_id"_L1].toString(), answer);
    QCOMPARE(page["has_more_after"_L1].toBool(true), false);

    // She corrects herself, puts the conversation away, and it comes back with the next message.
    QCOMPARE(vera.put(base + u"/messages/"_s + hello, {{u"content"_s, u"Hi"_s}}).status, 200);
    QVERIFY(other->waitForType(u"message.edited"_s));
    for (const QString &action : {u"pin"_s, u"unpin"_s, u"archive"_s})
        QCOMPARE(vera.post(base + u'/' + action).status, 200);
    QVERIFY(vera.get(u"/dialogs"_s, {{u"archived"_s, u"false"_s}}).data().toArray().isEmpty());
    walt.post(base + u"/messages"_s, {{u"content"_s, u"still there?"_s}});
    QVERIFY(first->waitForType(u"dialog.unarchived"_s));
    QCOMPARE(vera.get(u"/dialogs"_s, {{u"archived"_s, u"false"_s}}).data().toArray().size(), 1);

    // A colleague of the same department finds it, joins, and leaves again.
    PublishedClient xena(*m_server, u"xena"_s, {u"sales"_s});
    QCOMPARE(idsOf(xena.get(u"/dialogs"_s, {{u"type"_s, u"available"_s}}).data()).first(), dialog);
    const QJsonObject profile{{u"display_name"_s, u"Xena"_s}, {u"company"_s, u"CRM"_s}};
    const qsizetype before = first->frames.size();
    QCOMPARE(
        xena.post(base + u"/join"_s, profile).json().value("status"_L1).toString(), u"joined"_s);
    QVERIFY(first->waitForType(u"participant.joined"_s, before));
    QVERIFY(Peer::isType(first->frames.at(before), u"message.new"_s));
    QCOMPARE(first->frames.at(before).value("message_type"_L1).toString(), u"system"_s);
    QVERIFY(!first->frames.at(before).contains("sender_id"_L1));
    QCOMPARE(xena.post(base + u"/leave"_s).json().value("status"_L1).toString(), u"left"_s);
    QVERIFY(first->waitForType(u"participant.left"_s, before));
    QCOMPARE(xena.get(base + u"/messages"_s).status, 403);

    // The connection breaks; three seconds later the tab connects anew and asks for everything.
    first->drop();
    QVERIFY(other->waitForPresence(UserId{vera.user()}, false));
    const qsizetype seen = other->frames.size();
    first = vera.openTab();
    QVERIFY(first);
    vera.show(*first, dialog);
    QVERIFY(other->waitForPresence(UserId{vera.user()}, true, seen));
    QCOMPARE(vera.get(u"/dialogs"_s).data().toArray().size(), 1);
    QCOMPARE(vera.get(base + u"/messages"_s).status, 200);
    QCOMPARE(vera.dots(dialog).value(walt.user()), true);

    // Heartbeats are answered, odd frames do no harm, and evening comes.
    first->socket->sendTextMessage(u"not even JSON"_s);
    first->socket->sendBinaryMessage("\x01\x02");
    first->say(QJsonObject{{u"type"_s, u"something.new"_s}});
    vera.turnAway(*first, dialog);
    QVERIFY(first->settle());
    const qsizetype evening = other->frames.size();
    first->socket->close();
    QVERIFY(other->waitForPresence(UserId{vera.user()}, false, evening));
}

// The same conversation from both sides: each hears what its dialect knows, and neither what the
// other one alone has would confuse it.
void tst_PublishedClient::sharesADayWithAClientOfOurs()
{
    PublishedClient vera(*m_server, u"vera"_s, {u"sales"_s});
    const QString dialog = makeDialog({vera.user(), u"ana-id"_s});
    const QString messages = u"/api/v1/dialogs/%1/messages"_s.arg(dialog);
    const QString token = m_server->token(u"ana"_s);
    Rest rest(*m_server);
    auto tab = vera.openTab();
    QVERIFY(tab);
    Peer ours;
    QVERIFY(ours.open(*m_server, u"ana"_s));
    const UserId ana = m_server->id(u"ana"_s);
    QVERIFY(tab->waitForPresence(ana, true));

    // Away and busy have a dot on the other side, invisible has none.
    for (const QString &status : {u"away"_s, u"busy"_s}) {
        const qsizetype from = tab->frames.size();
        ours.say(QJsonObject{{u"type"_s, u"presence.set"_s}, {u"status"_s, status}});
        const auto update = tab->waitForPresence(ana, true, from);
        QVERIFY(update);
        QCOMPARE(update->value("status"_L1).toString(), status);
    }
    ours.say(QJsonObject{{u"type"_s, u"presence.set"_s}, {u"status"_s, u"invisible"_s}});
    QVERIFY(tab->waitForPresence(ana, false));
    QCOMPARE(vera.dots(dialog).value(ana.value), false);

    // Invisible, she types and reads: the page hears of neither.
    const QString hello
        = vera.post(u"/dialogs/%1/messages"_s.arg(dialog), {{u"content"_s, u"hello?"_s}})
              .data()["id"_L1]
              .toString();
    const auto heard
        = ours.waitFor([&](const QJsonObject &frame) { return isMessage(frame, hello); });
    QVERIFY(heard);
    QVERIFY(heard->contains("seq"_L1));
    const qsizetype from = tab->frames.size();
    ours.say(QJsonObject{{u"type"_s, u"typing"_s}, {u"dialog_id"_s, dialog}});
    QCOMPARE(rest.post(u"/api/v1/dialogs/%1/read"_s.arg(dialog),
                     {{u"last_read_message_id"_s, hello}}, token)
                 .status,
        200);
    QVERIFY(ours.settle());
    QVERIFY(tab->settle());
    QCOMPARE(tab->countType(u"typing"_s, from), 0);
    QCOMPARE(tab->countType(u"message.read"_s, from), 0);

    // Visible again, she answers twice with one key: the page sees it once.
    ours.say(QJsonObject{{u"type"_s, u"presence.set"_s}, {u"status"_s, u"auto"_s}});
    QVERIFY(tab->waitForPresence(ana, true, from));
    QNetworkRequest request = m_server->request(messages, token);
    request.setRawHeader("Idempotency-Key", "0194e3a0-0000-7000-8000-0000000000aa");
    const QByteArray body = R"({"content":"<p>hello</p>"})";
    QCOMPARE(rest.send(request, "POST", body).status, 200);
    QCOMPARE(rest.send(request, "POST", body).status, 200);
    QVERIFY(tab->settle());
    QCOMPARE(tab->countType(u"message.new"_s, from), 1);
    // Frames of the page bear no numbers, so that it can miss none.
    for (const QJsonObject &frame : std::as_const(tab->frames))
        QVERIFY(Peer::isType(frame, u"connected"_s) || !frame.contains("seq"_L1));
}

QTEST_GUILESS_MAIN(tst_PublishedClient)
#include "tst_publishedclient.moc"
