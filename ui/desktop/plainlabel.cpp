// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/plainlabel.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

PlainLabel::PlainLabel(QWidget *parent)
    : PlainLabel(QString(), parent)
{
}

PlainLabel::PlainLabel(const QString &text, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
}

void PlainLabel::setElided(bool elided)
{
    m_elided = elided;
    updateGeometry();
    update();
}

QSize PlainLabel::minimumSizeHint() const
{
    const QSize hint = QLabel::minimumSizeHint();
    return m_elided ? QSize(fontMetrics().averageCharWidth() * 4, hint.height()) : hint;
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    if (!m_elided) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QRect inner = contentsRect().adjusted(margin(), margin(), -margin(), -margin());
    QString line = text();
    line.replace(u'\n', u' ');
    style()->drawItemText(&painter, inner, int(alignment()) | Qt::TextSingleLine, palette(),
        isEnabled(), fontMetrics().elidedText(line, Qt::ElideRight, inner.width()),
        foregroundRole());
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    QString escaped = text.toHtmlEscaped();
    escaped.replace(u'\n', "<br>"_L1);
    return "<qt>"_L1 + escaped + "</qt>"_L1;
}

} // namespace presently::ui
