// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/roles.h"
#include "tests/gui/windowfixture.h"
#include "ui/desktop/plainlabel.h"

#include <QElapsedTimer>
#include <QLabel>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

QStringList corpus()
{
    return {u"<b>bold</b>"_s, u"<img src=\"file:///etc/passwd\">"_s,
        u"<img src='http://127.0.0.1:9/x.png'>"_s, u"<table><tr><td>x"_s,
        u"<script>alert(1)</script>"_s, u"<a href=\"javascript:alert(1)\">x</a>"_s,
        u"<font size=7 color=red>big</font>"_s, u"&lt;b&gt;twice&lt;/b&gt;"_s,
        u"<style>*{display:none}</style>"_s, u"<qt>rich</qt>"_s,
        u"<!DOCTYPE html><html><body>page"_s, u"a\u202Egnp.exe"_s, u"\u2066isolated"_s,
        u"zero\u200Bwidth"_s, u"\u0007\u001B[2Jbell"_s, u"\u001B]52;c;AAAA\u0007"_s,
        u"Zalgo\u0300\u0301\u0302\u0303\u0304\u0305"_s, u"👨‍👩‍👧‍👦 family"_s,
        u"🇻🇳 flag"_s, u"עברית and English"_s, u"العربية"_s, u"\uFDFD"_s, QString(200, u'W'),
        u"line\nbreak"_s, u"tab\there"_s, u"%1 %2 %n"_s, u"{\"event\":\"x\"}"_s,
        QString(QChar(0xD800)) + u" lone"_s, u"A&B"_s, u"&Amp"_s, u"   "_s,
        u"ＦＵＬＬ ｗｉｄｔｈ"_s, u"\u2028separator"_s, u"<<<<>>>>"_s,
        u"<a href=\"data:text/html,x\">x"_s, u"<iframe src=x>"_s, u"<meta http-equiv=refresh>"_s};
}

} // namespace

class tst_HostileText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLabelIsPlain()
    {
        WindowFixture fixture;
        fixture.showOpen();
        const auto labels = fixture.window.findChildren<QLabel *>();
        QVERIFY(labels.size() > 5);
        for (const QLabel *label : labels)
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void isShownPlainInEveryPlace_data()
    {
        QTest::addColumn<QString>("text");
        const QStringList all = corpus();
        for (qsizetype i = 0; i < all.size(); ++i)
            QTest::addRow("%02d", int(i)) << all[i];
    }
    void isShownPlainInEveryPlace()
    {
        QFETCH(QString, text);
        WindowFixture fixture;
        Session &session = fixture.demo.session;
        const ConversationId id = DemoSession::conversation(1);
        session.apply(RosterEvent{{Person{DemoSession::user(u"evil"_s), text, u"evil"_s, true}}});
        session.apply(ParticipantsEvent{id,
            {fixture.demo.participant(u"mia"_s, u"Mia Lindqvist"_s),
                fixture.demo.participant(u"evil"_s, text)}});
        Conversation conversation = *session.conversations().find(id);
        conversation.title = text;
        session.apply(ConversationUpsertedEvent{conversation});
        Message message = fixture.demo.text(9999, id, u"evil"_s, text, 0s);
        message.attachments << Attachment{{u"a"_s}, text, {}, 1, {}};
        session.apply(MessageAddedEvent{message});
        fixture.demo.setPresence(u"evil"_s, Status::Busy, {}, 1, text);
        session.presence().flush();
        fixture.showOpen();
        QVERIFY(!fixture.window.grab().isNull());

        const auto *title = fixture.child<ui::PlainLabel>(u"conversationTitle"_s);
        for (const QChar c : title->text())
            QVERIFY(c.category() != QChar::Other_Control);
        QVERIFY(!title->text().contains(QChar(0x202E)));
        QVERIFY(!title->toolTip().contains(u"<img"_s));
        QVERIFY(!title->toolTip().contains(u"<b>"_s));
    }

    void aVeryLongLineIsShownInTime()
    {
        WindowFixture fixture;
        fixture.demo.session.apply(MessageAddedEvent{fixture.demo.text(
            9999, DemoSession::conversation(1), u"ana"_s, QString(1'000'000, u'x'), 0s)});
        QElapsedTimer timer;
        timer.start();
        fixture.showOpen();
        QVERIFY(!fixture.window.grab().isNull());
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_MAIN(tst_HostileText)
#include "tst_hostiletext.moc"
