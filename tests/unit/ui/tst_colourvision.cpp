// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/presencepainter.h"
#include "ui/desktop/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <array>
#include <cmath>

using namespace presently;
using namespace presently::ui;

namespace {

using Matrix = std::array<std::array<double, 3>, 3>;
using Triple = std::array<double, 3>;

//! Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
//! Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: the matrices
//! of severity 1.0, for linear RGB.
constexpr Matrix Protanopia{{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
    {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix Deuteranopia{{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
    {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix Tritanopia{{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
    {0.004733, 0.691367, 0.303900}}};
//! No colour at all: the luminance of sRGB (IEC 61966-2-1).
constexpr Matrix Achromatopsia{
    {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}}};
constexpr Matrix Full{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

//! Two pixels count as different from this distance in CIELAB (CIE 1976) on: 2.3 is just
//! noticeable, and a dot is seen in passing.
constexpr double PlainlyDifferent = 20;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

Triple times(const Matrix &matrix, const Triple &value)
{
    Triple product{};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 3; ++column)
            product[row] += matrix[row][column] * value[column];
    }
    return product;
}

//! CIELAB of linear sRGB, white point D65.
Triple toLab(Triple rgb)
{
    constexpr Matrix ToXyz{{{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750},
        {0.0193339, 0.1191920, 0.9503041}}};
    constexpr Triple White{0.95047, 1, 1.08883};
    for (double &channel : rgb)
        channel = std::clamp(channel, 0.0, 1.0);
    Triple f = times(ToXyz, rgb);
    for (size_t i = 0; i < 3; ++i) {
        const double part = f[i] / White[i];
        f[i] = part > 216.0 / 24389 ? std::cbrt(part) : (24389.0 / 27 * part + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

Triple seen(const QColor &colour, const Matrix &vision)
{
    return toLab(
        times(vision, {linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())}));
}

QImage draw(Status status, const Palette &palette, qreal size)
{
    constexpr int Margin = 2; // the unknown dot reaches out of its square
    QImage image(int(size) + 2 * Margin, int(size) + 2 * Margin, QImage::Format_RGB32);
    image.fill(palette.surface);
    QPainter painter(&image);
    paintPresenceDot(painter, QRectF(Margin, Margin, size, size), status, palette);
    return image;
}

int pixelsApart(const QImage &first, const QImage &second, const Matrix &vision)
{
    int apart = 0;
    for (int y = 0; y < first.height(); ++y) {
        for (int x = 0; x < first.width(); ++x) {
            const Triple a = seen(first.pixelColor(x, y), vision);
            const Triple b = seen(second.pixelColor(x, y), vision);
            const double distance = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            apart += distance >= PlainlyDifferent ? 1 : 0;
        }
    }
    return apart;
}

constexpr std::array Statuses{
    Status::Online, Status::Away, Status::Busy, Status::Offline, Status::Unknown};

} // namespace

//! The five states as people see them who see fewer colours.
class tst_ColourVision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allFiveStatesStayApart_data()
    {
        QTest::addColumn<QString>("vision");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("size");
        for (const char *vision :
            {"full", "protanopia", "deuteranopia", "tritanopia", "achromatopsia"}) {
            for (const bool dark : {false, true}) {
                for (const double size : {NameDotSize, AvatarDotSize})
                    QTest::addRow("%s, %s, %d px", vision, dark ? "dark" : "light", int(size))
                        << QString::fromLatin1(vision) << dark << size;
            }
        }
    }
    void allFiveStatesStayApart()
    {
        QFETCH(QString, vision);
        QFETCH(bool, dark);
        QFETCH(double, size);
        const QHash<QString, Matrix> visions{{QStringLiteral("full"), Full},
            {QStringLiteral("protanopia"), Protanopia},
            {QStringLiteral("deuteranopia"), Deuteranopia},
            {QStringLiteral("tritanopia"), Tritanopia},
            {QStringLiteral("achromatopsia"), Achromatopsia}};
        const Palette &palette = dark ? darkPalette() : lightPalette();
        // An eighth of the dot's square has to look plainly different.
        const int needed = int(size * size / 8);
        for (const Status first : Statuses) {
            for (const Status second : Statuses) {
                if (first >= second)
                    continue;
                const int apart = pixelsApart(
                    draw(first, palette, size), draw(second, palette, size), visions[vision]);
                QVERIFY2(apart >= needed,
                    qPrintable(QStringLiteral("%1 and %2: %3 pixels, needed %4")
                                   .arg(int(first))
                                   .arg(int(second))
                                   .arg(apart)
                                   .arg(needed)));
            }
        }
    }

    //! Were the dots told apart by colour only, this test would have to notice.
    void discsOfTwoColoursWouldNotStayApart()
    {
        const auto disc = [](const QColor &colour) {
            QImage image(12, 12, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawEllipse(QRectF(2, 2, NameDotSize, NameDotSize));
            return image;
        };
        const QImage green = disc(QColor(0x9b, 0x8b, 0x20));
        const QImage orange = disc(QColor(0xd0, 0x6a, 0x20));
        QVERIFY(pixelsApart(green, orange, Full) >= 8);
        QVERIFY(pixelsApart(green, orange, Deuteranopia) < 8);
    }
};

QTEST_MAIN(tst_ColourVision)
#include "tst_colourvision.moc"
