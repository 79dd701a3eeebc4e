// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/desktop/rowlistview.h"

namespace presently::ui {

//! \brief A list of people or conversations: rows of one height, and a few headings between them.
//!
//! Where a row is costs the same with ten rows and with 100,000.
class PresenceListView : public RowListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresenceListView)

public:
    explicit PresenceListView(Theme &theme, QWidget *parent = nullptr);

    //! \a headings gives the rows of the headings, ascending; a model has at most a handful.
    void setRowHeights(int item, int heading = 0, std::function<QList<int>()> headings = {});

Q_SIGNALS:
    //! The pointer or the keyboard is in the list: nothing may move away under it.
    void handlingChanged(bool handling);
    //! Enter, or a click on a row.
    void rowChosen(const QModelIndex &index);

protected:
    [[nodiscard]] int rowTop(int row) const override;
    [[nodiscard]] int rowHeight(int row) const override;
    [[nodiscard]] int rowAtY(int y) const override;
    [[nodiscard]] int contentHeight() const override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QList<int> headingRows() const;
    void setPointerInside(bool inside);
    void tellHandling();

    int m_itemHeight = 1;
    int m_headingHeight = 0;
    std::function<QList<int>()> m_headings;
    bool m_pointerInside = false;
    bool m_keyboardInside = false;
    bool m_handling = false;
};

} // namespace presently::ui
