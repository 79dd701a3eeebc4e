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
constexpr int TextWidth = 320;

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
        label->setMaximumWidth(TextWidth);
    }
    m_icon->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(6);
    column->addStretch(3);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    for (PlainLabel *label : {m_title, m_text}) {
        auto *row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(label, 1000);
        row->addStretch(1);
        column->addLayout(row);
    }
    column->addStretch(4);
    connect(&theme, &Theme::changed, this, &EmptyState::fetchIcon);
}

void EmptyState::present(const QString &iconRole, const QString &title, const QString &text)
{
    m_iconRole = iconRole;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    fetchIcon();
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
