// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFrame>
#include <QTimer>

namespace presently::ui {

class PlainLabel;

//! \brief One line that floats at the foot of its window for a few seconds.
class Notice : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Notice)

public:
    explicit Notice(QWidget *parent);

    void present(const QString &text);
    void place();

private:
    PlainLabel *m_text;
    QTimer m_timer;
};

} // namespace presently::ui
