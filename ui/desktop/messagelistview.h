// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/desktop/messagedelegate.h"
#include "ui/desktop/rowgeometry.h"
#include "ui/desktop/rowlistview.h"

class QToolButton;

namespace presently::ui {

//! \brief The messages of one conversation. Nothing that comes, goes or grows moves what is being
//! read: the view holds on to the lowest row that is seen, or to the end when it is there.
class MessageListView : public RowListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageListView)

public:
    MessageListView(Theme &theme, MessageDelegate &delegate, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QColor background() const override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
        const QList<int> &roles = {}) override;
    void reset() override;

    [[nodiscard]] bool isAtBottom() const { return m_atBottom; }
    void scrollToEnd();
    //! The row's top goes a little below the view's own, as at the first unread message.
    void scrollToRow(int row);
    //! Scrolls to \a row and lights it up for a moment.
    void jumpTo(int row, const QString &messageId);
    //! What stands on the button that goes to the end; 0: nothing.
    void setUnreadBelow(int count);

Q_SIGNALS:
    void atBottomChanged(bool atBottom);
    void nearTop(); //!< time to fetch what is older; said again while it stays so
    void nearBottom();
    void endRequested(); //!< the button that goes to the end
    void hit(const QModelIndex &index, const presently::ui::MessageHit &hit);
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);

protected:
    [[nodiscard]] int rowTop(int row) const override;
    [[nodiscard]] int rowHeight(int row) const override;
    [[nodiscard]] int rowAtY(int y) const override;
    [[nodiscard]] int contentHeight() const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    //! A row and where its bottom edge stands above the viewport's bottom edge.
    struct Anchor {
        int row = -1;
        int bottomDistance = 0;
    };
    [[nodiscard]] Anchor currentAnchor() const;
    void hold();
    void relayout();
    void measureAround();
    bool measure(int row);
    void onRowsRemoved(int first, int last);
    void noteEnds();
    void placeEndButton();
    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index) const;

    MessageDelegate &m_delegate;
    QToolButton *m_endButton;
    RowGeometry m_geometry;
    Anchor m_anchor;
    int m_laidOutWidth = -1;
    bool m_atBottom = true;
    bool m_adjusting = false;
};

} // namespace presently::ui
