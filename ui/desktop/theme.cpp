// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/theme.h"

#include "ui/desktop/stylesheet.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QStyleFactory>
#include <QSvgRenderer>

using namespace Qt::Literals::StringLiterals;

// Must stand outside every namespace.
static void loadResources()
{
    Q_INIT_RESOURCE(desktop);
}

namespace presently::ui {

namespace {

constexpr int IconSize = 20;

QPalette qtPaletteFor(const Palette &colours)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, colours.raised);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.textMuted);
    palette.setColor(QPalette::Button, colours.raised);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, colours.accentText);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::ToolTipBase, colours.raised);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::Light, colours.surface);
    palette.setColor(QPalette::Mid, colours.line);
    palette.setColor(QPalette::Dark, colours.textMuted);
    palette.setColor(QPalette::Shadow, colours.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colours.textMuted);
    return palette;
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    loadResources();
    // Qt says it outright only from 6.5 on; the palette that the system gave tells as well.
    const QPalette system = QGuiApplication::palette();
    m_systemDark = system.color(QPalette::Window).lightness()
        < system.color(QPalette::WindowText).lightness();
}

void Theme::setAppearance(Appearance appearance)
{
    if (m_appearance == appearance)
        return;
    m_appearance = appearance;
    apply();
    Q_EMIT changed();
}

const Palette &Theme::palette() const
{
    const bool dark = m_appearance == Appearance::Dark
        || (m_appearance == Appearance::FollowSystem && m_systemDark);
    return dark ? darkPalette() : lightPalette();
}

void Theme::applyTo(QApplication &application)
{
    m_application = &application;
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    apply();
}

void Theme::apply()
{
    if (!m_application)
        return;
    QApplication::setPalette(qtPaletteFor(palette()));
    m_application->setStyleSheet(styleSheetFor(palette()));
}

void Theme::setSystemDark(bool dark)
{
    if (m_systemDark == dark)
        return;
    m_systemDark = dark;
    if (m_appearance != Appearance::FollowSystem)
        return;
    apply();
    Q_EMIT changed();
}

QPixmap Theme::pixmap(
    const QString &role, const QColor &colour, int size, qreal devicePixelRatio) const
{
    const int pixels = qRound(size * devicePixelRatio);
    const QString key = u"presently:%1:%2:%3"_s.arg(role, colour.name(QColor::HexArgb)).arg(pixels);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QSvgRenderer renderer(u":/presently/icons/%1.svg"_s.arg(role));
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon Theme::icon(const QString &role, const QColor &colour) const
{
    QIcon icon;
    for (const int scale : {1, 2}) {
        icon.addPixmap(pixmap(role, colour, IconSize, scale));
        icon.addPixmap(pixmap(role, palette().textMuted, IconSize, scale), QIcon::Disabled);
    }
    return icon;
}

QIcon Theme::icon(const QString &role) const
{
    return icon(role, palette().textSecondary);
}

} // namespace presently::ui
