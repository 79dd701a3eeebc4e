// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/emptystate.h"

#include "ui/desktop/plainlabel.h"
#include "ui/desktop/theme.h"

#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int IconSize = 44;
constexpr int SideMargin = 20;
constexpr int TextWidth = 360;

//! The narrowest width, up to \a widest, that needs no more lines: then none is left with one word.
int balancedWidth(const PlainLabel &label, int widest)
{
    const QFontMetrics metrics = label.fontMetrics();
    const auto measure = [&](int width) {
        constexpr int AnyHeight = 10000;
        return metrics.boundingRect(QRect(0, 0, width, AnyHeight), Qt::TextWordWrap, label.text());
    };
    const int least = measure(widest).height();
    int tooNarrow = 0;
    int enough = widest;
    while (enough - tooNarrow > 1) {
        const int middle = (tooNarrow + enough) / 2;
        const QRect text = measure(middle);
        const bool fits = text.height() <= least && text.width() <= middle;
        (fits ? enough : tooNarrow) = middle;
    }
    return enough;
}

} // namespace

EmptyState::EmptyState(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new PlainLabel(this))
    , m_title(new PlainLabel(this))
    , m_text(new PlainLabel(this))
{
    m_title->setProperty("role", u"emptyTitle"_s);
    m_text->setProperty("role", u"secondary"_s);
    for (PlainLabel *label : {m_title, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_icon->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(SideMargin, SideMargin, SideMargin, SideMargin);
    column->setSpacing(6);
    column->addStretch(3);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    for (PlainLabel *label : {m_title, m_text})
        column->addWidget(label, 0, Qt::AlignHCenter);
    column->addStretch(4);
    connect(&theme, &Theme::changed, this, &EmptyState::fetchIcon);
}

void EmptyState::present(const QString &iconRole, const QString &title, const QString &text)
{
    m_iconRole = iconRole;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    balance();
    setAccessibleName(title);
    setAccessibleDescription(text);
    fetchIcon();
}

void EmptyState::balance()
{
    constexpr int Margins = 2 * SideMargin;
    constexpr int Rounding = 2;
    const int widest = std::min(TextWidth, width() - Margins);
    if (widest <= 0)
        return;
    for (PlainLabel *label : {m_title, m_text})
        label->setFixedWidth(balancedWidth(*label, widest) + Rounding);
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    balance();
}

QString EmptyState::title() const
{
    return m_title->text();
}

void EmptyState::fetchIcon()
{
    if (!m_iconRole.isEmpty())
        m_icon->setPixmap(
            m_theme.pixmap(m_iconRole, m_theme.palette().textMuted, IconSize, devicePixelRatioF()));
}

} // namespace presently::ui
