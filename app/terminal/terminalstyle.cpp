// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/terminal/terminalstyle.h"

#include "models/text/cleantext.h"

#include <QByteArray>

#include <algorithm>
#include <array>

#ifdef Q_OS_UNIX
#include <clocale>

#include <langinfo.h>
#include <unistd.h>
#endif

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

struct Sigil {
    QStringView form;
    QLatin1StringView ascii;
    QLatin1StringView colour; //!< SGR parameters
};

Sigil sigilOf(Status status)
{
    switch (status) {
    case Status::Online:
        return {u"●", "+"_L1, "32"_L1};
    case Status::Away:
        return {u"◐", "~"_L1, "33"_L1};
    case Status::Busy:
        return {u"⊖", "-"_L1, "31"_L1};
    case Status::Offline:
        return {u"○", "."_L1, "2"_L1};
    case Status::Unknown:
        break;
    }
    return {u"?", "?"_L1, "2"_L1};
}

struct Range {
    char32_t first;
    char32_t last;
};

//! Characters of East Asian width W and F (Unicode Annex 11), and emoji.
constexpr std::array WideRanges{Range{0x1100, 0x115f}, Range{0x2e80, 0x303e}, Range{0x3041, 0xa4cf},
    Range{0xac00, 0xd7a3}, Range{0xf900, 0xfaff}, Range{0xfe30, 0xfe6f}, Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6}, Range{0x1f300, 0x1faff}, Range{0x20000, 0x3fffd}};

int columnsOf(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    const bool isWide = std::any_of(WideRanges.begin(), WideRanges.end(),
        [=](const Range &range) { return character >= range.first && character <= range.last; });
    return isWide ? 2 : 1;
}

} // namespace

TerminalStyle TerminalStyle::ofStandardOutput()
{
    TerminalStyle style;
#ifdef Q_OS_UNIX
    std::setlocale(LC_ALL, "");
    style.isUtf8
        = QByteArrayView(::nl_langinfo(CODESET)).compare("UTF-8", Qt::CaseInsensitive) == 0;
    style.hasColour = ::isatty(STDOUT_FILENO) == 1 && qEnvironmentVariableIsEmpty("NO_COLOR")
        && qgetenv("TERM") != "dumb";
#endif
    return style;
}

QString TerminalStyle::sigil(Status status) const
{
    const Sigil sigil = sigilOf(status);
    const QString form = isUtf8 ? sigil.form.toString() : QString(sigil.ascii);
    return hasColour ? "\x1b["_L1 + sigil.colour + u'm' + form + "\x1b[0m"_L1 : form;
}

QString TerminalStyle::shown(QStringView text) const
{
    QString clean = cleanName(text);
    if (!isUtf8) {
        for (QChar &character : clean) {
            if (character.unicode() > 0x7e)
                character = u'?';
        }
    }
    return clean;
}

int columnsOf(QStringView text)
{
    int columns = 0;
    for (const char32_t character : text.toUcs4())
        columns += columnsOf(character);
    return columns;
}

QString padded(const QString &text, int columns)
{
    return text + QString(std::max(0, columns - columnsOf(text)), u' ');
}

} // namespace presently::app
