// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QAbstractItemDelegate>
#include <QRect>

#include <functional>

namespace presently::ui {

class Pulse;
class Theme;

//! Where the parts of a person's row stand.
struct ParticipantRowLayout {
    static constexpr int Height = 52;
    static constexpr int HeadingHeight = 34;
    static constexpr int AvatarSize = 34;

    QRect card;
    QRect avatar;
    QRect name;
    QRect detail; //!< presence in words
};

[[nodiscard]] ParticipantRowLayout layoutParticipantRow(
    const QRect &row, int nameHeight, int detailHeight);

//! \brief Paints one person with presence, or the heading of a group of them.
class ParticipantDelegate : public QAbstractItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ParticipantDelegate)

public:
    //! \a now is asked at each painting.
    ParticipantDelegate(const Theme &theme, const Pulse &pulse, std::function<WallTime()> now,
        QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    void paintHeading(
        QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    const Theme &m_theme;
    const Pulse &m_pulse;
    std::function<WallTime()> m_now;
};

} // namespace presently::ui
