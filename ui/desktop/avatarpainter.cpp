// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/avatarpainter.h"

#include "ui/desktop/theme.h"

#include <QPainter>
#include <QTextBoundaryFinder>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr std::array<QRgb, 10> LightColours{0xff3f6fc4, 0xff7a5bbd, 0xffa8487f, 0xffb4513c,
    0xff8a6420, 0xff4f7a2c, 0xff22805f, 0xff1f7a8c, 0xff52677d, 0xff8a5a6b};
constexpr std::array<QRgb, 10> DarkColours{0xff3b5f9e, 0xff6a52a0, 0xff8f436f, 0xff96493a,
    0xff76591f, 0xff476a2c, 0xff246b52, 0xff216a79, 0xff4c5d6f, 0xff774f5e};

//! FNV-1a: qHash is seeded anew for each process.
quint32 stableHash(const QString &text)
{
    quint32 hash = 2166136261U;
    for (const char byte : text.toUtf8()) {
        hash ^= quint8(byte);
        hash *= 16777619U;
    }
    return hash;
}

QString firstGrapheme(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    const qsizetype end = finder.toNextBoundary();
    return end > 0 ? word.left(end) : QString();
}

bool isIdeographic(const QString &text)
{
    return !text.isEmpty()
        && (text[0].script() == QChar::Script_Han || text[0].script() == QChar::Script_Hangul
            || text[0].script() == QChar::Script_Hiragana
            || text[0].script() == QChar::Script_Katakana);
}

} // namespace

QString initialsOf(const QString &name)
{
    const QStringList words = name.split(u' ', Qt::SkipEmptyParts);
    QStringList letters;
    for (const QString &word : words) {
        const QString letter = firstGrapheme(word);
        if (!letter.isEmpty() && (letter[0].isLetterOrNumber() || letter[0].isSurrogate()))
            letters << letter.toUpper();
    }
    if (letters.isEmpty())
        return words.isEmpty() ? u"?"_s : firstGrapheme(words.first());
    if (letters.size() == 1 || isIdeographic(letters.first()))
        return letters.first();
    return letters.first() + letters.last();
}

QColor avatarColour(const QString &id, const Palette &palette)
{
    const auto &colours = palette.dark ? DarkColours : LightColours;
    return QColor::fromRgb(colours[stableHash(id) % colours.size()]);
}

QColor avatarTextColour(const Palette &palette)
{
    return palette.dark ? QColor(0xf2, 0xf4, 0xf8) : QColor(Qt::white);
}

void paintAvatar(QPainter &painter, const QRectF &rect, const QString &id, const QString &name,
    const Palette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(avatarColour(id, palette));
    painter.drawEllipse(rect);
    QFont font = painter.font();
    font.setPixelSize(std::max(8, int(rect.height() * 0.37)));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(avatarTextColour(palette));
    painter.drawText(rect, Qt::AlignCenter, initialsOf(name));
    painter.restore();
}

} // namespace presently::ui
