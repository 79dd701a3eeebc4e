// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagebody.h"
#include "ui/desktop/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace presently;
using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

MessageBody bodyOf(const QString &html, int width = 400)
{
    return {RichText::fromHtml(html), TextStyles::from(QFont()), lightPalette(), width};
}

} // namespace

class tst_MessageBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrapsToTheWidth()
    {
        const QString line = u"<p>%1</p>"_s.arg(u"word "_s.repeated(60));
        const MessageBody wide = bodyOf(line, 800);
        const MessageBody narrow = bodyOf(line, 200);
        QVERIFY(narrow.size().height() > wide.size().height());
        QVERIFY(narrow.size().width() <= 200);
    }

    void anEndlessWordStaysInside()
    {
        const MessageBody body = bodyOf(u"<p>%1</p>"_s.arg(u"x"_s.repeated(5000)), 300);
        QVERIFY(body.size().width() <= 300);
    }

    void aLinkIsFoundWhereItStands()
    {
        const MessageBody body
            = bodyOf(u"<p><a href=\"https://example.com/\">here</a> or not</p>"_s);
        const MessageLink link = body.linkAt(QPoint(3, 6));
        QCOMPARE(link.href, u"https://example.com/"_s);
        QCOMPARE(link.text, u"here"_s);
        QVERIFY(body.linkAt(QPoint(200, 6)).isEmpty());
    }

    void aLongMessageIsCutWithAWord()
    {
        const QString many = u"<p>%1</p>"_s.arg(u"words "_s.repeated(30'000));
        const QString shown
            = u"<p>%1</p>"_s.arg(u"words "_s.repeated(MessageBody::LongestShown / 6));
        QVERIFY(bodyOf(many).size().height() < bodyOf(shown).size().height() + 60);
    }

    void aBlankMessageTakesNoRoom()
    {
        const MessageBody body(RichText(), TextStyles::from(QFont()), lightPalette(), 300);
        QCOMPARE(body.size().height(), 0);
    }

    void everyKindOfBlockIsDrawn_data()
    {
        QTest::addColumn<QString>("html");
        QTest::newRow("paragraph") << u"<p>text</p>"_s;
        QTest::newRow("quote") << u"<blockquote><p>text</p></blockquote>"_s;
        QTest::newRow("bullets") << u"<ul><li>one</li><li>two</li></ul>"_s;
        QTest::newRow("numbers") << u"<ol><li>one</li><li>two</li></ol>"_s;
        QTest::newRow("code") << u"<pre><code>int x;\nint y;</code></pre>"_s;
        QTest::newRow("styles") << u"<p><b>b</b><i>i</i><s>s</s><code>c</code></p>"_s;
    }
    void everyKindOfBlockIsDrawn()
    {
        QFETCH(QString, html);
        const MessageBody body = bodyOf(html);
        QImage image(420, 120, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        body.draw(painter, QPoint(5, 5), lightPalette());
        painter.end();
        QImage blank(image.size(), image.format());
        blank.fill(Qt::white);
        QVERIFY(image != blank);
    }
};

QTEST_MAIN(tst_MessageBody)
#include "tst_messagebody.moc"
