// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/errorcard.h"

#include "ui/desktop/plainlabel.h"

#include <QAccessible>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

ErrorCard::ErrorCard(QWidget *parent)
    : QFrame(parent)
    , m_what(new PlainLabel(this))
    , m_whatToDo(new PlainLabel(this))
{
    setObjectName(u"errorCard"_s);
    setProperty("role", u"errorCard"_s);
    m_what->setObjectName(u"errorWhat"_s);
    m_what->setProperty("role", u"errorTitle"_s);
    m_whatToDo->setObjectName(u"errorWhatToDo"_s);
    m_whatToDo->setProperty("role", u"errorText"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(2);
    for (PlainLabel *label : {m_what, m_whatToDo}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    hide();
}

void ErrorCard::present(const ErrorWords &words)
{
    m_what->setText(words.what);
    m_whatToDo->setText(words.whatToDo);
    m_whatToDo->setVisible(!words.whatToDo.isEmpty());
    setAccessibleName(words.joined());
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString ErrorCard::text() const
{
    return accessibleName();
}

} // namespace presently::ui
