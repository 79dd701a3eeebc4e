// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/cleantext.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace presently {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr char16_t FirstStrongIsolate = 0x2068;
constexpr char16_t PopDirectionalIsolate = 0x2069;

bool isControl(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

//! Embeddings, overrides and isolates: they change the order of what stands beside the text.
bool isBidiControl(char32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool isDirectionMark(char32_t c)
{
    return c == 0x200e || c == 0x200f || c == 0x061c;
}

//! Drawn as nothing and useful to nobody in a text.
bool isInvisibleFiller(char32_t c)
{
    return c == 0x200b || c == 0x2060 || c == 0xfeff || c == 0x00ad || c == 0x180e
        || (c >= 0x2061 && c <= 0x2064) || (c >= 0x206a && c <= 0x206f)
        || (c >= 0xfff9 && c <= 0xfffb) || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
}

bool isJoiner(char32_t c)
{
    return c == 0x200c || c == 0x200d;
}

bool isTag(char32_t c)
{
    return c >= 0xe0000 && c <= 0xe007f;
}

bool isNoncharacter(char32_t c)
{
    return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

bool isSpaceOrBreak(char32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85
        || QChar::isSpace(c);
}

void append(QString &text, char32_t c)
{
    text += QChar::fromUcs4(c);
}

//! At most \a maxLength units, and never half of a surrogate pair.
QString cutAt(QString text, qsizetype maxLength)
{
    if (text.size() <= maxLength)
        return text;
    qsizetype end = std::max<qsizetype>(maxLength, 0);
    if (end > 0 && text[end - 1].isHighSurrogate())
        --end;
    text.truncate(end);
    return text;
}

//! Device names that Windows takes whatever their extension.
bool isReservedName(QStringView stem)
{
    static const QStringList reserved{
        u"CON"_s, u"PRN"_s, u"AUX"_s, u"NUL"_s, u"CONIN$"_s, u"CONOUT$"_s};
    const QString upper = stem.toString().toUpper();
    if (reserved.contains(upper))
        return true;
    return upper.size() == 4 && (upper.startsWith("COM"_L1) || upper.startsWith("LPT"_L1))
        && upper[3].isDigit();
}

//! Cuts \a name to MaxFileNameBytes of UTF-8; the extension stays when it is a short one.
QString cutFileName(const QString &name)
{
    if (name.toUtf8().size() <= MaxFileNameBytes)
        return name;
    constexpr qsizetype longestExtension = 16;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString extension
        = dot > 0 && name.size() - dot <= longestExtension ? name.mid(dot) : QString();
    QString stem = name.left(name.size() - extension.size());
    const qsizetype room = MaxFileNameBytes - extension.toUtf8().size();
    stem = cutAt(stem, room);
    while (stem.toUtf8().size() > room)
        stem = cutAt(stem, stem.size() - 1);
    return stem + extension;
}

//! Scripts that stand together in one word of one language count as one.
QChar::Script family(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Hangul:
        return QChar::Script_Han;
    default:
        return script;
    }
}

} // namespace

QString cleanName(QStringView text, qsizetype maxLength)
{
    // A name is short: what lies far beyond is not worth normalising.
    const QList<uint> points = text.left(std::max<qsizetype>(maxLength, 0) * 8).toUcs4();
    QString cleaned;
    bool spacePending = false;
    for (const char32_t c : points) {
        if (isSpaceOrBreak(c)) {
            spacePending = !cleaned.isEmpty();
            continue;
        }
        if (isControl(c) || isBidiControl(c) || isDirectionMark(c) || isInvisibleFiller(c)
            || isJoiner(c) || isTag(c) || isNoncharacter(c))
            continue;
        if (std::exchange(spacePending, false))
            cleaned += u' ';
        append(cleaned, c);
    }
    return cutAt(cleaned.normalized(QString::NormalizationForm_C), maxLength).trimmed();
}

QString cleanText(QStringView text)
{
    QString cleaned;
    cleaned.reserve(text.size());
    char32_t previous = 0;
    for (const char32_t c : text.toUcs4()) {
        const bool isLineEnd = c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85;
        if (isLineEnd || (c == '\n' && previous != '\r'))
            cleaned += u'\n';
        else if (c == '\t')
            cleaned += u'\t';
        else if (!isControl(c) && !isBidiControl(c) && !isInvisibleFiller(c) && !isNoncharacter(c))
            append(cleaned, c);
        previous = c;
    }
    return cleaned.normalized(QString::NormalizationForm_C);
}

QString isolated(QStringView text)
{
    QString result;
    result.reserve(text.size() + 2);
    result += QChar(FirstStrongIsolate);
    for (const QChar c : text) {
        if (!isBidiControl(c.unicode()))
            result += c;
    }
    result += QChar(PopDirectionalIsolate);
    return result;
}

QString cleanFileName(QStringView text)
{
    static const QString forbidden = u"<>:\"|?*%"_s;
    const qsizetype slash = std::max(text.lastIndexOf(u'/'), text.lastIndexOf(u'\\'));
    QString name = cleanName(text.mid(slash + 1), 1000);
    std::replace_if(
        name.begin(), name.end(), [](QChar c) { return forbidden.contains(c); }, QChar(u'_'));
    while (name.startsWith(u'.') || name.startsWith(u' '))
        name.remove(0, 1);
    // Windows drops them silently, and "name.exe." would then be another file.
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);
    if (name.isEmpty())
        return u"file"_s;
    if (isReservedName(
            QStringView(name).left(name.indexOf(u'.') < 0 ? name.size() : name.indexOf(u'.'))))
        name.prepend(u'_');
    return cutFileName(name);
}

bool isMixedScript(QStringView text)
{
    QChar::Script seen = QChar::Script_Unknown;
    for (const char32_t c : text.toUcs4()) {
        if (QChar::isSpace(c)) {
            seen = QChar::Script_Unknown;
            continue;
        }
        const QChar::Script script = family(QChar::script(c));
        if (!QChar::isLetter(c) || script == QChar::Script_Common
            || script == QChar::Script_Inherited || script == QChar::Script_Unknown)
            continue;
        if (seen != QChar::Script_Unknown && script != seen)
            return true;
        seen = script;
    }
    return false;
}

} // namespace presently
