// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

class QWidget;

namespace presently::app {

//! \brief Says once that a window has been painted: what can wait until then should.
class FirstPaint : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FirstPaint)

public:
    //! Watches \a window, and is owned by it.
    explicit FirstPaint(QWidget &window);

Q_SIGNALS:
    //! After the event that painted, never within it.
    void painted();

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace presently::app
