// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/composeredit.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QUrl>

namespace presently::ui {

namespace {

constexpr int MostLines = 8;
constexpr int LongestMessage = 20000; //!< the server takes 50,000 bytes of HTML
constexpr int Margin = 2;

QStringList localFilesOf(const QMimeData &data)
{
    QStringList files;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

} // namespace

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(Margin);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (document()->characterCount() > LongestMessage)
            setPlainText(toPlainText().left(LongestMessage));
        fit();
    });
}

int ComposerEdit::wantedHeight() const
{
    const int lines = std::clamp(int(document()->size().height()), 1, MostLines);
    return lines * fontMetrics().lineSpacing() + 2 * Margin + 2;
}

void ComposerEdit::fit()
{
    const bool all = int(document()->size().height()) <= MostLines;
    setVerticalScrollBarPolicy(all ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    if (height() != wantedHeight())
        setFixedHeight(wantedHeight());
}

QSize ComposerEdit::sizeHint() const
{
    return {200, wantedHeight()};
}

QSize ComposerEdit::minimumSizeHint() const
{
    return {80, wantedHeight()};
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))) {
        Q_EMIT enterPressed();
        return;
    }
    if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier
        && document()->isEmpty()) {
        Q_EMIT upPressedWhileEmpty();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escapePressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void ComposerEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !localFilesOf(*source).isEmpty() || QPlainTextEdit::canInsertFromMimeData(source);
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    const QStringList files = localFilesOf(*source);
    if (!files.isEmpty())
        Q_EMIT filesPasted(files);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace presently::ui
