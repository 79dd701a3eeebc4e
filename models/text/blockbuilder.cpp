// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/blockbuilder_p.h"

#include "models/text/cleantext.h"

#include <algorithm>

namespace presently {

namespace {

//! The white space of HTML; others, as U+00A0, are characters that somebody wanted.
bool isHtmlSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

bool looksTheSame(const Span &left, const Span &right)
{
    return left.styles == right.styles && left.href == right.href && left.mentionId.isEmpty()
        && right.mentionId.isEmpty();
}

} // namespace

bool BlockBuilder::isOnlyWhiteSpace(QStringView text)
{
    return std::all_of(text.begin(), text.end(), isHtmlSpace);
}

void BlockBuilder::open(const Block &seed, Origin origin)
{
    close();
    m_current = seed;
    m_current.spans.clear();
    m_origin = origin;
    m_isOpen = true;
}

bool BlockBuilder::isOpenAndBlank() const
{
    return m_isOpen && m_current.spans.isEmpty();
}

QChar BlockBuilder::lastCharacter() const
{
    return m_current.spans.isEmpty() ? QChar() : m_current.spans.last().text.back();
}

void BlockBuilder::appendRaw(const QString &text, const Span &style)
{
    if (text.isEmpty())
        return;
    if (!m_current.spans.isEmpty() && looksTheSame(m_current.spans.last(), style)) {
        m_current.spans.last().text += text;
        return;
    }
    Span span = style;
    span.text = text;
    m_current.spans.append(span);
}

void BlockBuilder::appendText(QStringView text, const Span &style)
{
    const QString cleaned = cleanText(text);
    if (m_current.kind == BlockKind::CodeBlock) {
        appendRaw(cleaned, {});
        return;
    }
    QString collapsed;
    collapsed.reserve(cleaned.size());
    QChar last = lastCharacter();
    for (const QChar c : cleaned) {
        const QChar next = isHtmlSpace(c) ? QChar(u' ') : c;
        const bool swallowed = next == u' ' && (last.isNull() || last == u' ' || last == u'\n');
        if (swallowed)
            continue;
        collapsed += next;
        last = next;
    }
    appendRaw(collapsed, style);
}

void BlockBuilder::appendLineBreak(const Span &style)
{
    // Blanks before a line end are never seen; without them the text has one form only.
    while (!m_current.spans.isEmpty() && lastCharacter() == u' '
        && m_current.kind != BlockKind::CodeBlock) {
        Span &span = m_current.spans.last();
        span.text.chop(1);
        if (span.text.isEmpty())
            m_current.spans.removeLast();
    }
    // A break looks the same in every style: it joins what stands before it.
    const bool joinsLast = !m_current.spans.isEmpty() && m_current.spans.last().mentionId.isEmpty();
    appendRaw(QStringLiteral("\n"), joinsLast ? m_current.spans.last() : style);
}

void BlockBuilder::appendMention(const Span &mention)
{
    m_current.spans.append(mention);
}

void BlockBuilder::trimEnds(Block &block) const
{
    const auto isDropped = [&block](QChar c) {
        return c == u'\n' || (c == u' ' && block.kind != BlockKind::CodeBlock);
    };
    while (!block.spans.isEmpty() && block.spans.last().mentionId.isEmpty()) {
        QString &text = block.spans.last().text;
        while (!text.isEmpty() && isDropped(text.back()))
            text.chop(1);
        if (!text.isEmpty())
            break;
        block.spans.removeLast();
    }
    while (!block.spans.isEmpty() && block.spans.first().mentionId.isEmpty()) {
        QString &text = block.spans.first().text;
        while (!text.isEmpty() && isDropped(text.front()))
            text.remove(0, 1);
        if (!text.isEmpty())
            break;
        block.spans.removeFirst();
    }
}

void BlockBuilder::clampList(Block &block) const
{
    if (block.kind != BlockKind::ListItem) {
        block.listDepth = 0;
        block.number.reset();
        return;
    }
    const bool follows = !m_blocks.isEmpty() && m_blocks.last().kind == BlockKind::ListItem
        && m_blocks.last().quoteDepth == block.quoteDepth;
    const int deepest = follows ? m_blocks.last().listDepth + 1 : 1;
    block.listDepth = std::clamp(block.listDepth, 1, std::min(deepest, RichText::MaxListDepth));
    // HTML counts from 1 in each list: another number could not be written down.
    if (block.number && *block.number != numberBefore(block) + 1)
        block.number = 1;
}

int BlockBuilder::numberBefore(const Block &item) const
{
    for (auto before = m_blocks.rbegin(); before != m_blocks.rend(); ++before) {
        const bool sameRun
            = before->kind == BlockKind::ListItem && before->quoteDepth == item.quoteDepth;
        if (!sameRun || before->listDepth < item.listDepth)
            return 0;
        if (before->listDepth == item.listDepth)
            return before->number.value_or(0);
    }
    return 0;
}

void BlockBuilder::close()
{
    if (!m_isOpen)
        return;
    m_isOpen = false;
    Block block = std::move(m_current);
    m_current = {};
    trimEnds(block);
    for (Span &span : block.spans)
        span.text = span.text.normalized(QString::NormalizationForm_C);
    if (block.spans.isEmpty() && m_origin == Origin::Implicit)
        return;
    if (isFull())
        return;
    block.quoteDepth = std::clamp(block.quoteDepth, 0, RichText::MaxQuoteDepth);
    clampList(block);
    m_onlyImplicit = m_onlyImplicit && m_origin == Origin::Implicit;
    m_blocks.append(std::move(block));
}

QList<Block> BlockBuilder::take()
{
    close();
    m_wasBare
        = m_onlyImplicit && m_blocks.size() == 1 && m_blocks.first().kind == BlockKind::Paragraph;
    return std::exchange(m_blocks, {});
}

} // namespace presently
