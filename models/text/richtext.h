// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFlags>
#include <QList>
#include <QString>

#include <optional>

namespace presently {

enum class SpanStyle { Bold = 0x01, Italic = 0x02, Underline = 0x04, Strike = 0x08, Code = 0x10 };
Q_DECLARE_FLAGS(SpanStyles, SpanStyle)
Q_DECLARE_OPERATORS_FOR_FLAGS(SpanStyles)

//! \brief A run of text that looks the same throughout. A line feed is a line break.
struct Span {
    QString text; //!< for a mention: "@" and its label
    SpanStyles styles;
    QString href; //!< empty, or an address that LinkPolicy would open
    QString mentionId; //!< empty, or the id of the person who is mentioned
    QString mentionLabel; //!< the name without "@"

    bool operator==(const Span &) const = default;
};

enum class BlockKind { Paragraph, Quote, ListItem, CodeBlock };

//! \brief One block of a message, in the order of reading.
struct Block {
    BlockKind kind = BlockKind::Paragraph;
    int quoteDepth = 0; //!< 1 and more inside a quote, whatever the kind; 0 outside
    int listDepth = 0; //!< for a list item: 1 for the outermost list
    std::optional<int> number; //!< for an item of a numbered list, from 1
    QString language; //!< for a code block: "cpp", or empty
    QList<Span> spans;

    bool operator==(const Block &) const = default;
};

//! \brief The rich text of a message: the only way from remote HTML to anything shown or stored.
//!
//! Sanitising is toHtml(fromHtml(x)): nothing of the input's markup survives, only what was
//! understood of it, so there is no markup left that two parsers could read differently. The result
//! is canonical: sanitising it again changes nothing.
//!
//! Units:     lengths are UTF-16 units.
//! Errors:    none; whatever comes in, some text comes out.
//! Threading: a value; any thread.
class RichText
{
public:
    //! Input beyond this is cut before it is parsed.
    static constexpr qsizetype MaxHtmlLength = 200'000;
    static constexpr int MaxBlocks = 5'000;
    static constexpr int MaxListDepth = 8;
    static constexpr int MaxQuoteDepth = 8;

    RichText() = default;
    explicit RichText(QList<Block> blocks);

    [[nodiscard]] static RichText fromHtml(QStringView html);
    //! Escaped, a paragraph per blank line, line breaks kept, http and https addresses made links.
    [[nodiscard]] static RichText fromPlainText(QStringView text);

    [[nodiscard]] const QList<Block> &blocks() const { return m_blocks; }
    //! Whether nothing would be seen: no blocks, or only white space.
    [[nodiscard]] bool isBlank() const;

    [[nodiscard]] QString toHtml() const;
    //! As somebody would type it: "> " before quotes, "- " or "1. " before list items.
    [[nodiscard]] QString toPlainText() const;
    //! One line for lists and notifications, cut with an ellipsis.
    [[nodiscard]] QString toPreview(qsizetype maxLength = 200) const;
    //! The ids of everybody who is mentioned, each once.
    [[nodiscard]] QStringList mentionedIds() const;

    bool operator==(const RichText &) const = default;

private:
    QList<Block> m_blocks;
    bool m_bare = false; //!< one paragraph that came without its tag and goes without it
};

//! What may be stored of \a html: toHtml(fromHtml(html)).
[[nodiscard]] QString sanitizedHtml(QStringView html);

} // namespace presently
