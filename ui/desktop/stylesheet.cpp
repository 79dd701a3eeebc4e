// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/stylesheet.h"

#include "ui/desktop/theme.h"

#include <QFile>
#include <QHash>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

QColor mixed(const QColor &first, const QColor &second, float share)
{
    return QColor::fromRgbF(first.redF() * (1 - share) + second.redF() * share,
        first.greenF() * (1 - share) + second.greenF() * share,
        first.blueF() * (1 - share) + second.blueF() * share);
}

QHash<QString, QString> tokensOf(const Palette &palette)
{
    const QColor fieldLine = mixed(palette.line, palette.textMuted, 0.45F);
    const QColor scroll = mixed(palette.line, palette.textMuted, 0.35F);
    return {
        {u"window"_s, palette.window.name()},
        {u"surface"_s, palette.surface.name()},
        {u"raised"_s, palette.raised.name()},
        {u"hover"_s, palette.hover.name()},
        {u"selected"_s, palette.selected.name()},
        {u"line"_s, palette.line.name()},
        {u"fieldLine"_s, fieldLine.name()},
        {u"scroll"_s, scroll.name()},
        {u"text"_s, palette.text.name()},
        {u"textSecondary"_s, palette.textSecondary.name()},
        {u"textMuted"_s, palette.textMuted.name()},
        {u"accent"_s, palette.accent.name()},
        {u"accentHover"_s, palette.accentHover.name()},
        {u"accentText"_s, palette.accentText.name()},
        {u"focus"_s, palette.focus.name()},
        {u"danger"_s, palette.danger.name()},
        {u"warning"_s, palette.warning.name()},
        {u"warningSurface"_s, palette.warningSurface.name()},
        {u"menu"_s, (palette.dark ? palette.raised : palette.surface).name()},
        {u"noticeBackground"_s, palette.text.name()},
        {u"noticeText"_s, palette.surface.name()},
        {u"checkImage"_s,
            palette.dark ? u":/presently/icons/checkdark.svg"_s
                         : u":/presently/icons/checklight.svg"_s},
    };
}

} // namespace

QString styleSheetFor(const Palette &palette)
{
    QFile file(u":/presently/desktop.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString source = QString::fromUtf8(file.readAll());
    const QHash<QString, QString> tokens = tokensOf(palette);
    QString sheet;
    sheet.reserve(source.size() * 2);
    for (qsizetype at = 0; at < source.size();) {
        const qsizetype sign = source.indexOf(u'@', at);
        if (sign < 0)
            return sheet + source.mid(at);
        sheet += QStringView(source).mid(at, sign - at);
        qsizetype end = sign + 1;
        while (end < source.size() && source[end].isLetter())
            ++end;
        const QString name = source.mid(sign + 1, end - sign - 1);
        sheet += tokens.value(name, u'@' + name);
        at = end;
    }
    return sheet;
}

} // namespace presently::ui
