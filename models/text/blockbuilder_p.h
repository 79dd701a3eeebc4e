// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/text/richtext.h"

namespace presently {

//! \brief Collects text into normalised blocks: white space collapsed, equal neighbours merged,
//! list depths without gaps.
//!
//! Two ways of marking up the same text give the same blocks; that is what makes them canonical.
class BlockBuilder
{
public:
    enum class Origin { Explicit, Implicit };

    //! Ends the open block and begins one. \a seed gives everything but the spans.
    void open(const Block &seed, Origin origin = Origin::Explicit);
    void close();
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] bool isOpenAndBlank() const;
    [[nodiscard]] bool isFull() const { return m_blocks.size() >= RichText::MaxBlocks; }
    [[nodiscard]] const Block &current() const { return m_current; }
    void setLanguage(const QString &language) { m_current.language = language; }

    //! \a style gives everything but the text. White space collapses, except in a code block.
    void appendText(QStringView text, const Span &style);
    void appendLineBreak(const Span &style);
    void appendMention(const Span &mention);

    //! Whether \a text would be seen at all where nothing stands before it.
    [[nodiscard]] static bool isOnlyWhiteSpace(QStringView text);

    [[nodiscard]] QList<Block> take();
    //! After take(): whether all there is is one paragraph that nobody opened.
    [[nodiscard]] bool wasBare() const { return m_wasBare; }

private:
    void appendRaw(const QString &text, const Span &style);
    [[nodiscard]] QChar lastCharacter() const;
    void trimEnds(Block &block) const;
    void clampList(Block &block) const;
    //! Of the item that this one follows in its list; 0: it begins one.
    [[nodiscard]] int numberBefore(const Block &item) const;

    QList<Block> m_blocks;
    Block m_current;
    Origin m_origin = Origin::Explicit;
    bool m_isOpen = false;
    bool m_onlyImplicit = true;
    bool m_wasBare = false;
};

} // namespace presently
