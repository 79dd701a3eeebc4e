// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/text/richtext.h"
#include "ui/desktop/textstyles.h"

#include <QPoint>
#include <QRect>
#include <QString>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace presently::ui {

struct Palette;

//! A link that was hit, and the words under which it stood.
struct MessageLink {
    QString href;
    QString text;

    [[nodiscard]] bool isEmpty() const { return href.isEmpty(); }
};

//! \brief The text of one message, laid out for one width: spans, lists, quotes, code. Drawn glyph by
//! glyph from what RichText understood, so that nothing of the sender's markup reaches Qt.
class MessageBody
{
    Q_DISABLE_COPY_MOVE(MessageBody)

public:
    //! Beyond this many characters a message is cut: laying it out would hold up the window.
    static constexpr int LongestShown = 24'000;
    //! Runs without a space are broken after so many; laying them out whole takes the square of it.
    static constexpr int LongestWord = 400;

    //! \a suffix stands small behind the last line ("edited").
    MessageBody(const RichText &text, const TextStyles &styles, const Palette &colours, int width,
        const QString &suffix = {});
    ~MessageBody();

    [[nodiscard]] QSize size() const { return m_size; }
    void draw(QPainter &painter, const QPoint &origin, const Palette &colours) const;
    //! The link at \a point, reckoned from the body's own top left corner.
    [[nodiscard]] MessageLink linkAt(const QPoint &point) const;

private:
    struct Piece;
    struct Builder;

    std::vector<std::unique_ptr<Piece>> m_pieces;
    QSize m_size;
};

} // namespace presently::ui
