// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/common/wording.h"

#include <QFrame>

namespace presently::ui {

class PlainLabel;

//! \brief What went wrong and what to do, where it went wrong.
class ErrorCard : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ErrorCard)

public:
    explicit ErrorCard(QWidget *parent = nullptr);

    //! Shows \a words and tells screen readers.
    void present(const ErrorWords &words);
    [[nodiscard]] QString text() const;

private:
    PlainLabel *m_what;
    PlainLabel *m_whatToDo;
};

} // namespace presently::ui
