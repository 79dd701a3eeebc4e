// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

namespace presently::ui {

//! \brief The only label: shows text as it is, whatever it looks like. Can end in an ellipsis.
class PlainLabel : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlainLabel)

public:
    explicit PlainLabel(QWidget *parent = nullptr);
    explicit PlainLabel(const QString &text, QWidget *parent = nullptr);

    //! Cuts a line that is too long instead of asking for more room.
    void setElided(bool elided);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_elided = false;
};

//! A tooltip has no plain mode: what is remote must come in escaped, on as many lines as it has.
[[nodiscard]] QString plainToolTip(const QString &text);

} // namespace presently::ui
