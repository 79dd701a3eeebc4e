// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "ui/desktop/textstyles.h"

#include <QAbstractItemDelegate>
#include <QRect>

#include <functional>

namespace presently::ui {

class Pulse;
class Theme;

//! Where the parts of a conversation's row stand.
struct ConversationRowLayout {
    static constexpr int Height = 64;
    static constexpr int AvatarSize = 40;

    QRect card; //!< the rounded ground of a row that is selected or under the pointer
    QRect avatar;
    QRect title;
    QRect time;
    QRect preview;
    QRect badge; //!< empty when nothing is unread
    QRect marks; //!< pin and mute, right of the preview; empty without
};

//! What the layout depends on, beside the row.
struct ConversationRowContent {
    int timeWidth = 0;
    int badgeWidth = 0; //!< 0: no badge
    int markCount = 0;
    int titleHeight = 0;
    int previewHeight = 0;
};

[[nodiscard]] ConversationRowLayout layoutConversationRow(
    const QRect &row, const ConversationRowContent &content);

//! \brief Paints one conversation: avatar with dot, title, last message, time, unread badge.
class ConversationDelegate : public QAbstractItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationDelegate)

public:
    //! \a now is asked at each painting.
    ConversationDelegate(const Theme &theme, const Pulse &pulse, std::function<WallTime()> now,
        QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

private:
    void paintText(QPainter &painter, const ConversationRowLayout &layout, const QModelIndex &index,
        const TextStyles &styles) const;
    void paintMarks(
        QPainter &painter, const ConversationRowLayout &layout, const QModelIndex &index) const;

    const Theme &m_theme;
    const Pulse &m_pulse;
    std::function<WallTime()> m_now;
};

} // namespace presently::ui
