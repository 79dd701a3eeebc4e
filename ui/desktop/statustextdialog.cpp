// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/statustextdialog.h"

#include "ui/desktop/plainlabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int Width = 400;
constexpr int Margin = 24;

} // namespace

StatusTextDialog::StatusTextDialog(const Intent &current, QWidget *parent)
    : QDialog(parent)
    , m_text(new QLineEdit(current.customMessage, this))
{
    setObjectName(u"statusTextDialog"_s);
    setWindowTitle(tr("Status message"));
    setMinimumWidth(Width);
    auto *title = new PlainLabel(tr("What are you up to?"), this);
    title->setProperty("role", u"title"_s);
    auto *hint
        = new PlainLabel(tr("Shown beside your name to everybody who sees your status."), this);
    hint->setProperty("role", u"secondary"_s);
    hint->setWordWrap(true);
    m_text->setObjectName(u"statusText"_s);
    m_text->setMaxLength(LongestText);
    m_text->setPlaceholderText(tr("In a meeting"));
    m_text->setAccessibleName(tr("Status message"));
    auto *save = new QPushButton(tr("Save"), this);
    save->setProperty("role", u"primary"_s);
    save->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Margin, Margin, Margin, Margin);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(hint);
    column->addSpacing(8);
    column->addWidget(m_text);
    column->addSpacing(12);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(m_text->text().trimmed());
        accept();
    });
}

} // namespace presently::ui
