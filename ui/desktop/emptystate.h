// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace presently::ui {

class PlainLabel;
class Theme;

//! \brief What stands where nothing stands yet: an icon, what is so, what can be done.
class EmptyState : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyState)

public:
    explicit EmptyState(Theme &theme, QWidget *parent = nullptr);

    void present(const QString &iconRole, const QString &title, const QString &text);
    [[nodiscard]] QString title() const;

    //! A narrow window breaks the words into more lines rather than stay wide for them.
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, 0}; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void balance();
    void fetchIcon();

    Theme &m_theme;
    QString m_iconRole;
    PlainLabel *m_icon;
    PlainLabel *m_title;
    PlainLabel *m_text;
};

} // namespace presently::ui
