// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/notice.h"

#include "ui/desktop/plainlabel.h"

#include <QAccessible>
#include <QHBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr std::chrono::seconds ShownFor{5};
constexpr int BottomDistance = 92;
constexpr int WidestText = 560;

} // namespace

Notice::Notice(QWidget *parent)
    : QFrame(parent)
    , m_text(new PlainLabel(this))
{
    setObjectName(u"notice"_s);
    setProperty("role", u"notice"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 16, 10);
    row->addWidget(m_text);
    m_text->setMaximumWidth(WidestText);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void Notice::present(const QString &text)
{
    m_text->setWordWrap(fontMetrics().horizontalAdvance(text) > WidestText);
    m_text->setText(text);
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer.start(ShownFor);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Notice::place()
{
    adjustSize();
    const QWidget *around = parentWidget();
    move((around->width() - width()) / 2, around->height() - height() - BottomDistance);
}

} // namespace presently::ui
