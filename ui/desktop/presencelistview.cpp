// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/presencelistview.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QMouseEvent>

namespace presently::ui {

namespace {

constexpr int Padding = 6; //!< above the first row and below the last

} // namespace

PresenceListView::PresenceListView(Theme &theme, QWidget *parent)
    : RowListView(theme, parent)
{
}

void PresenceListView::setRowHeights(int item, int heading, std::function<QList<int>()> headings)
{
    m_itemHeight = item;
    m_headingHeight = heading;
    m_headings = std::move(headings);
    doItemsLayout();
}

QList<int> PresenceListView::headingRows() const
{
    return m_headings ? m_headings() : QList<int>();
}

int PresenceListView::rowTop(int row) const
{
    int top = Padding + row * m_itemHeight;
    for (const int heading : headingRows()) {
        if (heading < row)
            top += m_headingHeight - m_itemHeight;
    }
    return top;
}

int PresenceListView::rowHeight(int row) const
{
    return headingRows().contains(row) ? m_headingHeight : m_itemHeight;
}

int PresenceListView::rowAtY(int y) const
{
    const int count = rowCount();
    if (count == 0 || y >= contentHeight() - Padding)
        return -1;
    int firstRow = 0;
    int top = Padding;
    for (const int heading : headingRows()) {
        const int headingTop = top + (heading - firstRow) * m_itemHeight;
        if (y < headingTop)
            break;
        if (y < headingTop + m_headingHeight)
            return heading;
        firstRow = heading + 1;
        top = headingTop + m_headingHeight;
    }
    return std::clamp(firstRow + std::max(0, y - top) / m_itemHeight, 0, count - 1);
}

int PresenceListView::contentHeight() const
{
    const int headings = int(headingRows().size());
    return 2 * Padding + (rowCount() - headings) * m_itemHeight + headings * m_headingHeight;
}

bool PresenceListView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::MouseMove)
        setPointerInside(true);
    else if (event->type() == QEvent::Leave)
        setPointerInside(false);
    return RowListView::viewportEvent(event);
}

void PresenceListView::setPointerInside(bool inside)
{
    m_pointerInside = inside;
    tellHandling();
}

void PresenceListView::focusInEvent(QFocusEvent *event)
{
    RowListView::focusInEvent(event);
    m_keyboardInside = true;
    tellHandling();
}

void PresenceListView::focusOutEvent(QFocusEvent *event)
{
    RowListView::focusOutEvent(event);
    m_keyboardInside = false;
    tellHandling();
}

void PresenceListView::hideEvent(QHideEvent *event)
{
    RowListView::hideEvent(event);
    setPointerInside(false);
}

void PresenceListView::tellHandling()
{
    const bool handling = m_pointerInside || m_keyboardInside;
    if (handling == m_handling)
        return;
    m_handling = handling;
    Q_EMIT handlingChanged(handling);
}

void PresenceListView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid())
            Q_EMIT rowChosen(currentIndex());
        return;
    }
    RowListView::keyPressEvent(event);
}

void PresenceListView::mouseReleaseEvent(QMouseEvent *event)
{
    RowListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid()
        && (index.flags() & Qt::ItemIsSelectable))
        Q_EMIT rowChosen(index);
}

} // namespace presently::ui
