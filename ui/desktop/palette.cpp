// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/theme.h"

#include <cmath>

namespace presently::ui {

namespace {

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

Palette makeLight()
{
    Palette palette;
    palette.window = QColor(0xf5, 0xf6, 0xf9);
    palette.surface = QColor(0xff, 0xff, 0xff);
    palette.raised = QColor(0xf0, 0xf2, 0xf6);
    palette.hover = QColor(0xec, 0xee, 0xf3);
    palette.selected = QColor(0xdf, 0xe8, 0xfb);
    palette.line = QColor(0xe1, 0xe4, 0xea);
    palette.text = QColor(0x1b, 0x1f, 0x27);
    palette.textSecondary = QColor(0x52, 0x5b, 0x6b);
    palette.textMuted = QColor(0x5f, 0x68, 0x77);
    palette.accent = QColor(0x2f, 0x62, 0xc9);
    palette.accentHover = QColor(0x27, 0x54, 0xb0);
    palette.accentText = QColor(0xff, 0xff, 0xff);
    palette.focus = QColor(0x6d, 0x95, 0xe8);
    palette.danger = QColor(0xc6, 0x28, 0x28);
    palette.warning = QColor(0x7a, 0x4f, 0x00);
    palette.warningSurface = QColor(0xff, 0xf3, 0xd9);
    palette.online = QColor(0x38, 0x8e, 0x3c);
    palette.away = QColor(0xef, 0x6c, 0x00);
    palette.awayOutline = QColor(0xd9, 0x5f, 0x00);
    palette.busy = QColor(0xc6, 0x28, 0x28);
    palette.offline = QColor(0x75, 0x75, 0x75);
    palette.unknown = QColor(0x5f, 0x66, 0x72);
    return palette;
}

Palette makeDark()
{
    Palette palette;
    palette.dark = true;
    palette.window = QColor(0x1a, 0x1e, 0x25);
    palette.surface = QColor(0x14, 0x17, 0x1c);
    palette.raised = QColor(0x22, 0x27, 0x30);
    palette.hover = QColor(0x23, 0x28, 0x33);
    palette.selected = QColor(0x27, 0x36, 0x55);
    palette.line = QColor(0x2b, 0x31, 0x3b);
    palette.text = QColor(0xe6, 0xe9, 0xef);
    palette.textSecondary = QColor(0xae, 0xb6, 0xc4);
    palette.textMuted = QColor(0x97, 0xa0, 0xb0);
    palette.accent = QColor(0x7f, 0xa8, 0xff);
    palette.accentHover = QColor(0x98, 0xb9, 0xff);
    palette.accentText = QColor(0x0e, 0x15, 0x24);
    palette.focus = QColor(0x5a, 0x7f, 0xcc);
    palette.danger = QColor(0xff, 0x7b, 0x72);
    palette.warning = QColor(0xff, 0xd4, 0x8a);
    palette.warningSurface = QColor(0x3a, 0x2e, 0x16);
    palette.online = QColor(0x4c, 0xaf, 0x50);
    palette.away = QColor(0xff, 0x98, 0x00);
    palette.awayOutline = palette.away;
    palette.busy = QColor(0xf4, 0x43, 0x36);
    palette.offline = QColor(0x9e, 0x9e, 0x9e);
    palette.unknown = QColor(0xa8, 0xaf, 0xbb);
    return palette;
}

} // namespace

const QColor &Palette::fill(Status status) const
{
    switch (status) {
    case Status::Online:
        return online;
    case Status::Away:
        return away;
    case Status::Busy:
        return busy;
    case Status::Offline:
        return offline;
    case Status::Unknown:
        break;
    }
    return unknown;
}

const QColor &Palette::outline(Status status) const
{
    return status == Status::Away ? awayOutline : fill(status);
}

const Palette &lightPalette()
{
    static const Palette palette = makeLight();
    return palette;
}

const Palette &darkPalette()
{
    static const Palette palette = makeDark();
    return palette;
}

double contrastRatio(const QColor &first, const QColor &second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace presently::ui
