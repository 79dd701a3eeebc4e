// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/rowlistview.h"

#include "ui/desktop/theme.h"

#include <QAccessible>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace presently::ui {

RowListView::RowListView(Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    viewport()->setMouseTracking(true);
    // Every pixel is painted by paintEvent: nothing behind needs to be.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setAutoFillBackground(false);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

QColor RowListView::background() const
{
    return m_theme.palette().window;
}

int RowListView::rowCount() const
{
    return model() ? model()->rowCount(rootIndex()) : 0;
}

QModelIndex RowListView::rowIndex(int row) const
{
    return model()->index(row, 0, rootIndex());
}

void RowListView::setModel(QAbstractItemModel *newModel)
{
    if (model())
        model()->disconnect(this);
    QListView::setModel(newModel);
    if (!newModel)
        return;
    connect(newModel, &QAbstractItemModel::rowsAboutToBeMoved, this, [this] { m_moving = true; });
    connect(newModel, &QAbstractItemModel::rowsMoved, this,
        [this](const QModelIndex &, int first, int last, const QModelIndex &, int to) {
            m_moving = false;
            rowsChanged();
            updateRows(std::min(first, to), std::max(last, to));
        });
    const auto relaid = [this] {
        rowsChanged();
        updateGeometries();
        viewport()->update();
    };
    connect(newModel, &QAbstractItemModel::rowsRemoved, this, relaid);
    connect(newModel, &QAbstractItemModel::layoutChanged, this, relaid);
    relaid();
}

QRect RowListView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    return {0, rowTop(index.row()) - verticalOffset(), viewport()->width(), rowHeight(index.row())};
}

QModelIndex RowListView::indexAt(const QPoint &point) const
{
    const int row = model() ? rowAtY(point.y() + verticalOffset()) : -1;
    return row < 0 ? QModelIndex() : rowIndex(row);
}

int RowListView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

void RowListView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int top = rowTop(index.row());
    const int bottom = top + rowHeight(index.row());
    const int height = viewport()->height();
    QScrollBar *bar = verticalScrollBar();
    if (hint == PositionAtTop || (hint == EnsureVisible && top < bar->value()))
        bar->setValue(top);
    else if (hint == PositionAtBottom || (hint == EnsureVisible && bottom > bar->value() + height))
        bar->setValue(bottom - height);
    else if (hint == PositionAtCenter)
        bar->setValue((top + bottom - height) / 2);
}

void RowListView::doItemsLayout()
{
    updateGeometries();
    // A move repaints the rows between its ends only.
    if (!m_moving)
        viewport()->update();
}

void RowListView::reset()
{
    QAbstractItemView::reset();
    setHoveredRow(-1);
    rowsChanged();
    updateGeometries();
    viewport()->update();
}

void RowListView::dataChanged(
    const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    if (topLeft == bottomRight) {
        QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
        return;
    }
    updateRows(topLeft.row(), bottomRight.row());
    if (QAccessible::isActive()) {
        QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::DataChanged);
        event.setFirstRow(topLeft.row());
        event.setLastRow(bottomRight.row());
        QAccessible::updateAccessibility(&event);
    }
}

void RowListView::updateRows(int first, int last)
{
    const int count = rowCount();
    if (!isVisible() || count == 0)
        return;
    first = std::clamp(first, 0, count - 1);
    last = std::clamp(last, first, count - 1);
    const int top = rowTop(first) - verticalOffset();
    const int bottom = rowTop(last) + rowHeight(last) - verticalOffset();
    const QRect changed = QRect(0, top, viewport()->width(), bottom - top) & viewport()->rect();
    if (!changed.isEmpty())
        viewport()->update(changed);
}

void RowListView::updateGeometries()
{
    QScrollBar *bar = verticalScrollBar();
    const int height = viewport()->height();
    constexpr int SingleStep = 24;
    bar->setSingleStep(SingleStep);
    bar->setPageStep(height);
    bar->setRange(0, std::max(0, contentHeight() - height));
    QAbstractItemView::updateGeometries();
}

void RowListView::scrollContentsBy(int, int)
{
    viewport()->update();
}

void RowListView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
}

void RowListView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    rowsChanged();
    updateGeometries();
    viewport()->update();
    QAbstractItemView::rowsInserted(parent, start, end);
}

void RowListView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
    setHoveredRow(-1);
}

void RowListView::setHoveredRow(int row)
{
    if (row == m_hoveredRow)
        return;
    for (const int changed : {std::exchange(m_hoveredRow, row), row}) {
        if (changed >= 0 && changed < rowCount())
            updateRows(changed, changed);
    }
}

bool RowListView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::MouseMove)
        setHoveredRow(indexAt(static_cast<QMouseEvent *>(event)->pos()).row());
    else if (event->type() == QEvent::Leave)
        setHoveredRow(-1);
    return QListView::viewportEvent(event);
}

void RowListView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const QColor behind = background();
    for (const QRect &rect : event->region())
        painter.fillRect(rect, behind);
    const int count = rowCount();
    if (count == 0)
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const int offset = verticalOffset();
    int painted = -1;
    // The rectangles of a region come sorted from top to bottom.
    for (const QRect &rect : event->region()) {
        int row = rowAtY(std::max(0, rect.top() + offset));
        if (row < 0)
            continue;
        for (row = std::max(row, painted + 1); row < count; ++row) {
            if (rowTop(row) - offset > rect.bottom())
                break;
            paintRow(painter, row, option);
            painted = row;
        }
    }
}

void RowListView::paintRow(QPainter &painter, int row, const QStyleOptionViewItem &base)
{
    const QModelIndex index = rowIndex(row);
    QStyleOptionViewItem option = base;
    option.rect = visualRect(index);
    option.state.setFlag(QStyle::State_MouseOver, row == m_hoveredRow);
    option.state.setFlag(
        QStyle::State_Selected, selectionModel() && selectionModel()->isSelected(index));
    option.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex() == index);
    painter.save();
    itemDelegate()->paint(&painter, option, index);
    painter.restore();
}

int RowListView::nextSelectable(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < rowCount(); next += step) {
        if (rowIndex(next).flags() & Qt::ItemIsSelectable)
            return next;
    }
    return row;
}

QModelIndex RowListView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int count = rowCount();
    if (count == 0)
        return {};
    const int current = currentIndex().isValid() ? currentIndex().row() : -1;
    int row = current;
    const auto pageFrom = [&](int direction) {
        const int y = rowTop(std::max(current, 0)) + direction * viewport()->height();
        const int at = rowAtY(std::clamp(y, 0, std::max(0, contentHeight() - 1)));
        return at < 0 ? current : at;
    };
    switch (action) {
    case MoveUp:
    case MovePrevious:
    case MoveLeft:
        row = current < 0 ? nextSelectable(count, -1) : nextSelectable(current, -1);
        break;
    case MoveDown:
    case MoveNext:
    case MoveRight:
        row = nextSelectable(current, 1);
        break;
    case MoveHome:
        row = nextSelectable(-1, 1);
        break;
    case MoveEnd:
        row = nextSelectable(count, -1);
        break;
    case MovePageUp:
        row = nextSelectable(pageFrom(-1) + 1, -1);
        break;
    case MovePageDown:
        row = nextSelectable(pageFrom(1) - 1, 1);
        break;
    }
    return row >= 0 && row < count ? rowIndex(row) : QModelIndex();
}

void RowListView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (!model() || !selectionModel())
        return;
    const QRect area = rect.normalized();
    const QModelIndex first = indexAt(area.topLeft());
    const QModelIndex last = indexAt(area.bottomLeft());
    if (first.isValid() && last.isValid())
        selectionModel()->select(QItemSelection(first, last), command);
    else
        selectionModel()->select(QItemSelection(), command);
}

QRegion RowListView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        if (!range.isValid())
            continue;
        const int top = rowTop(range.top()) - verticalOffset();
        const int bottom = rowTop(range.bottom()) + rowHeight(range.bottom()) - verticalOffset();
        region += QRect(0, top, viewport()->width(), bottom - top) & viewport()->rect();
    }
    return region;
}

} // namespace presently::ui
