// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/searchwords.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently {
namespace {

constexpr qsizetype MaximumWords = 16;
constexpr qsizetype MaximumQuery = 200;

bool writtenWithoutSpaces(char32_t character)
{
    switch (QChar::script(character)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

bool hasLetterOrNumber(const QString &word)
{
    const QList<uint> characters = word.toUcs4();
    return std::ranges::any_of(characters, [](uint c) { return QChar::isLetterOrNumber(c); });
}

} // namespace

QString indexedText(const QString &text)
{
    QString spaced;
    spaced.reserve(text.size());
    for (const uint character : text.toUcs4()) {
        const auto letter = static_cast<char32_t>(character);
        if (writtenWithoutSpaces(letter))
            spaced += u' ' + QString::fromUcs4(&letter, 1) + u' ';
        else
            spaced += QString::fromUcs4(&letter, 1);
    }
    return spaced;
}

QString indexQuery(const QString &words)
{
    QStringList phrases;
    const QStringList typed = words.left(MaximumQuery).simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : typed) {
        // Within quotes only the quote itself means something, and a NUL ends the query.
        QString phrase = indexedText(word).simplified();
        phrase.remove(QChar(u'\0'));
        phrase.replace(u'"', u"\"\""_s);
        if (hasLetterOrNumber(phrase) && phrases.size() < MaximumWords)
            phrases.append(u'"' + phrase + u'"');
    }
    if (phrases.isEmpty())
        return {};
    return phrases.join(u' ') + u'*';
}

} // namespace presently
