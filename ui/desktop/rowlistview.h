// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QListView>

namespace presently::ui {

class Theme;

//! \brief A list with a geometry of its own: QListView lays out and repaints everything at each
//! dataChanged, this one paints the rows that changed and are visible.
//!
//! It stays a QListView for keyboard, selection and screen readers. Subclasses say where rows are.
//! Ownership: borrows \a theme.
class RowListView : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowListView)

public:
    explicit RowListView(Theme &theme, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    void reset() override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
        const QList<int> &roles = {}) override;

    //! The colour behind the rows; a token's address, so that it follows the theme.
    [[nodiscard]] virtual QColor background() const;
    [[nodiscard]] int hoveredRow() const { return m_hoveredRow; }

protected:
    // Not pure: QListView asks already while it is made and still while it is torn down.
    [[nodiscard]] virtual int rowTop(int) const { return 0; }
    [[nodiscard]] virtual int rowHeight(int) const { return 0; }
    [[nodiscard]] virtual int rowAtY(int) const { return -1; } //!< content y; -1: no row there
    [[nodiscard]] virtual int contentHeight() const { return 0; }
    //! Rows came, went or moved; heights may be stale.
    virtual void rowsChanged() { }

    [[nodiscard]] int rowCount() const;
    [[nodiscard]] QModelIndex rowIndex(int row) const;
    void updateRows(int first, int last);

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] QModelIndex moveCursor(
        CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }

    Theme &m_theme;

private:
    void setHoveredRow(int row);
    void paintRow(QPainter &painter, int row, const QStyleOptionViewItem &base);
    [[nodiscard]] int nextSelectable(int row, int step) const;

    int m_hoveredRow = -1;
    bool m_moving = false;
};

} // namespace presently::ui
