// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QColor>
#include <QIcon>
#include <QObject>

class QApplication;

namespace presently::ui {

enum class Appearance { FollowSystem, Light, Dark };
enum class Motion { Full, Reduced };

//! \brief The tokens of the one visual language. Every colour on the screen is one of these.
struct Palette {
    bool dark = false;
    QColor window; //!< behind the side panes
    QColor surface; //!< behind messages, fields, menus
    QColor raised; //!< cards, code, chips
    QColor hover;
    QColor selected;
    QColor line; //!< hairlines between panes
    QColor text;
    QColor textSecondary;
    QColor textMuted;
    QColor accent; //!< buttons, links, the unread badge
    QColor accentHover;
    QColor accentText; //!< on accent
    QColor focus; //!< the ring around what the keyboard is on
    QColor danger;
    QColor warning;
    QColor warningSurface;
    QColor online;
    QColor away;
    QColor awayOutline; //!< where the fill alone falls short of 3:1
    QColor busy;
    QColor offline;
    QColor unknown;

    [[nodiscard]] const QColor &fill(Status status) const;
    [[nodiscard]] const QColor &outline(Status status) const; //!< 3:1 on every background
};

[[nodiscard]] const Palette &lightPalette();
[[nodiscard]] const Palette &darkPalette();

//! WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrastRatio(const QColor &first, const QColor &second);

//! \brief Which palette is in use, and the style sheet and icons made from it.
//!
//! Ownership: one per program, made by `app` and borrowed by every window.
//! Threading: the window's thread.
class Theme : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    explicit Theme(QObject *parent = nullptr);

    void setAppearance(Appearance appearance);
    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    void setMotion(Motion motion) { m_motion = motion; }
    [[nodiscard]] Motion motion() const { return m_motion; }
    //! What `app` hears from the system while the program runs; at start its palette tells.
    void setSystemDark(bool dark);

    [[nodiscard]] const Palette &palette() const;
    //! Sets style, palette and style sheet of the whole program, now and at each change. Call it
    //! before any window is made.
    void applyTo(QApplication &application);

    //! The icon of that role (`resources/icons/ROLE.svg`) in a colour of the palette.
    [[nodiscard]] QIcon icon(const QString &role, const QColor &colour) const;
    [[nodiscard]] QIcon icon(const QString &role) const;
    [[nodiscard]] QPixmap pixmap(
        const QString &role, const QColor &colour, int size, qreal devicePixelRatio) const;

Q_SIGNALS:
    //! Colours changed: repaint, fetch icons again.
    void changed();

private:
    void apply();

    Appearance m_appearance = Appearance::FollowSystem;
    Motion m_motion = Motion::Full;
    QApplication *m_application = nullptr;
    bool m_systemDark = false;
};

} // namespace presently::ui
