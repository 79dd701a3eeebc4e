// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/linkpolicy.h"

#include <QTest>

using namespace presently;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(presently::LinkVerdict)

class tst_LinkPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decidesByWhereALinkGoesAndWhatItSays_data()
    {
        using enum LinkVerdict;
        QTest::addColumn<QString>("href");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<LinkVerdict>("verdict");
        QTest::addColumn<QString>("host");
        int count = 0;
        const auto row = [&count](const QString &href, const QString &shown, LinkVerdict verdict,
                             const QString &host = {}) {
            QTest::addRow("%02d %s", ++count, href.left(40).toUtf8().constData())
                << href << shown << verdict << host;
        };
        // Where the text tells the truth, or says nothing of places
        row(u"https://example.org/a?b=c#d"_s, u"the page"_s, Open, u"example.org"_s);
        row(u"http://example.org"_s, u"http://example.org"_s, Open, u"example.org"_s);
        row(u"https://example.org/"_s, u"example.org"_s, Open, u"example.org"_s);
        row(u"https://www.example.org/"_s, u"example.org"_s, Open, u"www.example.org"_s);
        row(u"https://example.org:8443/x"_s, u"https://example.org:8443/x"_s, Open,
            u"example.org"_s);
        row(u"HTTPS://EXAMPLE.ORG/"_s, u"x"_s, Open, u"example.org"_s);
        row(u"  https://example.org/  "_s, u"x"_s, Open, u"example.org"_s);
        row(u"http://[2001:db8::1]/x"_s, u"x"_s, Open, u"2001:db8::1"_s);
        row(u"mailto:ana@example.org"_s, u"ana@example.org"_s, Open, u"ana@example.org"_s);
        row(u"mailto:ana@example.org?subject=Hi"_s, u"write to me"_s, Open, u"ana@example.org"_s);
        row(u"https://example.org/%D0%B0"_s, u"3.5 stars"_s, Open, u"example.org"_s);
        row(u"https://ru.wikipedia.org/wiki/Чат"_s, u"Чат"_s, Open, u"ru.wikipedia.org"_s);
        // Where it names another place, or the host looks like another
        row(u"https://evil.example/"_s, u"https://bank.example/"_s, Confirm, u"evil.example"_s);
        row(u"https://evil.example/"_s, u"bank.example"_s, Confirm, u"evil.example"_s);
        row(u"https://evil.example/"_s, u"www.bank.example/login"_s, Confirm, u"evil.example"_s);
        row(u"https://bank.example.evil.net/"_s, u"bank.example"_s, Confirm,
            u"bank.example.evil.net"_s);
        row(u"https://evil.example/"_s, u"\u200Bbank\u200B.example"_s, Confirm, u"evil.example"_s);
        row(u"https://bank.example@evil.example/"_s, u"x"_s, Confirm, u"evil.example"_s);
        row(u"https://bank.example:443@evil.example/"_s, u"bank.example"_s, Confirm,
            u"evil.example"_s);
        row(u"https://p\u0430ypal.com/"_s, u"pay"_s, Confirm, u"xn--pypal-4ve.com"_s);
        row(u"https://xn--pypal-4ve.com/"_s, u"pay"_s, Confirm, u"xn--pypal-4ve.com"_s);
        row(u"mailto:eve@evil.example"_s, u"ana@example.org"_s, Confirm, u"eve@evil.example"_s);
        row(u"mailto:eve@evil.example"_s, u"https://bank.example"_s, Confirm,
            u"eve@evil.example"_s);
        row(u"https://evil.example/"_s, u"mailto:ana@bank.example"_s, Confirm, u"evil.example"_s);
        // What is never opened
        row(u"javascript:alert(1)"_s, u"x"_s, Refuse);
        row(u"JaVaScRiPt:alert(1)"_s, u"x"_s, Refuse);
        row(u"java\nscript:alert(1)"_s, u"x"_s, Refuse);
        row(u"java\tscript:alert(1)"_s, u"x"_s, Refuse);
        row(u"\u0001javascript:alert(1)"_s, u"x"_s, Refuse);
        row(u"vbscript:msgbox(1)"_s, u"x"_s, Refuse);
        row(u"data:text/html,<script>alert(1)</script>"_s, u"x"_s, Refuse);
        row(u"file:///etc/passwd"_s, u"x"_s, Refuse);
        row(u"file://server/share/x.exe"_s, u"x"_s, Refuse);
        row(u"\\\\server\\share\\x.exe"_s, u"x"_s, Refuse);
        row(u"//server/share"_s, u"x"_s, Refuse);
        row(u"/relative"_s, u"x"_s, Refuse);
        row(u"example.org"_s, u"x"_s, Refuse);
        row(u"smb://server/share"_s, u"x"_s, Refuse);
        row(u"ssh://host/"_s, u"x"_s, Refuse);
        row(u"ms-msdt:/id"_s, u"x"_s, Refuse);
        row(u"steam://run/1"_s, u"x"_s, Refuse);
        row(u"tel:+123"_s, u"x"_s, Refuse);
        row(u"ftp://example.org/"_s, u"x"_s, Refuse);
        row(u"blob:https://example.org/1"_s, u"x"_s, Refuse);
        row(u"http://"_s, u"x"_s, Refuse);
        row(u"http:///path"_s, u"x"_s, Refuse);
        row(u"http:example.org"_s, u"x"_s, Refuse);
        row(u"https://example.org\\@evil.example/"_s, u"x"_s, Refuse);
        row(u"https://exa mple.org/"_s, u"x"_s, Refuse);
        row(u"https://example.org/\u202Egpj.exe"_s, u"x"_s, Refuse);
        row(u"https://example.org/\"onmouseover=alert(1)"_s, u"x"_s, Refuse);
        row(u"mailto:"_s, u"x"_s, Refuse);
        row(u"mailto:a@b?attach=/etc/passwd"_s, u"x"_s, Refuse);
        row(u"mailto:a@b?bcc=c@d"_s, u"x"_s, Refuse);
        row(u"mailto:a@b?subject=x%0D%0ABcc:c@d"_s, u"x"_s, Refuse);
        row(u""_s, u"x"_s, Refuse);
        row(u"https://e.example/"_s + QString(5000, u'a'), u"x"_s, Refuse);
    }
    void decidesByWhereALinkGoesAndWhatItSays()
    {
        QFETCH(QString, href);
        QFETCH(QString, shown);
        QFETCH(LinkVerdict, verdict);
        QFETCH(QString, host);
        const LinkDecision decision = judgeLink(href, shown);
        QCOMPARE(int(decision.verdict), int(verdict));
        QCOMPARE(decision.shownHost, host);
        QCOMPARE(decision.url.isEmpty(), verdict == LinkVerdict::Refuse);
        QCOMPARE(allowedHref(href).isEmpty(), verdict == LinkVerdict::Refuse);
    }

    void theStoredFormIsStable()
    {
        for (const QString &href : {u"https://EXAMPLE.org/Чат?q=ä"_s, u"https://p\u0430ypal.com/"_s,
                 u"https://example.org/a%2fb?c=%26#d"_s, u"mailto:ana@example.org"_s}) {
            const QString once = allowedHref(href);
            QVERIFY(!once.isEmpty());
            QCOMPARE(allowedHref(once), once);
        }
    }
};

QTEST_GUILESS_MAIN(tst_LinkPolicy)
#include "tst_linkpolicy.moc"
