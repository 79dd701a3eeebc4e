// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/message.h"
#include "ui/desktop/messagebody.h"
#include "ui/desktop/messagerowlayout.h"

#include <QAbstractItemDelegate>
#include <QCache>

#include <functional>
#include <memory>

namespace presently::ui {

class Theme;

//! What a click in a message would do.
struct MessageHit {
    enum class What { Nothing, Link, Attachment, Reply, Retry, Discard };
    What what = What::Nothing;
    MessageLink link;
    int attachment = -1;
};

//! \brief Paints one message. Keeps what was laid out, per width, so that scrolling and changes of
//! presence lay out nothing again.
class MessageDelegate : public QAbstractItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageDelegate)

public:
    //! \a now is asked at each painting.
    MessageDelegate(const Theme &theme, std::function<WallTime()> now, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    [[nodiscard]] MessageRowLayout layoutOf(
        const QModelIndex &index, int width, const QFont &font) const;
    [[nodiscard]] MessageHit hitAt(
        const QModelIndex &index, const QStyleOptionViewItem &option, const QPoint &point) const;
    //! The row's message has other content: lay it out anew.
    void forget(const QModelIndex &index);
    void forgetAll();
    //! The message to be shown in a stronger light for a moment, after a jump to it.
    void setHighlighted(const QString &messageId) { m_highlighted = messageId; }

private:
    struct Kept {
        int width = 0;
        std::unique_ptr<MessageBody> body; //!< none for a system message
    };

    [[nodiscard]] const Kept &kept(const QModelIndex &index, int width, const QFont &font) const;
    void paintAbove(QPainter &painter, const QRect &row, const MessageRowLayout &layout,
        const QModelIndex &index) const;
    void paintSender(QPainter &painter, const QPoint &origin, const MessageRowLayout &layout,
        const QModelIndex &index, const QColor &behind) const;
    void paintReply(QPainter &painter, const QRect &rect, const QModelIndex &index) const;
    void paintAttachments(QPainter &painter, const QPoint &origin, const MessageRowLayout &layout,
        const QModelIndex &index) const;
    void paintDelivery(QPainter &painter, const QPoint &origin, const MessageRowLayout &layout,
        const QModelIndex &index) const;
    void paintFailure(QPainter &painter, const QPoint &origin, const MessageRowLayout &layout,
        const QModelIndex &index) const;
    [[nodiscard]] TextStyles stylesFor(const QFont &font) const;

    const Theme &m_theme;
    std::function<WallTime()> m_now;
    QString m_highlighted;
    mutable QCache<QString, Kept> m_kept; //!< by message id or key
    mutable TextStyles m_styles;
    mutable QFont m_stylesOf;
    mutable bool m_hasStyles = false;
};

} // namespace presently::ui
