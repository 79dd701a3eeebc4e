// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"

#include <QDialog>

class QLineEdit;

namespace presently::ui {

//! \brief Asks for the line that stands beside one's status.
class StatusTextDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusTextDialog)

public:
    static constexpr int LongestText = 140;

    explicit StatusTextDialog(const Intent &current, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &text);

private:
    QLineEdit *m_text;
};

} // namespace presently::ui
