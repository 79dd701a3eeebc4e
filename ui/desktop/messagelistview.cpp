// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagelistview.h"

#include "models/items/roles.h"
#include "ui/desktop/theme.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int EndPadding = 16; //!< below the last message
constexpr int BottomSlack = 24; //!< so near counts as being at the end
constexpr int FetchDistance = 800; //!< so near to an end is time to fetch more
constexpr int ReadingTop = 72; //!< where the first unread message stands
constexpr int EndButtonSize = 36;
constexpr std::chrono::seconds HighlightTime{2};

bool changesHeight(const QList<int> &roles)
{
    static const QList<int> heightRoles{ContentRole, StartsDayRole, StartsUnreadRole,
        StartsGroupRole, AttachmentsRole, DeliveryRole, IsEditedRole, ReplyToRole};
    return roles.isEmpty() || std::any_of(roles.begin(), roles.end(), [](int role) {
        return heightRoles.contains(role);
    });
}

} // namespace

MessageListView::MessageListView(Theme &theme, MessageDelegate &delegate, QWidget *parent)
    : RowListView(theme, parent)
    , m_delegate(delegate)
    , m_endButton(new QToolButton(this))
{
    setItemDelegate(&delegate);
    setSelectionMode(NoSelection);
    m_endButton->setObjectName(u"scrollToEndButton"_s);
    m_endButton->setProperty("role", u"floating"_s);
    m_endButton->setFixedHeight(EndButtonSize);
    m_endButton->setMinimumWidth(EndButtonSize);
    m_endButton->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_endButton->setAccessibleName(tr("Go to the latest message"));
    m_endButton->setToolTip(tr("Go to the latest message"));
    m_endButton->setFocusPolicy(Qt::TabFocus);
    m_endButton->hide();
    const auto fetchIcon = [this] { m_endButton->setIcon(m_theme.icon(u"down"_s)); };
    fetchIcon();
    connect(&theme, &Theme::changed, this, [this, fetchIcon] {
        fetchIcon();
        m_geometry.invalidate();
        relayout();
    });
    connect(m_endButton, &QToolButton::clicked, this, &MessageListView::endRequested);
}

QColor MessageListView::background() const
{
    return m_theme.palette().surface;
}

void MessageListView::setModel(QAbstractItemModel *newModel)
{
    m_geometry.reset(newModel ? newModel->rowCount() : 0);
    RowListView::setModel(newModel);
    connect(newModel, &QAbstractItemModel::rowsRemoved, this,
        [this](const QModelIndex &, int first, int last) { onRowsRemoved(first, last); });
    connect(newModel, &QAbstractItemModel::rowsMoved, this, [this] { reset(); });
}

void MessageListView::reset()
{
    m_geometry.reset(rowCount());
    m_anchor = {};
    m_atBottom = true;
    RowListView::reset();
    relayout();
}

int MessageListView::rowTop(int row) const
{
    // Few messages stand at the foot of the view, where the next one will come.
    const int spare = viewport()->height() - m_geometry.totalHeight() - EndPadding;
    return m_geometry.top(row) + std::max(0, spare);
}

int MessageListView::rowHeight(int row) const
{
    return row < m_geometry.count() ? m_geometry.height(row) : 0;
}

int MessageListView::rowAtY(int y) const
{
    const int spare = viewport()->height() - m_geometry.totalHeight() - EndPadding;
    const int at = y - std::max(0, spare);
    return at >= m_geometry.totalHeight() ? -1 : m_geometry.rowAt(at);
}

int MessageListView::contentHeight() const
{
    return m_geometry.totalHeight() + EndPadding;
}

MessageListView::Anchor MessageListView::currentAnchor() const
{
    if (m_geometry.count() == 0)
        return {};
    const int bottom = verticalOffset() + viewport()->height();
    const int row = m_geometry.rowAt(bottom - 1);
    return {row, bottom - (m_geometry.top(row) + m_geometry.height(row))};
}

void MessageListView::hold()
{
    const int height = viewport()->height();
    QScrollBar *bar = verticalScrollBar();
    if (m_atBottom || m_anchor.row < 0 || m_anchor.row >= m_geometry.count()) {
        bar->setValue(bar->maximum());
        return;
    }
    const int bottom = m_geometry.top(m_anchor.row) + m_geometry.height(m_anchor.row);
    bar->setValue(bottom + m_anchor.bottomDistance - height);
}

bool MessageListView::measure(int row)
{
    if (m_geometry.isMeasured(row))
        return false;
    const QModelIndex index = rowIndex(row);
    const int height = m_delegate.layoutOf(index, viewport()->width(), font()).height;
    return m_geometry.setHeight(row, height) != 0;
}

//! Measures what is seen and a view's height around it, from the bottom up, until it stays.
void MessageListView::measureAround()
{
    constexpr int MostRounds = 8;
    for (int round = 0; round < MostRounds; ++round) {
        const int height = viewport()->height();
        const int from = m_geometry.rowAt(verticalOffset() - height / 2);
        const int to = m_geometry.rowAt(verticalOffset() + height + height / 2);
        bool grew = false;
        for (int row = to; row >= 0 && row >= from; --row)
            grew = measure(row) || grew;
        if (!grew)
            return;
        verticalScrollBar()->setRange(0, std::max(0, contentHeight() - height));
        hold();
    }
}

void MessageListView::relayout()
{
    if (m_adjusting || !model() || m_geometry.count() != rowCount())
        return;
    m_adjusting = true;
    RowListView::updateGeometries();
    hold();
    measureAround();
    m_adjusting = false;
    viewport()->update();
    placeEndButton();
    noteEnds();
}

void MessageListView::updateGeometries()
{
    if (!m_adjusting)
        relayout();
}

void MessageListView::scrollContentsBy(int dx, int dy)
{
    RowListView::scrollContentsBy(dx, dy);
    if (m_adjusting)
        return;
    m_atBottom = verticalOffset() >= verticalScrollBar()->maximum() - BottomSlack;
    m_anchor = currentAnchor();
    m_adjusting = true;
    measureAround();
    m_adjusting = false;
    noteEnds();
}

void MessageListView::noteEnds()
{
    const bool hidden = m_endButton->isHidden();
    if (hidden != m_atBottom) {
        m_endButton->setVisible(!m_atBottom);
        Q_EMIT atBottomChanged(m_atBottom);
    }
    if (m_geometry.count() == 0 || !isVisible())
        return;
    if (verticalOffset() < FetchDistance)
        Q_EMIT nearTop();
    if (verticalOffset() > verticalScrollBar()->maximum() - FetchDistance)
        Q_EMIT nearBottom();
}

void MessageListView::resizeEvent(QResizeEvent *event)
{
    if (viewport()->width() != m_laidOutWidth) {
        m_laidOutWidth = viewport()->width();
        m_geometry.invalidate();
    }
    RowListView::resizeEvent(event);
    relayout();
}

void MessageListView::showEvent(QShowEvent *event)
{
    RowListView::showEvent(event);
    relayout();
}

void MessageListView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    const int count = end - start + 1;
    m_geometry.insert(start, count);
    if (m_anchor.row >= start)
        m_anchor.row += count;
    RowListView::rowsInserted(parent, start, end);
}

void MessageListView::onRowsRemoved(int first, int last)
{
    m_geometry.remove(first, last - first + 1);
    if (m_anchor.row > last)
        m_anchor.row -= last - first + 1;
    else if (m_anchor.row >= first)
        m_anchor.row = std::min(first, m_geometry.count() - 1);
    relayout();
}

void MessageListView::dataChanged(
    const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    if (changesHeight(roles) && m_geometry.count() == rowCount()) {
        const bool content = roles.isEmpty() || roles.contains(ContentRole);
        for (int row = topLeft.row(); row <= bottomRight.row(); ++row) {
            if (content)
                m_delegate.forget(rowIndex(row));
            m_geometry.invalidate(row);
        }
        relayout();
    }
    RowListView::dataChanged(topLeft, bottomRight, roles);
}

void MessageListView::scrollToEnd()
{
    m_atBottom = true;
    relayout();
}

void MessageListView::scrollToRow(int row)
{
    if (row < 0 || row >= m_geometry.count())
        return;
    // Twice: the first time the rows around it are measured.
    for (int round = 0; round < 2; ++round) {
        const int wanted = m_geometry.top(row) - ReadingTop;
        const int bottom = wanted + viewport()->height();
        m_atBottom = bottom >= contentHeight();
        const int anchorRow = m_geometry.rowAt(bottom - 1);
        m_anchor = {anchorRow, bottom - m_geometry.top(anchorRow) - m_geometry.height(anchorRow)};
        relayout();
    }
}

void MessageListView::jumpTo(int row, const QString &messageId)
{
    scrollToRow(row);
    m_delegate.setHighlighted(messageId);
    viewport()->update();
    QTimer::singleShot(HighlightTime, this, [this] {
        m_delegate.setHighlighted({});
        viewport()->update();
    });
}

void MessageListView::setUnreadBelow(int count)
{
    m_endButton->setText(count > 0 ? QString::number(count) : QString());
    m_endButton->setToolButtonStyle(
        count > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    placeEndButton();
}

void MessageListView::placeEndButton()
{
    m_endButton->adjustSize();
    const QRect view = viewport()->geometry();
    m_endButton->move(view.right() - m_endButton->width() - 14, view.bottom() - EndButtonSize - 10);
    m_endButton->raise();
}

QStyleOptionViewItem MessageListView::optionFor(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return option;
}

void MessageListView::mouseReleaseEvent(QMouseEvent *event)
{
    RowListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !index.isValid())
        return;
    const MessageHit found = m_delegate.hitAt(index, optionFor(index), event->pos());
    if (found.what != MessageHit::What::Nothing)
        Q_EMIT hit(index, found);
}

void MessageListView::mouseMoveEvent(QMouseEvent *event)
{
    RowListView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool active = index.isValid()
        && m_delegate.hitAt(index, optionFor(index), event->pos()).what
            != MessageHit::What::Nothing;
    viewport()->setCursor(active ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void MessageListView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint at
        = byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos();
    Q_EMIT menuRequested(index, at);
}

void MessageListView::changeEvent(QEvent *event)
{
    RowListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_delegate.forgetAll();
        m_geometry.invalidate();
        relayout();
    }
}

} // namespace presently::ui
