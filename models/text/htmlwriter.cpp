// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/htmlwriter_p.h"

#include <array>
#include <utility>

namespace presently {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<std::pair<SpanStyle, QLatin1StringView>, 5> StyleTags{
    {{SpanStyle::Bold, "strong"_L1}, {SpanStyle::Italic, "em"_L1}, {SpanStyle::Underline, "u"_L1},
        {SpanStyle::Strike, "s"_L1}, {SpanStyle::Code, "code"_L1}}};

//! \brief Writes blocks one after the other, with the quotes and lists that hold them.
class Writer
{
public:
    QString write(const QList<Block> &blocks);
    void writeSpans(const Block &block);
    [[nodiscard]] QString result() const { return m_html; }

private:
    void writeBlock(const Block &block);
    void writeItem(const Block &item);
    void writeSpan(const Span &span);
    void writeMention(const Span &span);
    void setQuoteDepth(int depth);
    void closeLists(qsizetype depth);
    void openTag(QLatin1StringView name) { m_html += u'<' + QString(name) + u'>'; }
    void closeTag(QLatin1StringView name) { m_html += u"</"_s + name + u'>'; }

    struct OpenList {
        QLatin1StringView tag;
        int number = 0; //!< of the item that is open in it
    };

    QString m_html;
    int m_quoteDepth = 0;
    QList<OpenList> m_lists;
};

QString Writer::write(const QList<Block> &blocks)
{
    for (const Block &block : blocks)
        writeBlock(block);
    closeLists(0);
    setQuoteDepth(0);
    return m_html;
}

void Writer::setQuoteDepth(int depth)
{
    for (; m_quoteDepth < depth; ++m_quoteDepth)
        openTag("blockquote"_L1);
    for (; m_quoteDepth > depth; --m_quoteDepth)
        closeTag("blockquote"_L1);
}

void Writer::closeLists(qsizetype depth)
{
    while (m_lists.size() > depth) {
        closeTag("li"_L1);
        closeTag(m_lists.takeLast().tag);
    }
}

void Writer::writeBlock(const Block &block)
{
    if (block.kind != BlockKind::ListItem || block.quoteDepth != m_quoteDepth)
        closeLists(0);
    setQuoteDepth(block.quoteDepth);
    switch (block.kind) {
    case BlockKind::ListItem:
        writeItem(block);
        return;
    case BlockKind::CodeBlock:
        openTag("pre"_L1);
        m_html += block.language.isEmpty()
            ? u"<code>"_s
            : u"<code class=\"language-%1\">"_s.arg(block.language.toHtmlEscaped());
        writeSpans(block);
        m_html += "</code></pre>"_L1;
        return;
    case BlockKind::Paragraph:
    case BlockKind::Quote:
        openTag("p"_L1);
        writeSpans(block);
        closeTag("p"_L1);
        return;
    }
}

void Writer::writeItem(const Block &item)
{
    const auto tag = item.number ? "ol"_L1 : "ul"_L1;
    closeLists(item.listDepth);
    if (m_lists.size() == item.listDepth) {
        const OpenList &open = m_lists.last();
        const bool continues = open.tag == tag && (!item.number || *item.number == open.number + 1);
        if (continues)
            closeTag("li"_L1);
        else
            closeLists(item.listDepth - 1);
    }
    if (m_lists.size() < item.listDepth) {
        openTag(tag);
        m_lists.append({tag, 0});
    }
    m_lists.last().number = item.number.value_or(0);
    openTag("li"_L1);
    writeSpans(item);
}

void Writer::writeSpans(const Block &block)
{
    for (const Span &span : block.spans) {
        if (block.kind == BlockKind::CodeBlock)
            m_html += span.text.toHtmlEscaped();
        else
            writeSpan(span);
    }
}

void Writer::writeSpan(const Span &span)
{
    if (!span.href.isEmpty())
        m_html += u"<a href=\"%1\" target=\"_blank\" rel=\"noopener noreferrer\">"_s.arg(
            span.href.toHtmlEscaped());
    for (const auto &[style, tag] : StyleTags) {
        if (span.styles.testFlag(style))
            openTag(tag);
    }
    if (span.mentionId.isEmpty())
        m_html += span.text.toHtmlEscaped().replace(u'\n', "<br>"_L1);
    else
        writeMention(span);
    for (auto tag = StyleTags.rbegin(); tag != StyleTags.rend(); ++tag) {
        if (span.styles.testFlag(tag->first))
            closeTag(tag->second);
    }
    if (!span.href.isEmpty())
        closeTag("a"_L1);
}

void Writer::writeMention(const Span &span)
{
    m_html += "<span data-type=\"mention\" data-id=\""_L1 + span.mentionId.toHtmlEscaped()
        + "\" data-label=\""_L1 + span.mentionLabel.toHtmlEscaped()
        + "\" class=\"mtchat-mention\">@"_L1 + span.mentionLabel.toHtmlEscaped() + "</span>"_L1;
}

} // namespace

QString writeHtml(const QList<Block> &blocks, bool isBare)
{
    Writer writer;
    if (!isBare || blocks.size() != 1)
        return writer.write(blocks);
    writer.writeSpans(blocks.first());
    return writer.result();
}

} // namespace presently
