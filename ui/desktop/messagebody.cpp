// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagebody.h"

#include "ui/desktop/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int BlockGap = 6;
constexpr int ItemGap = 2;
constexpr int QuoteIndent = 14;
constexpr int QuoteBar = 3;
constexpr int ListIndent = 22;
constexpr int CodePaddingX = 12;
constexpr int CodePaddingY = 9;
constexpr qreal CodeRadius = 8;
constexpr qreal LineSpacing = 1.12;

QTextCharFormat formatOf(const Span &span, const TextStyles &styles, const Palette &colours)
{
    QTextCharFormat format;
    if (span.styles & SpanStyle::Bold)
        format.setFontWeight(QFont::Bold);
    if (span.styles & SpanStyle::Italic)
        format.setFontItalic(true);
    if (span.styles & SpanStyle::Strike)
        format.setFontStrikeOut(true);
    if (span.styles & SpanStyle::Underline)
        format.setFontUnderline(true);
    if (span.styles & SpanStyle::Code) {
        format.setFontFamilies(styles.code.families());
        format.setFontPointSize(styles.code.pointSizeF());
        format.setBackground(colours.raised);
    }
    if (!span.href.isEmpty()) {
        format.setForeground(colours.accent);
        format.setFontUnderline(true);
    }
    if (!span.mentionId.isEmpty()) {
        format.setForeground(colours.accent);
        format.setFontWeight(QFont::DemiBold);
    }
    return format;
}

} // namespace

struct MessageBody::Piece {
    struct Link {
        int start = 0;
        int length = 0;
        QString href;
    };
    QTextLayout layout;
    QPoint at; //!< where the layout's origin is
    QRect ground; //!< of a code block
    QString marker; //!< of a list item
    QRect markerRect;
    int quoteDepth = 0;
    int top = 0;
    int bottom = 0;
    std::vector<Link> links;
};

struct MessageBody::Builder {
    const TextStyles &styles;
    const Palette &colours;
    int width;
    MessageBody &body;
    int y = 0;
    int usedWidth = 0;
    int room = LongestShown; //!< characters that may still be shown
    int run = 0; //!< characters since the last space

    void add(const Block &block, const Block *above, const QString &suffix)
    {
        const bool listGoesOn
            = above && above->kind == BlockKind::ListItem && block.kind == BlockKind::ListItem;
        const bool quoteGoesOn = above && above->quoteDepth > 0 && block.quoteDepth > 0;
        if (above)
            y += listGoesOn || quoteGoesOn ? ItemGap : BlockGap;
        auto piece = std::make_unique<Piece>();
        piece->quoteDepth = block.quoteDepth;
        piece->top = y;
        fill(*piece, block, suffix);
        place(*piece, block);
        piece->bottom = y;
        body.m_pieces.push_back(std::move(piece));
    }

    //! \a text with a break in every run that is longer than any word, cut where enough is shown.
    QString fit(const QString &text)
    {
        QString fitted;
        fitted.reserve(text.size());
        for (qsizetype i = 0; i < text.size() && room > 0; ++i, --room) {
            const QChar c = text[i];
            run = c.isSpace() ? 0 : run + 1;
            if (run > LongestWord && !c.isLowSurrogate()) {
                fitted += QChar::LineSeparator;
                run = 1;
            }
            fitted += c == u'\n' ? QChar(QChar::LineSeparator) : c;
        }
        if (fitted.isEmpty() || !fitted.back().isHighSurrogate())
            return fitted;
        fitted.chop(1);
        return fitted;
    }

    void fill(Piece &piece, const Block &block, const QString &suffix)
    {
        QString text;
        QList<QTextLayout::FormatRange> formats;
        const bool code = block.kind == BlockKind::CodeBlock;
        run = 0;
        for (const Span &span : block.spans) {
            const QString shown = fit(span.text);
            QTextLayout::FormatRange range;
            range.start = int(text.size());
            range.length = int(shown.size());
            if (!code)
                range.format = formatOf(span, styles, colours);
            formats << range;
            if (!span.href.isEmpty())
                piece.links.push_back({range.start, range.length, span.href});
            text += shown;
        }
        if (!suffix.isEmpty()) {
            QTextLayout::FormatRange range;
            range.start = int(text.size());
            text += u"\u00a0 "_s + suffix;
            range.length = int(text.size()) - range.start;
            range.format.setForeground(colours.textMuted);
            range.format.setFontPointSize(styles.small.pointSizeF());
            formats << range;
        }
        piece.layout.setText(text);
        piece.layout.setFont(code ? styles.code : styles.body);
        piece.layout.setFormats(formats);
        QTextOption option;
        option.setWrapMode(
            code ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
        piece.layout.setTextOption(option);
        piece.layout.setCacheEnabled(true);
    }

    void place(Piece &piece, const Block &block)
    {
        const bool code = block.kind == BlockKind::CodeBlock;
        const bool item = block.kind == BlockKind::ListItem;
        int left = block.quoteDepth * QuoteIndent;
        if (item) {
            piece.marker = block.number ? u"%1."_s.arg(*block.number) : u"•"_s;
            left += std::max(1, block.listDepth) * ListIndent;
            piece.markerRect = QRect(left - ListIndent, y, ListIndent - 6, 0);
        }
        const int padX = code ? CodePaddingX : 0;
        const int padY = code ? CodePaddingY : 0;
        const int lineRoom = std::max(40, width - left - 2 * padX);
        const int height = layOut(piece.layout, lineRoom, code ? 1 : LineSpacing);
        piece.at = QPoint(left + padX, y + padY);
        const int natural = int(std::ceil(naturalWidth(piece.layout)));
        if (code)
            piece.ground
                = QRect(left, y, std::min(natural, lineRoom) + 2 * padX, height + 2 * padY);
        if (item && piece.layout.lineCount() > 0)
            piece.markerRect.setHeight(int(std::ceil(piece.layout.lineAt(0).height())));
        usedWidth = std::max(usedWidth, left + std::min(natural, lineRoom) + 2 * padX);
        y += height + 2 * padY;
    }

    static int layOut(QTextLayout &layout, int room, qreal spacing)
    {
        qreal height = 0;
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(room);
            line.setPosition(QPointF(0, std::floor(height)));
            height += line.height() * spacing;
        }
        layout.endLayout();
        return int(std::ceil(height));
    }

    static qreal naturalWidth(const QTextLayout &layout)
    {
        qreal widest = 0;
        for (int i = 0; i < layout.lineCount(); ++i)
            widest = std::max(widest, layout.lineAt(i).naturalTextWidth());
        return widest;
    }
};

MessageBody::MessageBody(const RichText &text, const TextStyles &styles, const Palette &colours,
    int width, const QString &suffix)
{
    Builder builder{styles, colours, width, *this};
    QList<Block> blocks = text.blocks();
    const bool needsLine = blocks.isEmpty() || blocks.last().kind == BlockKind::CodeBlock;
    if (needsLine && !suffix.isEmpty())
        blocks << Block{};
    for (qsizetype i = 0; i < blocks.size() && builder.room > 0; ++i) {
        builder.add(blocks[i], i > 0 ? &blocks[i - 1] : nullptr,
            i == blocks.size() - 1 ? suffix : QString());
    }
    if (builder.room <= 0) {
        const Block rest{BlockKind::Paragraph, 0, 0, {}, {}, {}};
        //: Below a message that is too long to be shown whole.
        builder.add(rest, &rest,
            QCoreApplication::translate(
                "MessageBody", "… This message is very long. Copy it to read the rest."));
    }
    m_size = QSize(builder.usedWidth, builder.y);
}

MessageBody::~MessageBody() = default;

void MessageBody::draw(QPainter &painter, const QPoint &origin, const Palette &colours) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < m_pieces.size(); ++i) {
        const Piece &piece = *m_pieces[i];
        painter.setPen(Qt::NoPen);
        for (int depth = 0; depth < piece.quoteDepth; ++depth) {
            const bool goesOn = i + 1 < m_pieces.size() && m_pieces[i + 1]->quoteDepth > depth;
            const int bottom = goesOn ? m_pieces[i + 1]->top : piece.bottom;
            painter.setBrush(colours.line);
            painter.drawRect(QRect(origin.x() + depth * QuoteIndent, origin.y() + piece.top,
                QuoteBar, bottom - piece.top));
        }
        if (piece.ground.isValid()) {
            painter.setBrush(colours.raised);
            painter.drawRoundedRect(piece.ground.translated(origin), CodeRadius, CodeRadius);
        }
        painter.setPen(piece.quoteDepth > 0 ? colours.textSecondary : colours.text);
        if (!piece.marker.isEmpty()) {
            painter.setFont(piece.layout.font());
            painter.drawText(piece.markerRect.translated(origin), Qt::AlignRight | Qt::AlignVCenter,
                piece.marker);
        }
        piece.layout.draw(&painter, origin + piece.at);
    }
}

MessageLink MessageBody::linkAt(const QPoint &point) const
{
    for (const auto &piece : m_pieces) {
        if (point.y() < piece->top || point.y() >= piece->bottom)
            continue;
        const QPointF local = point - piece->at;
        for (int i = 0; i < piece->layout.lineCount(); ++i) {
            const QTextLine line = piece->layout.lineAt(i);
            if (!line.naturalTextRect().contains(local))
                continue;
            const int at = line.xToCursor(local.x(), QTextLine::CursorOnCharacter);
            for (const Piece::Link &link : piece->links) {
                if (at >= link.start && at < link.start + link.length)
                    return {link.href, piece->layout.text().mid(link.start, link.length)};
            }
        }
    }
    return {};
}

} // namespace presently::ui
