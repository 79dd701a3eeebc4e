// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"

#include <QTest>

using namespace presently;
using namespace Qt::Literals::StringLiterals;

class tst_CleanText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesComeOutFitToStandBesideOtherText_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("cleaned");
        const auto row = [](const char *title, const QString &name, const QString &cleaned) {
            QTest::newRow(title) << name << cleaned;
        };
        row("plain", u"Ana Nováková"_s, u"Ana Nováková"_s);
        row("right-to-left override", u"A\u202Egnp.exe"_s, u"Agnp.exe"_s);
        row("every embedding", u"\u202AA\u202BB\u202CC\u202DD\u202EE"_s, u"ABCDE"_s);
        row("every isolate", u"\u2066A\u2067B\u2068C\u2069D"_s, u"ABCD"_s);
        row("direction marks", u"\u200EA\u200FB\u061CC"_s, u"ABC"_s);
        row("zero width", u"A\u200Bn\u200Ca\u200D\u2060\uFEFF"_s, u"Ana"_s);
        row("terminal escape", u"\u001B]52;c;aGk=\u0007Bob"_s, u"]52;c;aGk=Bob"_s);
        row("C1 control", u"\u009B31mBob\u0085x"_s, u"31mBob x"_s);
        row("NUL and DEL", u"B"_s + QChar(0) + u"ob\u007F"_s, u"Bob"_s);
        row("line ends", u"Ana\r\nNew line\u2028end"_s, u"Ana New line end"_s);
        row("white space", u"  Ana \t\u00A0\u3000 B  "_s, u"Ana B"_s);
        row("decomposed", u"Nova\u0301k"_s, u"Nov\u00E1k"_s);
        row("tag characters", u"A\U000E0041\U000E007F"_s, u"A"_s);
        row("hangul filler", u"\u3164\u115F"_s, QString());
        row("nothing visible", u"\u200B\u202E "_s, QString());
        row("noncharacter", u"A\uFFFEB\uFDD0"_s, u"AB"_s);
        row("emoji stay", u"Bob 🦊"_s, u"Bob 🦊"_s);
    }
    void namesComeOutFitToStandBesideOtherText()
    {
        QFETCH(QString, name);
        QFETCH(QString, cleaned);
        QCOMPARE(cleanName(name), cleaned);
        QCOMPARE(cleanName(cleaned), cleaned);
    }

    void namesAreCutBetweenCharacters()
    {
        QCOMPARE(cleanName(u"abc"_s, 2), u"ab"_s);
        QCOMPARE(cleanName(u"a🦊b"_s, 2), u"a"_s);
        QCOMPARE(cleanName(u"ab cd"_s, 3), u"ab"_s);
        QCOMPARE(cleanName(QString(10'000'000, u'x')).size(), MaxNameLength);
    }

    void messagesKeepTheirLinesAndScripts()
    {
        QCOMPARE(cleanText(u"a\r\nb\rc\nd\u2028e"_s), u"a\nb\nc\nd\ne"_s);
        QCOMPARE(cleanText(u"a\tb\u001B[31m\u0007"_s), u"a\tb[31m"_s);
        QCOMPARE(cleanText(u"می\u200Cخواهم"_s), u"می\u200Cخواهم"_s);
        QCOMPARE(cleanText(u"👩\u200D👩\u200D👧"_s), u"👩\u200D👩\u200D👧"_s);
        QCOMPARE(cleanText(u"x\u202Ey\u2067z"_s), u"xyz"_s);
    }

    void isolationCannotLeak()
    {
        QCOMPARE(isolated(u"abc"_s), u"\u2068abc\u2069"_s);
        QCOMPARE(isolated(u"a\u2069\u2069\u202Eb\u2067"_s), u"\u2068ab\u2069"_s);
        QCOMPARE(isolated(u""_s), u"\u2068\u2069"_s);
    }

    void fileNamesNameAFileAndNothingElse_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("cleaned");
        const auto row = [](const char *title, const QString &name, const QString &cleaned) {
            QTest::newRow(title) << name << cleaned;
        };
        row("plain", u"report.pdf"_s, u"report.pdf"_s);
        row("spaces and letters", u"Отчёт за май.pdf"_s, u"Отчёт за май.pdf"_s);
        row("unix path", u"../../etc/passwd"_s, u"passwd"_s);
        row("windows path", u"C:\\Windows\\system.ini"_s, u"system.ini"_s);
        row("hidden file", u"..bashrc"_s, u"bashrc"_s);
        row("only dots", u".."_s, u"file"_s);
        row("nothing", u""_s, u"file"_s);
        row("a path and nothing", u"a/b/"_s, u"file"_s);
        row("reversed extension", u"annual\u202Efdp.exe"_s, u"annualfdp.exe"_s);
        row("device name", u"con.txt"_s, u"_con.txt"_s);
        row("serial port", u"COM7"_s, u"_COM7"_s);
        row("no device name", u"console.txt"_s, u"console.txt"_s);
        row("alternate stream", u"a.txt:evil.exe"_s, u"a.txt_evil.exe"_s);
        row("wildcards", u"a*?<>|\"b"_s, u"a______b"_s);
        row("trailing dots", u"a.exe. ."_s, u"a.exe"_s);
        row("line end", u"a\nb.txt"_s, u"a b.txt"_s);
    }
    void fileNamesNameAFileAndNothingElse()
    {
        QFETCH(QString, name);
        QFETCH(QString, cleaned);
        QCOMPARE(cleanFileName(name), cleaned);
        QCOMPARE(cleanFileName(cleaned), cleaned);
    }

    void longFileNamesKeepTheirExtension()
    {
        const QString name = cleanFileName(QString(500, u'ж') + u".tar.gz"_s);
        QVERIFY(name.toUtf8().size() <= MaxFileNameBytes);
        QVERIFY(name.toUtf8().size() > MaxFileNameBytes - 4);
        QVERIFY(name.endsWith(u".gz"_s));
    }

    void knowsWordsOfMixedScripts_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("mixed");
        QTest::newRow("latin") << u"paypal"_s << false;
        QTest::newRow("latin with a cyrillic letter") << u"p\u0430ypal"_s << true;
        QTest::newRow("greek in latin") << u"Al\u03BFn"_s << true;
        QTest::newRow("two words") << u"Ana Иванова"_s << false;
        QTest::newRow("japanese") << u"田中さんカナ"_s << false;
        QTest::newRow("accents") << u"José-Ñandú2"_s << false;
        QTest::newRow("vietnamese") << u"Nguyễn Thị"_s << false;
    }
    void knowsWordsOfMixedScripts()
    {
        QFETCH(QString, name);
        QFETCH(bool, mixed);
        QCOMPARE(isMixedScript(name), mixed);
    }
};

QTEST_GUILESS_MAIN(tst_CleanText)
#include "tst_cleantext.moc"
