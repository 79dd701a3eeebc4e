// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/richtext.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace presently;
using namespace Qt::Literals::StringLiterals;

namespace {

//! A link as it is written down.
QString link(const QString &href, const QString &text)
{
    return u"<a href=\"%1\" target=\"_blank\" rel=\"noopener noreferrer\">%2</a>"_s.arg(href, text);
}

const QString Mention
    = u"<span data-type=\"mention\" data-id=\"u1\" data-label=\"Ana\" class=\"mtchat-mention\">@Ana</span>"_s;

} // namespace

class tst_RichText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsWhatChatClientsWrite_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("plain");
        const auto row
            = [](const char *title, const QString &html, const QString &canonical,
                  const QString &plain) { QTest::newRow(title) << html << canonical << plain; };
        row("nothing", u""_s, u""_s, u""_s);
        row("bare text", u"hello"_s, u"hello"_s, u"hello"_s);
        row("bare styled text", u"a <b>b</b>"_s, u"a <strong>b</strong>"_s, u"a b"_s);
        row("empty paragraph", u"<p></p>"_s, u"<p></p>"_s, u""_s);
        row("paragraphs", u"<p>a</p>\n<p>b</p>"_s, u"<p>a</p><p>b</p>"_s, u"a\nb"_s);
        row("all styles", u"<p><b>b</b><i>i</i><u>u</u><strike>s</strike><code>c</code></p>"_s,
            u"<p><strong>b</strong><em>i</em><u>u</u><s>s</s><code>c</code></p>"_s, u"biusc"_s);
        row("styles in one another", u"<p><em>a <strong>b</strong></em></p>"_s,
            u"<p><em>a </em><strong><em>b</em></strong></p>"_s, u"a b"_s);
        row("line break", u"<p>a<br>b<br/>c</p>"_s, u"<p>a<br>b<br>c</p>"_s, u"a\nb\nc"_s);
        row("white space", u"<p>  a \n\t b  </p>"_s, u"<p>a b</p>"_s, u"a b"_s);
        row("no-break space", u"<p>a&nbsp;&nbsp;b</p>"_s, u"<p>a\u00A0\u00A0b</p>"_s,
            u"a\u00A0\u00A0b"_s);
        row("entities", u"<p>&lt;b&gt; &amp; &quot;</p>"_s, u"<p>&lt;b&gt; &amp; &quot;</p>"_s,
            u"<b> & \""_s);
        row("link",
            u"<p><a href=\"https://a.example/\" target=\"_blank\" onclick=\"x()\">t</a></p>"_s,
            u"<p>"_s + link(u"https://a.example/"_s, u"t"_s) + u"</p>"_s, u"t"_s);
        row("quote", u"<blockquote><p>a</p><p>b</p></blockquote><p>c</p>"_s,
            u"<blockquote><p>a</p><p>b</p></blockquote><p>c</p>"_s, u"> a\n> b\nc"_s);
        row("quote without paragraphs", u"<blockquote>a</blockquote>"_s,
            u"<blockquote><p>a</p></blockquote>"_s, u"> a"_s);
        row("list as editors write it", u"<ul><li><p>a</p></li><li><p>b</p></li></ul>"_s,
            u"<ul><li>a</li><li>b</li></ul>"_s, u"- a\n- b"_s);
        row("numbered list", u"<ol><li>a</li><li>b</li></ol>"_s, u"<ol><li>a</li><li>b</li></ol>"_s,
            u"1. a\n2. b"_s);
        row("two numbered lists", u"<ol><li>a</li></ol><ol><li>b</li></ol>"_s,
            u"<ol><li>a</li></ol><ol><li>b</li></ol>"_s, u"1. a\n1. b"_s);
        row("nested list", u"<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"_s,
            u"<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"_s, u"1. a\n  - b\n2. c"_s);
        row("two paragraphs in an item", u"<ul><li><p>a</p><p>b</p></li></ul>"_s,
            u"<ul><li>a<br>b</li></ul>"_s, u"- a\n  b"_s);
        row("list in a quote", u"<blockquote><ul><li>a</li></ul></blockquote>"_s,
            u"<blockquote><ul><li>a</li></ul></blockquote>"_s, u"> - a"_s);
        row("code block",
            u"<pre><code class=\"language-cpp\">int  a;\n  if (b &lt; c)</code></pre>"_s,
            u"<pre><code class=\"language-cpp\">int  a;\n  if (b &lt; c)</code></pre>"_s,
            u"int  a;\n  if (b < c)"_s);
        row("code block without code", u"<pre>a\n b</pre>"_s, u"<pre><code>a\n b</code></pre>"_s,
            u"a\n b"_s);
        row("mention",
            u"<p>Hi <span data-type=\"mention\" class=\"mtchat-mention\" data-id=\"u1\" data-label=\"Ana\">@Ana</span>!</p>"_s,
            u"<p>Hi "_s + Mention + u"!</p>"_s, u"Hi @Ana!"_s);
        row("mention that says another",
            u"<span data-type=\"mention\" data-id=\"u1\" data-label=\"Ana\">@Boss</span>"_s,
            Mention, u"@Ana"_s);
        row("mention without a label", u"<span data-type=\"mention\" data-id=\"u1\">@Ana</span>"_s,
            Mention, u"@Ana"_s);
        row("other span", u"<p><span class=\"x\">a</span></p>"_s, u"<p>a</p>"_s, u"a"_s);
        row("headings become paragraphs", u"<h1>a</h1><div>b</div>"_s, u"<p>a</p><p>b</p>"_s,
            u"a\nb"_s);
        row("table", u"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"_s,
            u"<p>a b</p><p>c</p>"_s, u"a b\nc"_s);
        row("decomposed text", u"<p>e<b></b>&#769;</p>"_s, u"<p>\u00E9</p>"_s, u"\u00E9"_s);
    }
    void understandsWhatChatClientsWrite()
    {
        QFETCH(QString, html);
        QFETCH(QString, canonical);
        QFETCH(QString, plain);
        const RichText text = RichText::fromHtml(html);
        QCOMPARE(text.toHtml(), canonical);
        QCOMPARE(text.toPlainText(), plain);
        QCOMPARE(RichText::fromHtml(canonical), text);
    }

    void leavesNothingOfHostileMarkup_data();
    void leavesNothingOfHostileMarkup();

    void isBoundedByItsInput_data()
    {
        QTest::addColumn<QString>("html");
        QTest::newRow("ten thousand divisions") << u"<div>"_s.repeated(10'000) + u"x"_s;
        QTest::newRow("ten thousand quotes") << u"<blockquote>"_s.repeated(10'000) + u"x"_s;
        QTest::newRow("ten thousand lists") << u"<ul><li>"_s.repeated(10'000) + u"x"_s;
        QTest::newRow("ten thousand styles") << u"<b><i>"_s.repeated(10'000) + u"x"_s;
        QTest::newRow("ends without beginnings")
            << u"<b>"_s.repeated(20'000) + u"</i>"_s.repeated(20'000);
        QTest::newRow("paragraphs") << u"<p>x"_s.repeated(40'000);
        QTest::newRow("breaks") << u"<br>"_s.repeated(50'000);
        QTest::newRow("a line of ten megabytes") << QString(10'000'000, u'x');
        QTest::newRow("ten megabytes of less-than") << QString(10'000'000, u'<');
        QTest::newRow("ten megabytes of ampersands") << QString(10'000'000, u'&');
        QTest::newRow("an attribute of ten megabytes")
            << u"<a href=\"https://a.example/"_s + QString(10'000'000, u'x') + u"\">y</a>"_s;
        QTest::newRow("a million attributes")
            << u"<p "_s + u"a "_s.repeated(1'000'000) + u">y</p>"_s;
    }
    void isBoundedByItsInput()
    {
        QFETCH(QString, html);
        QElapsedTimer timer;
        timer.start();
        const RichText text = RichText::fromHtml(html);
        const QString once = text.toHtml();
        // Far above what it takes: only an explosion is caught here.
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(text.blocks().size() <= RichText::MaxBlocks);
        QVERIFY(once.size() <= 6 * RichText::MaxHtmlLength);
        for (const Block &block : text.blocks()) {
            QVERIFY(block.listDepth <= RichText::MaxListDepth);
            QVERIFY(block.quoteDepth <= RichText::MaxQuoteDepth);
        }
    }

    void plainTextBecomesParagraphsAndLinks_data()
    {
        QTest::addColumn<QString>("plain");
        QTest::addColumn<QString>("html");
        const auto row = [](const char *title, const QString &plain, const QString &html) {
            QTest::newRow(title) << plain << html;
        };
        row("nothing", u""_s, u""_s);
        row("one line", u"hello"_s, u"<p>hello</p>"_s);
        row("markup is text", u"<b>a</b> & <script>"_s,
            u"<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;script&gt;</p>"_s);
        row("lines", u"a\nb\n\n\nc"_s, u"<p>a<br>b</p><p>c</p>"_s);
        row("address", u"see https://a.example/x."_s,
            u"<p>see "_s + link(u"https://a.example/x"_s, u"https://a.example/x"_s) + u".</p>"_s);
        row("address in brackets", u"(https://a.example/x)"_s,
            u"<p>("_s + link(u"https://a.example/x"_s, u"https://a.example/x"_s) + u")</p>"_s);
        row("no address", u"javascript:alert(1) file:///x http://"_s,
            u"<p>javascript:alert(1) file:///x http://</p>"_s);
    }
    void plainTextBecomesParagraphsAndLinks()
    {
        QFETCH(QString, plain);
        QFETCH(QString, html);
        QCOMPARE(RichText::fromPlainText(plain).toHtml(), html);
        QCOMPARE(sanitizedHtml(html), html);
    }

    void previewsFitOnOneLine()
    {
        QCOMPARE(RichText::fromHtml(u"<p>a<br>b</p><ul><li>c</li></ul>"_s).toPreview(), u"a b c"_s);
        QCOMPARE(RichText::fromHtml(u"<p>abcdef</p>"_s).toPreview(4), u"abc\u2026"_s);
        QCOMPARE(RichText::fromHtml(u"<p>a🦊🦊</p>"_s).toPreview(3), u"a\u2026"_s);
    }

    void knowsBlankTextAndMentions()
    {
        QVERIFY(RichText::fromHtml(u"<p> &nbsp; <br></p><p></p>"_s).isBlank());
        QVERIFY(!RichText::fromHtml(u"<p>.</p>"_s).isBlank());
        const RichText text = RichText::fromHtml(Mention + u" and "_s + Mention);
        QCOMPARE(text.mentionedIds(), QStringList{u"u1"_s});
    }
};

void tst_RichText::leavesNothingOfHostileMarkup_data()
{
    QTest::addColumn<QString>("html");
    const QStringList hostile{
        u"<script>alert(1)</script>"_s,
        u"<SCRIPT SRC=//evil.example/x.js></SCRIPT>"_s,
        u"<script/x>alert(1)</script>"_s,
        u"<scr<script>ipt>alert(1)</scr</script>ipt>"_s,
        u"<script>alert(1)"_s,
        u"<script\n>alert(1)</script\n>"_s,
        u"<<script>alert(1);//<</script>"_s,
        u"<img src=x onerror=alert(1)>"_s,
        u"<img src=\"file:///etc/passwd\">"_s,
        u"<img src=\"http://evil.example/track.png\">"_s,
        u"<img/src/onerror=alert(1)>"_s,
        u"<img src=`x` onerror=`alert(1)`>"_s,
        u"<svg onload=alert(1)>"_s,
        u"<svg><script>alert(1)</script></svg>"_s,
        u"<svg><style><img src=x onerror=alert(1)></style></svg>"_s,
        u"<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">"_s,
        u"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">"_s,
        u"<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>"_s,
        u"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"_s,
        u"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">"_s,
        u"<textarea><img title=\"</textarea><img src onerror=alert(1)>\"></textarea>"_s,
        u"<title><img title=\"</title><img src onerror=alert(1)>\">"_s,
        u"<xmp><img title=\"</xmp><img src onerror=alert(1)>\">"_s,
        u"<style>*{background:url(http://evil.example)}</style>"_s,
        u"<p style=\"background:url(javascript:alert(1))\">x</p>"_s,
        u"<p style=\"position:fixed;top:0;width:100%\">x</p>"_s,
        u"<link rel=stylesheet href=http://evil.example/x.css>"_s,
        u"<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">"_s,
        u"<base href=\"http://evil.example/\">"_s,
        u"<iframe src=javascript:alert(1)></iframe>"_s,
        u"<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>"_s,
        u"<object data=\"data:text/html,<script>alert(1)</script>\"></object>"_s,
        u"<embed src=\"javascript:alert(1)\">"_s,
        u"<applet code=x></applet>"_s,
        u"<video><source onerror=alert(1)></video>"_s,
        u"<audio src=x onerror=alert(1)>"_s,
        u"<details open ontoggle=alert(1)>x</details>"_s,
        u"<body onload=alert(1)>x"_s,
        u"<marquee onstart=alert(1)>x</marquee>"_s,
        u"<input autofocus onfocus=alert(1)>"_s,
        u"<select><option onclick=alert(1)>x</option></select>"_s,
        u"<button formaction=javascript:alert(1)>x</button>"_s,
        u"<form action=javascript:alert(1)><input type=submit></form>"_s,
        u"<isindex action=javascript:alert(1)>"_s,
        u"<a href=\"javascript:alert(1)\">x</a>"_s,
        u"<a href=\"JaVaScRiPt&colon;alert(1)\">x</a>"_s,
        u"<a href=\"java&#10;script:alert(1)\">x</a>"_s,
        u"<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>"_s,
        u"<a href=\" &#14; javascript:alert(1)\">x</a>"_s,
        u"<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>"_s,
        u"<a href=\"vbscript:x\">x</a>"_s,
        u"<a href=\"file:///etc/passwd\">x</a>"_s,
        u"<a href=\"https://a.example/&quot; onmouseover=alert(1) x=&quot;\">x</a>"_s,
        u"<a href='https://a.example/' onmouseover=alert(1)>x</a>"_s,
        u"<a href=https://a.example/ style=x onclick=alert(1)//>x"_s,
        u"<a href=\"javascript:alert(1)\"><b>x"_s,
        u"<b onmouseover=alert(1)>x</b>"_s,
        u"<p class=\"x\" id=\"main\" data-x=\"y\">x</p>"_s,
        u"<span data-type=\"mention\" data-id=\"&quot;><script>alert(1)</script>\" data-label=\"<img src=x onerror=alert(1)>\">x</span>"_s,
        u"<span data-type=\"mention\" data-id=\"u1\" data-label=\"A\u202Egnp\" onclick=alert(1)>x</span>"_s,
        u"<code class=\"language-x&quot; onclick=&quot;alert(1)\">x</code>"_s,
        u"<pre><code class=\"language-<script>\">x</code></pre>"_s,
        u"<!--<img src=\"--><img src=x onerror=alert(1)//\">"_s,
        u"<!--[if IE]><script>alert(1)</script><![endif]-->"_s,
        u"<![CDATA[<script>alert(1)</script>]]>"_s,
        u"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><p>&e;</p>"_s,
        u"<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]><p>&b;</p>"_s,
        u"<?php echo 1 ?><p>x</p>"_s,
        u"<x xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"javascript:alert(1)\">x</x>"_s,
        u"</p></body></html><script>alert(1)</script>"_s,
        u"<p>unclosed <b>and <i>crossed</b> over</i>"_s,
        u"<p"_s,
        u"<"_s,
        u"<a href=\"https://a.example/"_s,
        u"&#0;&#1;&#27;[31m&#155;2J&#x202e;abc"_s,
        u"\u001B]8;;http://evil.example\u0007x\u001B\\"_s,
        u"\u001B]52;c;ZXZpbA==\u0007"_s,
        u"a\u202Eb\u2066c\u2067d"_s,
        u"x"_s + QChar(0) + u"<scr"_s + QChar(0) + u"ipt>alert(1)</script>"_s,
        u"&lt;script&gt;alert(1)&lt;/script&gt;"_s,
        u"&amp;lt;img src=x onerror=alert(1)&amp;gt;"_s,
        QString(QChar(0xD800)) + u"<b>"_s + QChar(0xDC00),
    };
    for (qsizetype i = 0; i < hostile.size(); ++i)
        QTest::addRow("%02d %s", int(i), hostile[i].left(50).toUtf8().constData()) << hostile[i];
    QVERIFY(hostile.size() >= 60);
}

//! The output may hold only what the writer writes: tags and attributes are taken out exactly as it
//! spells them, and what is left must not hold a tag, a quote or a control character.
void tst_RichText::leavesNothingOfHostileMarkup()
{
    QFETCH(QString, html);
    const QString once = sanitizedHtml(html);
    QCOMPARE(sanitizedHtml(once), once);

    static const QRegularExpression known(
        u"</?(?:p|br|strong|em|u|s|code|pre|ul|ol|li|blockquote|a|span)>"
        "|<code class=\"language-[a-z0-9+#_-]{1,32}\">"
        "|<a href=\"(?:https?://|mailto:)[^\"<>\\s]+\" target=\"_blank\" rel=\"noopener "
        "noreferrer\">"
        "|<span data-type=\"mention\" data-id=\"[^\"<>]+\" data-label=\"[^\"<>]+\" class=\"mtchat-mention\">"_s);
    QString rest = once;
    rest.remove(known);
    QVERIFY2(
        !rest.contains(u'<') && !rest.contains(u'>') && !rest.contains(u'"'), qPrintable(once));
    for (const QChar c : once) {
        QVERIFY2(c == u'\n' || c == u'\t' || c.unicode() >= 0x20, qPrintable(once));
        QVERIFY2(c.unicode() < 0x7f || c.unicode() > 0x9f, qPrintable(once));
        QVERIFY2(c.unicode() < 0x202a || c.unicode() > 0x202e, qPrintable(once));
        QVERIFY2(c.unicode() < 0x2066 || c.unicode() > 0x2069, qPrintable(once));
    }
}

QTEST_GUILESS_MAIN(tst_RichText)
#include "tst_richtext.moc"
