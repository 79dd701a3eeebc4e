// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/link.h"

#include <QFrame>
#include <QTimer>

class QPushButton;

namespace presently::ui {

class PlainLabel;
class Theme;

//! \brief The slim bar of an outage: why, when the next try is, "Try now". Silent for the first
//! moments, because most losses are over before anybody needs to know.
class OutageBar : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutageBar)

public:
    static constexpr Milliseconds Patience{1500};

    OutageBar(Theme &theme, const Clock &clock, QWidget *parent = nullptr);

    void setLink(const LinkStatus &link);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void tryNowRequested();
    void signInRequested();

protected:
    // The countdown wakes nobody while the window is out of sight.
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();
    void reveal();
    void fetchIcon();

    Theme &m_theme;
    const Clock &m_clock;
    LinkStatus m_link;
    PlainLabel *m_icon;
    PlainLabel *m_reason;
    PlainLabel *m_next;
    QPushButton *m_button;
    QTimer m_patience;
    QTimer m_countdown;
};

} // namespace presently::ui
