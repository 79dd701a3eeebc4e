// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/richtext.h"

#include "models/text/blockbuilder_p.h"
#include "models/text/cleantext.h"
#include "models/text/htmlreader_p.h"
#include "models/text/htmlwriter_p.h"
#include "models/text/linkpolicy.h"

#include <QRegularExpression>

#include <algorithm>

namespace presently {

using namespace Qt::Literals::StringLiterals;

namespace {

//! Where an address that somebody typed ends: not at a full stop or a bracket behind it.
QString withoutTrailingPunctuation(QString address)
{
    while (!address.isEmpty() && u".,;:!?'\"*_~"_s.contains(address.back()))
        address.chop(1);
    if (address.endsWith(u')') && !address.contains(u'('))
        address.chop(1);
    return address;
}

void appendLinked(BlockBuilder &builder, const QString &line)
{
    static const QRegularExpression address(
        u"\\bhttps?://[^\\s<>\"]+"_s, QRegularExpression::CaseInsensitiveOption);
    qsizetype done = 0;
    auto found = address.globalMatch(line);
    while (found.hasNext()) {
        const auto match = found.next();
        const QString text = withoutTrailingPunctuation(match.captured());
        const QString href = allowedHref(text);
        if (href.isEmpty())
            continue;
        builder.appendText(QStringView(line).mid(done, match.capturedStart() - done), {});
        Span link;
        link.href = href;
        builder.appendText(text, link);
        done = match.capturedStart() + text.size();
    }
    builder.appendText(QStringView(line).mid(done), {});
}

QString prefixOf(const Block &block)
{
    QString prefix = u"> "_s.repeated(block.quoteDepth);
    if (block.kind == BlockKind::ListItem) {
        prefix += u"  "_s.repeated(block.listDepth - 1);
        prefix += block.number ? u"%1. "_s.arg(*block.number) : u"- "_s;
    }
    return prefix;
}

QString textOf(const Block &block)
{
    QString text;
    for (const Span &span : block.spans)
        text += span.text;
    return text;
}

} // namespace

RichText::RichText(QList<Block> blocks)
    : m_blocks(std::move(blocks))
{
}

RichText RichText::fromHtml(QStringView html)
{
    HtmlReading reading = readHtml(html);
    RichText text(std::move(reading.blocks));
    text.m_bare = reading.isBare;
    return text;
}

RichText RichText::fromPlainText(QStringView text)
{
    BlockBuilder builder;
    bool isParagraphOpen = false;
    const QString cleaned = cleanText(text.left(MaxHtmlLength));
    for (const QString &line : cleaned.split(u'\n')) {
        if (BlockBuilder::isOnlyWhiteSpace(line)) {
            isParagraphOpen = false;
            continue;
        }
        if (std::exchange(isParagraphOpen, true))
            builder.appendLineBreak({});
        else
            builder.open({});
        appendLinked(builder, line);
    }
    return RichText(builder.take());
}

bool RichText::isBlank() const
{
    return std::ranges::all_of(m_blocks, [](const Block &block) {
        return std::ranges::all_of(block.spans,
            [](const Span &span) { return QStringView(span.text).trimmed().isEmpty(); });
    });
}

QString RichText::toHtml() const
{
    return writeHtml(m_blocks, m_bare);
}

QString RichText::toPlainText() const
{
    QStringList lines;
    for (const Block &block : m_blocks) {
        const QString prefix = prefixOf(block);
        const QString indent = block.kind == BlockKind::ListItem
            ? u"> "_s.repeated(block.quoteDepth) + u"  "_s.repeated(block.listDepth)
            : prefix;
        const QStringList texts = textOf(block).split(u'\n');
        for (qsizetype i = 0; i < texts.size(); ++i)
            lines.append((i == 0 ? prefix : indent) + texts[i]);
    }
    return lines.join(u'\n');
}

QString RichText::toPreview(qsizetype maxLength) const
{
    QString line;
    for (const Block &block : m_blocks) {
        const QString text = textOf(block).simplified();
        if (!text.isEmpty())
            line += (line.isEmpty() ? QString() : u" "_s) + text;
        if (line.size() > maxLength)
            break;
    }
    if (line.size() <= maxLength)
        return line;
    qsizetype end = std::max<qsizetype>(maxLength - 1, 0);
    if (end > 0 && line[end - 1].isHighSurrogate())
        --end;
    return line.left(end).trimmed() + QChar(0x2026);
}

QStringList RichText::mentionedIds() const
{
    QStringList ids;
    for (const Block &block : m_blocks) {
        for (const Span &span : block.spans) {
            if (!span.mentionId.isEmpty() && !ids.contains(span.mentionId))
                ids.append(span.mentionId);
        }
    }
    return ids;
}

QString sanitizedHtml(QStringView html)
{
    return RichText::fromHtml(html).toHtml();
}

} // namespace presently
