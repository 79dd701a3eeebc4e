// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagedelegate.h"

#include "models/core/presence.h"
#include "models/items/roles.h"
#include "ui/common/rowwords.h"
#include "ui/common/wording.h"
#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/rowpainting.h"
#include "ui/desktop/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int BodiesKept = 1500;

QString keyOf(const QModelIndex &index)
{
    const QString id = index.data(MessageIdRole).toString();
    return id.isEmpty() ? index.data(OutgoingKeyRole).toString() : id;
}

bool isSystem(const QModelIndex &index)
{
    return index.data(MessageKindRole).toInt() == int(MessageKind::System);
}

Delivery deliveryOf(const QModelIndex &index)
{
    return Delivery(index.data(DeliveryRole).toInt());
}

QString retryText()
{
    return MessageDelegate::tr("Retry");
}

//! The width of a line that paintLine will not cut: rounding may cost a pixel on each side.
int lineWidth(const QFontMetrics &metrics, const QString &text)
{
    return metrics.horizontalAdvance(text) + 2;
}

QString discardText()
{
    return MessageDelegate::tr("Discard");
}

} // namespace

MessageDelegate::MessageDelegate(const Theme &theme, std::function<WallTime()> now, QObject *parent)
    : QAbstractItemDelegate(parent)
    , m_theme(theme)
    , m_now(std::move(now))
    , m_kept(BodiesKept)
{
    connect(&theme, &Theme::changed, this, &MessageDelegate::forgetAll);
}

TextStyles MessageDelegate::stylesFor(const QFont &font) const
{
    if (!m_hasStyles || m_stylesOf != font) {
        m_styles = TextStyles::from(font);
        m_stylesOf = font;
        m_hasStyles = true;
    }
    return m_styles;
}

void MessageDelegate::forget(const QModelIndex &index)
{
    m_kept.remove(keyOf(index));
}

void MessageDelegate::forgetAll()
{
    m_kept.clear();
    m_hasStyles = false;
}

const MessageDelegate::Kept &MessageDelegate::kept(
    const QModelIndex &index, int width, const QFont &font) const
{
    const QString key = keyOf(index);
    const int room = MessageRowLayout::textWidth(width);
    if (const Kept *found = m_kept.object(key); found && found->width == room)
        return *found;
    auto *fresh = new Kept;
    fresh->width = room;
    if (!isSystem(index)) {
        const RichText text = RichText::fromHtml(index.data(ContentRole).toString());
        //: Small, behind a message that was changed after it was sent.
        const QString suffix = index.data(IsEditedRole).toBool() ? tr("edited") : QString();
        fresh->body = std::make_unique<MessageBody>(
            text.isBlank() ? RichText() : text, stylesFor(font), m_theme.palette(), room, suffix);
    }
    m_kept.insert(key, fresh);
    return *fresh;
}

MessageRowLayout MessageDelegate::layoutOf(
    const QModelIndex &index, int width, const QFont &font) const
{
    const TextStyles styles = stylesFor(font);
    const QFontMetrics small(styles.small);
    const QFontMetrics strong(styles.strong);
    MessageRowContent content;
    content.startsDay = index.data(StartsDayRole).toBool();
    content.startsUnread = index.data(StartsUnreadRole).toBool();
    content.startsGroup = index.data(StartsGroupRole).toBool();
    content.isSystem = isSystem(index);
    content.nameHeight = strong.height();
    content.smallHeight = small.height();
    if (content.isSystem)
        return layoutMessageRow(width, content);
    content.hasReply = index.data(ReplyToRole).isValid();
    content.hasFailure = deliveryOf(index) == Delivery::Failed;
    content.body = kept(index, width, font).body->size();
    content.attachmentCount = int(index.data(AttachmentsRole).value<QList<Attachment>>().size());
    content.nameWidth = lineWidth(strong, index.data(Qt::DisplayRole).toString());
    content.timeWidth = lineWidth(small, clockText(index.data(SentAtRole).value<WallTime>()));
    content.retryWidth = lineWidth(small, retryText());
    content.discardWidth = lineWidth(small, discardText());
    return layoutMessageRow(width, content);
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {option.rect.width(), layoutOf(index, option.rect.width(), option.font).height};
}

void MessageDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Palette &colours = m_theme.palette();
    const int width = option.rect.width();
    const MessageRowLayout layout = layoutOf(index, width, option.font);
    const QPoint origin = option.rect.topLeft();
    const int top = std::max(layout.day.bottom(), layout.unread.bottom()) + 1;
    QColor behind = colours.surface;
    if (keyOf(index) == m_highlighted && !m_highlighted.isEmpty())
        behind = colours.selected;
    else if (option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus))
        behind = colours.dark ? colours.window : colours.window;
    if (behind != colours.surface && !isSystem(index))
        painter->fillRect(option.rect.adjusted(0, top, 0, 0), behind);
    paintAbove(*painter, option.rect, layout, index);
    if (isSystem(index)) {
        paintLine(*painter, layout.body.translated(origin),
            systemMessageText(index.data(ContentRole).toString()), stylesFor(option.font).small,
            colours.textMuted, Qt::AlignHCenter);
        return;
    }
    if (option.state & QStyle::State_HasFocus)
        painter->fillRect(
            QRect(origin.x(), origin.y() + top, 3, layout.height - top), colours.focus);
    paintSender(*painter, origin, layout, index, behind);
    if (layout.reply.isValid())
        paintReply(*painter, layout.reply.translated(origin), index);
    painter->setOpacity(deliveryOf(index) == Delivery::Pending ? 0.6 : 1);
    kept(index, width, option.font).body->draw(*painter, origin + layout.body.topLeft(), colours);
    painter->setOpacity(1);
    paintAttachments(*painter, origin, layout, index);
    paintFailure(*painter, origin, layout, index);
    paintDelivery(*painter, origin, layout, index);
}

void MessageDelegate::paintAbove(QPainter &painter, const QRect &row,
    const MessageRowLayout &layout, const QModelIndex &index) const
{
    const Palette &colours = m_theme.palette();
    const auto line
        = [&](const QRect &rect, const QString &text, const QColor &ink, const QColor &rule) {
              const int width = QFontMetrics(m_styles.smallStrong).horizontalAdvance(text) + 24;
              const int middle = rect.center().y();
              painter.fillRect(QRect(rect.left(), middle, (rect.width() - width) / 2, 1), rule);
              painter.fillRect(QRect(rect.left() + (rect.width() + width) / 2, middle,
                                   rect.width() - (rect.width() + width) / 2, 1),
                  rule);
              paintLine(painter, rect, text, m_styles.smallStrong, ink, Qt::AlignHCenter);
          };
    if (layout.day.isValid()) {
        const auto at = index.data(SentAtRole).value<WallTime>();
        line(layout.day.translated(row.topLeft()), dayText(at, m_now()), colours.textMuted,
            colours.line);
    }
    if (layout.unread.isValid())
        line(layout.unread.translated(row.topLeft()), tr("New messages"), colours.accent,
            colours.accent);
}

void MessageDelegate::paintSender(QPainter &painter, const QPoint &origin,
    const MessageRowLayout &layout, const QModelIndex &index, const QColor &) const
{
    if (!layout.avatar.isValid())
        return;
    const Palette &colours = m_theme.palette();
    const QString name = index.data(Qt::DisplayRole).toString();
    paintAvatar(painter, layout.avatar.translated(origin), index.data(UserIdRole).toString(), name,
        colours);
    paintLine(painter, layout.name.translated(origin), name, m_styles.strong, colours.text);
    paintPresenceDot(
        painter, layout.dot.translated(origin), Status(index.data(StatusRole).toInt()), colours);
    paintLine(painter, layout.time.translated(origin),
        clockText(index.data(SentAtRole).value<WallTime>()), m_styles.small, colours.textMuted);
}

void MessageDelegate::paintReply(
    QPainter &painter, const QRect &rect, const QModelIndex &index) const
{
    const Palette &colours = m_theme.palette();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.accent);
    painter.drawRoundedRect(QRect(rect.left(), rect.top(), 3, rect.height()), 1.5, 1.5);
    const QRect text = rect.adjusted(12, 2, 0, -2);
    const int half = text.height() / 2;
    const QVariant name = index.data(ReplyNameRole);
    if (!name.isValid()) {
        //: In place of the message that is answered, when it is not loaded.
        paintLine(
            painter, text, tr("In reply to an earlier message"), m_styles.small, colours.textMuted);
        return;
    }
    paintLine(painter, QRect(text.left(), text.top(), text.width(), half), name.toString(),
        m_styles.smallStrong, colours.accent);
    paintLine(painter, QRect(text.left(), text.top() + half, text.width(), half),
        index.data(ReplyPreviewRole).toString(), m_styles.small, colours.textSecondary);
}

void MessageDelegate::paintAttachments(QPainter &painter, const QPoint &origin,
    const MessageRowLayout &layout, const QModelIndex &index) const
{
    const Palette &colours = m_theme.palette();
    const auto files = index.data(AttachmentsRole).value<QList<Attachment>>();
    for (qsizetype i = 0; i < layout.attachments.size() && i < files.size(); ++i) {
        const QRect card = layout.attachments[i].translated(origin);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colours.line, 1));
        painter.setBrush(colours.raised);
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        constexpr int IconSize = 22;
        painter.drawPixmap(card.left() + 14, card.center().y() - IconSize / 2,
            m_theme.pixmap(
                u"file"_s, colours.textSecondary, IconSize, painter.device()->devicePixelRatioF()));
        const QRect text = card.adjusted(50, 7, -12, -7);
        const int half = text.height() / 2;
        paintLine(painter, QRect(text.left(), text.top(), text.width(), half), files[i].fileName,
            m_styles.body, colours.text);
        paintLine(painter, QRect(text.left(), text.top() + half, text.width(), half),
            fileSizeText(files[i].size), m_styles.small, colours.textMuted);
    }
}

void MessageDelegate::paintFailure(QPainter &painter, const QPoint &origin,
    const MessageRowLayout &layout, const QModelIndex &index) const
{
    if (!layout.failure.isValid())
        return;
    const Palette &colours = m_theme.palette();
    const QVariant failure = index.data(FailureRole);
    const QString reason = failure.isValid() ? errorWords(failure.value<Error>()).what : QString();
    //: %1: why, a whole sentence.
    const QString text = tr("Not sent. %1").arg(reason);
    paintLine(painter, layout.failure.translated(origin), text, m_styles.small, colours.danger);
    paintLine(
        painter, layout.retry.translated(origin), retryText(), m_styles.small, colours.accent);
    paintLine(
        painter, layout.discard.translated(origin), discardText(), m_styles.small, colours.accent);
}

void MessageDelegate::paintDelivery(QPainter &painter, const QPoint &origin,
    const MessageRowLayout &layout, const QModelIndex &index) const
{
    if (!index.data(IsOwnRole).toBool())
        return;
    const Palette &colours = m_theme.palette();
    QString role = u"sent"_s;
    QColor ink = colours.textMuted;
    switch (deliveryOf(index)) {
    case Delivery::Pending:
        role = u"pending"_s;
        break;
    case Delivery::Read:
        role = u"read"_s;
        ink = colours.accent;
        break;
    case Delivery::Failed:
        role = u"failed"_s;
        ink = colours.danger;
        break;
    case Delivery::Sent:
        break;
    }
    painter.drawPixmap(layout.delivery.topLeft() + origin,
        m_theme.pixmap(
            role, ink, MessageRowLayout::DeliverySize, painter.device()->devicePixelRatioF()));
}

MessageHit MessageDelegate::hitAt(
    const QModelIndex &index, const QStyleOptionViewItem &option, const QPoint &point) const
{
    MessageHit hit;
    if (!index.isValid() || isSystem(index))
        return hit;
    const MessageRowLayout layout = layoutOf(index, option.rect.width(), option.font);
    const QPoint local = point - option.rect.topLeft();
    if (layout.retry.contains(local))
        hit.what = MessageHit::What::Retry;
    else if (layout.discard.contains(local))
        hit.what = MessageHit::What::Discard;
    else if (layout.reply.contains(local))
        hit.what = MessageHit::What::Reply;
    for (qsizetype i = 0; i < layout.attachments.size(); ++i) {
        if (layout.attachments[i].contains(local)) {
            hit.what = MessageHit::What::Attachment;
            hit.attachment = int(i);
        }
    }
    if (layout.body.contains(local)) {
        hit.link = kept(index, option.rect.width(), option.font)
                       .body->linkAt(local - layout.body.topLeft());
        if (!hit.link.isEmpty())
            hit.what = MessageHit::What::Link;
    }
    return hit;
}

bool MessageDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const MessageRowLayout layout = layoutOf(index, option.rect.width(), option.font);
    const QPoint local = event->pos() - option.rect.topLeft();
    const MessageHit hit = hitAt(index, option, event->pos());
    QString text;
    if (hit.what == MessageHit::What::Link)
        text = hit.link.href;
    else if (layout.dot.adjusted(-4, -4, 4, 4).contains(local) || layout.name.contains(local)
        || layout.avatar.contains(local))
        text = presenceWords(index, m_now());
    QToolTip::showText(event->globalPos(), plainToolTip(text), view);
    return true;
}

} // namespace presently::ui
