// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagerowlayout.h"

#include "ui/desktop/presencepainter.h"

namespace presently::ui {

namespace {

constexpr int DayHeight = 44;
constexpr int UnreadHeight = 30;
constexpr int GroupGap = 14;
constexpr int MessageGap = 3;
constexpr int NameGap = 2;
constexpr int ReplyHeight = 42;
constexpr int ReplyGap = 6;
constexpr int AttachmentHeight = 52;
constexpr int AttachmentWidth = 320;
constexpr int AttachmentGap = 6;
constexpr int TimeGap = 8;
constexpr int SystemPadding = 8;

void placeNameLine(MessageRowLayout &layout, int y, int room, const MessageRowContent &content)
{
    const int dot = int(NameDotSize);
    const int gap = int(NameDotGap);
    const int left = MessageRowLayout::TextLeft;
    const int forName = room - gap - dot - TimeGap - content.timeWidth;
    layout.name
        = QRect(left, y, std::max(20, std::min(content.nameWidth, forName)), content.nameHeight);
    layout.dot
        = QRect(layout.name.right() + 1 + gap, y + (content.nameHeight - dot + 1) / 2, dot, dot);
    layout.time = QRect(layout.dot.right() + 1 + TimeGap, y, content.timeWidth, content.nameHeight);
}

void placeFailure(MessageRowLayout &layout, int y, int room, const MessageRowContent &content)
{
    const int actions = content.retryWidth + content.discardWidth + 3 * TimeGap;
    const int left = MessageRowLayout::TextLeft;
    layout.failure = QRect(left, y, std::max(60, room - actions), content.smallHeight);
    layout.retry
        = QRect(left + room - content.discardWidth - TimeGap - content.retryWidth - TimeGap, y,
            content.retryWidth, content.smallHeight);
    layout.discard
        = QRect(left + room - content.discardWidth, y, content.discardWidth, content.smallHeight);
}

} // namespace

int MessageRowLayout::textWidth(int width)
{
    return std::clamp(width - TextLeft - RightMargin, 80, WidestText);
}

MessageRowLayout layoutMessageRow(int width, const MessageRowContent &content)
{
    MessageRowLayout layout;
    const int side = MessageRowLayout::SideMargin;
    const int left = MessageRowLayout::TextLeft;
    const int room = MessageRowLayout::textWidth(width);
    int y = 0;
    if (content.startsDay) {
        layout.day = QRect(side, y, width - 2 * side, DayHeight);
        y += DayHeight;
    }
    if (content.startsUnread) {
        layout.unread = QRect(side, y, width - 2 * side, UnreadHeight);
        y += UnreadHeight;
    }
    if (content.isSystem) {
        y += SystemPadding;
        layout.body = QRect(side, y, width - 2 * side, content.smallHeight);
        layout.height = y + content.smallHeight + SystemPadding;
        return layout;
    }
    const bool under = content.startsDay || content.startsUnread;
    y += content.startsGroup ? (under ? MessageGap : GroupGap) : MessageGap;
    if (content.startsGroup) {
        layout.avatar
            = QRect(side, y + 1, MessageRowLayout::AvatarSize, MessageRowLayout::AvatarSize);
        placeNameLine(layout, y, room, content);
        y += content.nameHeight + NameGap;
    }
    if (content.hasReply) {
        y += 2;
        layout.reply = QRect(left, y, room, ReplyHeight);
        y += ReplyHeight + ReplyGap;
    }
    layout.body = QRect(left, y, room, content.body.height());
    y += content.body.height();
    for (int i = 0; i < content.attachmentCount; ++i) {
        y += i == 0 && content.body.height() == 0 ? 2 : AttachmentGap;
        layout.attachments << QRect(left, y, std::min(AttachmentWidth, room), AttachmentHeight);
        y += AttachmentHeight;
    }
    if (content.hasFailure) {
        y += 3;
        placeFailure(layout, y, room, content);
        y += content.smallHeight;
    }
    layout.delivery = QRect(left + room + 8,
        y - (content.hasFailure ? content.smallHeight : 0) - MessageRowLayout::DeliverySize - 1,
        MessageRowLayout::DeliverySize, MessageRowLayout::DeliverySize);
    y += MessageGap;
    if (content.startsGroup)
        y = std::max(y, layout.avatar.bottom() + 1 + MessageGap);
    layout.height = y;
    return layout;
}

} // namespace presently::ui
