// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

class QWidget;

namespace presently::ui {

//! \brief Whether anybody can see a window: not visible or minimised means hidden.
//!
//! Judged on Show, Hide and WindowStateChange. The application state is no help: it never leaves
//! Active on some platforms. A locked session or a screen that is off is for others to add.
class WindowActivity : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowActivity)

public:
    //! Watches \a window, and is owned by it.
    explicit WindowActivity(QWidget &window);

    [[nodiscard]] bool isHidden() const { return m_hidden; }

Q_SIGNALS:
    void hiddenChanged(bool hidden);

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void judge();

    QWidget &m_window;
    bool m_hidden = true;
};

} // namespace presently::ui
