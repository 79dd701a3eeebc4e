// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/stylesheet.h"
#include "ui/desktop/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

using namespace presently;
using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

QList<Status> statuses()
{
    return {Status::Unknown, Status::Offline, Status::Online, Status::Away, Status::Busy};
}

//! Only the shape, without colour: what somebody sees who cannot tell colours apart.
QImage shapeOf(Status status, const Palette &palette)
{
    constexpr int Size = 12;
    QImage image(Size, Size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintPresenceDot(painter, QRectF(2, 2, NameDotSize, NameDotSize), status, palette);
    painter.end();
    return image.convertToFormat(QImage::Format_Alpha8);
}

int difference(const QImage &first, const QImage &second)
{
    int sum = 0;
    for (int y = 0; y < first.height(); ++y) {
        for (int x = 0; x < first.width(); ++x)
            sum += std::abs(first.constScanLine(y)[x] - second.constScanLine(y)[x]);
    }
    return sum / 255;
}

} // namespace

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dotsReachThreeToOneEverywhere_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void dotsReachThreeToOneEverywhere()
    {
        QFETCH(bool, dark);
        const Palette &palette = dark ? darkPalette() : lightPalette();
        for (const Status status : statuses()) {
            for (const QColor &behind :
                {palette.surface, palette.window, palette.hover, palette.selected}) {
                const double ratio = contrastRatio(palette.outline(status), behind);
                QVERIFY2(ratio >= 3,
                    qPrintable(u"%1 on %2: %3"_s.arg(int(status)).arg(behind.name()).arg(ratio)));
            }
        }
    }

    void textReachesFourAndAHalfToOne_data() { dotsReachThreeToOneEverywhere_data(); }
    void textReachesFourAndAHalfToOne()
    {
        QFETCH(bool, dark);
        const Palette &palette = dark ? darkPalette() : lightPalette();
        for (const QColor &behind : {palette.surface, palette.window, palette.hover}) {
            for (const QColor &ink :
                {palette.text, palette.textSecondary, palette.textMuted, palette.accent})
                QVERIFY2(contrastRatio(ink, behind) >= 4.5,
                    qPrintable(ink.name() + u" on "_s + behind.name()));
        }
        QVERIFY(contrastRatio(palette.accentText, palette.accent) >= 4.5);
        QVERIFY(contrastRatio(palette.danger, palette.surface) >= 4.5);
        QVERIFY(contrastRatio(palette.warning, palette.warningSurface) >= 4.5);
        for (int i = 0; i < 60; ++i)
            QVERIFY(
                contrastRatio(avatarColour(QString::number(i), palette), avatarTextColour(palette))
                >= 4.5);
    }

    void eachStateHasItsOwnShape()
    {
        constexpr int PixelsApart = 6;
        for (const Status first : statuses()) {
            for (const Status second : statuses()) {
                if (first == second)
                    continue;
                const int apart
                    = difference(shapeOf(first, darkPalette()), shapeOf(second, darkPalette()));
                QVERIFY2(apart >= PixelsApart,
                    qPrintable(u"%1 and %2: %3"_s.arg(int(first)).arg(int(second)).arg(apart)));
            }
        }
    }

    void everyTokenOfTheStyleSheetExists()
    {
        const Theme theme;
        const QString sheet = styleSheetFor(theme.palette());
        QVERIFY(sheet.size() > 1000);
        QVERIFY(!sheet.contains(u'@'));
    }

    void everyIconIsThere_data()
    {
        QTest::addColumn<QString>("role");
        for (const char *role : {"archive", "attach", "back", "close", "conversation", "copy",
                 "delete", "down", "edit", "failed", "file", "mute", "offline", "pending", "people",
                 "pin", "quit", "read", "reply", "search", "send", "sent", "signout", "unmute"})
            QTest::newRow(role) << QString::fromLatin1(role);
    }
    void everyIconIsThere()
    {
        QFETCH(QString, role);
        const Theme theme;
        const QImage image = theme.pixmap(role, Qt::red, 24, 1).toImage();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
        }
        QVERIFY(inked > 3);
    }

    void initialsAreTakenFromAnyScript_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initials");
        QTest::newRow("two words") << u"Ana Belova"_s << u"AB"_s;
        QTest::newRow("three words") << u"Nguyễn Thùy Linh"_s << u"NL"_s;
        QTest::newRow("one word") << u"ana"_s << u"A"_s;
        QTest::newRow("Chinese") << u"陈静"_s << u"陈"_s;
        QTest::newRow("Cyrillic") << u"дмитрий орлов"_s << u"ДО"_s;
        QTest::newRow("nothing") << QString() << u"?"_s;
    }
    void initialsAreTakenFromAnyScript()
    {
        QFETCH(QString, name);
        QFETCH(QString, initials);
        QCOMPARE(initialsOf(name), initials);
    }

    void avatarColoursAreTheSameInEveryRun()
    {
        QCOMPARE(avatarColour(u"user-ana"_s, lightPalette()), QColor(0xff4f7a2c));
    }
};

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
