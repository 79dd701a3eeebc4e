// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/htmlreader_p.h"

#include "models/text/blockbuilder_p.h"
#include "models/text/cleantext.h"
#include "models/text/linkpolicy.h"

#include <QRegularExpression>

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <memory>

namespace presently {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MaxMentionId = 255;

struct DocumentDeleter {
    void operator()(xmlDoc *document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, DocumentDeleter>;

//! Parses without network, files, entities of its own or words on the console. The frame around
//! the text keeps the parser from inventing paragraphs.
Document parse(QStringView html)
{
    QString source = html.left(RichText::MaxHtmlLength).toString();
    source.remove(QChar(u'\0'));
    const QByteArray framed = "<html><body>" + source.toUtf8() + "</body></html>";
    constexpr int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
        | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD;
    return Document(
        htmlReadMemory(framed.constData(), int(framed.size()), nullptr, "UTF-8", options));
}

QString nameOf(const xmlNode *node)
{
    return QString::fromUtf8(reinterpret_cast<const char *>(node->name)).toLower();
}

QString attribute(xmlNode *node, const char *name)
{
    xmlChar *raw = xmlGetProp(node, reinterpret_cast<const xmlChar *>(name));
    const QString value = QString::fromUtf8(reinterpret_cast<const char *>(raw));
    xmlFree(raw);
    return value;
}

//! Elements of which nothing is kept, not even the text.
bool isDroppedWhole(const QString &name)
{
    static const QStringList dropped{u"script"_s, u"style"_s, u"head"_s, u"title"_s, u"template"_s,
        u"iframe"_s, u"frame"_s, u"frameset"_s, u"noframes"_s, u"noembed"_s, u"noscript"_s,
        u"object"_s, u"embed"_s, u"applet"_s, u"svg"_s, u"math"_s, u"select"_s, u"textarea"_s,
        u"xmp"_s, u"plaintext"_s, u"audio"_s, u"video"_s, u"canvas"_s, u"map"_s};
    return dropped.contains(name);
}

//! Elements that begin a new line in every browser, and of which nothing else is kept.
bool isOtherBlock(const QString &name)
{
    static const QStringList blocks{u"div"_s, u"h1"_s, u"h2"_s, u"h3"_s, u"h4"_s, u"h5"_s, u"h6"_s,
        u"section"_s, u"article"_s, u"header"_s, u"footer"_s, u"main"_s, u"nav"_s, u"aside"_s,
        u"address"_s, u"dl"_s, u"dt"_s, u"dd"_s, u"table"_s, u"tr"_s, u"hr"_s, u"form"_s,
        u"fieldset"_s, u"figure"_s, u"figcaption"_s, u"center"_s};
    return blocks.contains(name);
}

std::optional<SpanStyle> styleOf(const QString &name)
{
    if (name == "b"_L1 || name == "strong"_L1)
        return SpanStyle::Bold;
    if (name == "i"_L1 || name == "em"_L1)
        return SpanStyle::Italic;
    if (name == "u"_L1)
        return SpanStyle::Underline;
    if (name == "s"_L1 || name == "strike"_L1 || name == "del"_L1)
        return SpanStyle::Strike;
    if (name == "code"_L1)
        return SpanStyle::Code;
    return std::nullopt;
}

//! The language that a code block names, as in class="language-cpp".
QString languageOf(xmlNode *node)
{
    static const QRegularExpression form(u"(?:^|\\s)language-([A-Za-z0-9+#_-]{1,32})(?:\\s|$)"_s);
    return form.match(attribute(node, "class").left(200)).captured(1).toLower();
}

//! \brief Walks the tree once, without recursion, and feeds a BlockBuilder.
class Walker
{
public:
    HtmlReading read(xmlNode *root);

private:
    enum class Descend { Yes, No };
    struct List {
        bool isNumbered = false;
        int count = 0;
    };

    Descend enter(xmlNode *node);
    Descend enterElement(xmlNode *node, const QString &name);
    void leaveElement(const QString &name);
    void text(const xmlNode *node);
    void mention(xmlNode *node);
    void openItem();
    void breakBlock();
    void openImplicitly();
    [[nodiscard]] Block seed(BlockKind kind) const;
    [[nodiscard]] Span style() const;
    int &depthOf(SpanStyle style) { return m_styleDepths[qToUnderlying(style)]; }

    BlockBuilder m_builder;
    QHash<int, int> m_styleDepths;
    QStringList m_hrefs;
    QList<List> m_lists;
    int m_quoteDepth = 0;
    int m_codeBlockDepth = 0;
    bool m_breakPending = false; //!< inside a list item: a new line before the next text
};

HtmlReading Walker::read(xmlNode *root)
{
    xmlNode *node = root;
    while (node && !m_builder.isFull()) {
        if (enter(node) == Descend::Yes && node->children) {
            node = node->children;
            continue;
        }
        while (node) {
            if (node->type == XML_ELEMENT_NODE)
                leaveElement(nameOf(node));
            if (node == root)
                node = nullptr;
            else if (node->next) {
                node = node->next;
                break;
            } else
                node = node->parent;
        }
    }
    HtmlReading reading;
    reading.blocks = m_builder.take();
    reading.isBare = m_builder.wasBare();
    return reading;
}

Walker::Descend Walker::enter(xmlNode *node)
{
    if (node->type == XML_TEXT_NODE) {
        text(node);
        return Descend::No;
    }
    if (node->type != XML_ELEMENT_NODE)
        return Descend::No; // comments, CDATA, processing instructions, entity references
    return enterElement(node, nameOf(node));
}

Walker::Descend Walker::enterElement(xmlNode *node, const QString &name)
{
    if (isDroppedWhole(name))
        return Descend::No;
    if (m_codeBlockDepth > 0) {
        if (name == "pre"_L1)
            ++m_codeBlockDepth;
        else if (name == "br"_L1)
            m_builder.appendLineBreak({});
        else if (name == "code"_L1 && m_builder.current().language.isEmpty())
            m_builder.setLanguage(languageOf(node));
        return Descend::Yes;
    }
    if (name == "p"_L1) {
        breakBlock();
        if (m_lists.isEmpty())
            m_builder.open(seed(m_quoteDepth > 0 ? BlockKind::Quote : BlockKind::Paragraph));
    } else if (name == "pre"_L1) {
        ++m_codeBlockDepth;
        m_builder.open(seed(BlockKind::CodeBlock));
        m_builder.setLanguage(languageOf(node));
    } else if (name == "blockquote"_L1) {
        m_builder.close();
        ++m_quoteDepth;
    } else if (name == "ul"_L1 || name == "ol"_L1) {
        m_builder.close();
        m_lists.append({name == "ol"_L1, 0});
    } else if (name == "li"_L1) {
        openItem();
    } else if (name == "br"_L1) {
        openImplicitly();
        m_builder.appendLineBreak(style());
    } else if (name == "a"_L1) {
        m_hrefs.append(allowedHref(attribute(node, "href")));
    } else if (name == "span"_L1 && attribute(node, "data-type") == "mention"_L1) {
        mention(node);
        return Descend::No;
    } else if (name == "td"_L1 || name == "th"_L1) {
        if (m_builder.isOpen())
            m_builder.appendText(u" ", style());
    } else if (isOtherBlock(name)) {
        breakBlock();
    } else if (const auto styled = styleOf(name)) {
        ++depthOf(*styled);
    }
    return Descend::Yes;
}

void Walker::leaveElement(const QString &name)
{
    // An element that was not entered is left as well: those are never among the names below.
    if (m_codeBlockDepth > 0) {
        if (name == "pre"_L1 && --m_codeBlockDepth == 0)
            m_builder.close();
        return;
    }
    if (name == "p"_L1 || isOtherBlock(name)) {
        breakBlock();
    } else if (name == "blockquote"_L1) {
        m_builder.close();
        --m_quoteDepth;
    } else if (name == "ul"_L1 || name == "ol"_L1) {
        m_builder.close();
        m_lists.removeLast();
    } else if (name == "li"_L1) {
        m_builder.close();
        m_breakPending = false;
    } else if (name == "a"_L1) {
        m_hrefs.removeLast();
    } else if (const auto styled = styleOf(name)) {
        --depthOf(*styled);
    }
}

void Walker::text(const xmlNode *node)
{
    const QString content = QString::fromUtf8(reinterpret_cast<const char *>(node->content));
    if (m_codeBlockDepth == 0) {
        const bool hasNothingBefore = !m_builder.isOpen() || m_breakPending;
        if (hasNothingBefore && BlockBuilder::isOnlyWhiteSpace(content))
            return;
        openImplicitly();
    }
    m_builder.appendText(content, style());
}

void Walker::mention(xmlNode *node)
{
    const QString id = cleanText(attribute(node, "data-id")).trimmed();
    QString label = cleanName(attribute(node, "data-label"));
    if (label.isEmpty()) {
        xmlChar *raw = xmlNodeGetContent(node);
        label = QString::fromUtf8(reinterpret_cast<const char *>(raw));
        xmlFree(raw);
        label = cleanName(label.startsWith(u'@') ? QStringView(label).mid(1) : label);
    }
    if (label.isEmpty())
        return;
    openImplicitly();
    Span span = style();
    span.text = u'@' + label;
    // The name that is shown is always the label: a mention cannot say one and mean another.
    if (id.isEmpty() || id.toUtf8().size() > MaxMentionId) {
        m_builder.appendText(span.text, span);
        return;
    }
    span.href.clear();
    span.mentionId = id;
    span.mentionLabel = label;
    m_builder.appendMention(span);
}

void Walker::openItem()
{
    m_breakPending = false;
    Block item = seed(BlockKind::ListItem);
    if (!m_lists.isEmpty() && m_lists.last().isNumbered)
        item.number = ++m_lists.last().count;
    m_builder.open(item);
}

void Walker::breakBlock()
{
    const bool isInItem = m_builder.isOpen() && m_builder.current().kind == BlockKind::ListItem;
    if (isInItem)
        m_breakPending = !m_builder.isOpenAndBlank();
    else
        m_builder.close();
}

void Walker::openImplicitly()
{
    if (m_builder.isOpen()) {
        if (std::exchange(m_breakPending, false))
            m_builder.appendLineBreak(style());
        return;
    }
    m_breakPending = false;
    if (!m_lists.isEmpty())
        openItem();
    else if (m_quoteDepth > 0)
        m_builder.open(seed(BlockKind::Quote), BlockBuilder::Origin::Implicit);
    else
        m_builder.open(seed(BlockKind::Paragraph), BlockBuilder::Origin::Implicit);
}

Block Walker::seed(BlockKind kind) const
{
    Block block;
    block.kind = kind;
    block.quoteDepth = m_quoteDepth;
    if (kind == BlockKind::ListItem)
        block.listDepth = std::max(1, int(m_lists.size()));
    return block;
}

Span Walker::style() const
{
    Span span;
    for (const SpanStyle candidate : {SpanStyle::Bold, SpanStyle::Italic, SpanStyle::Underline,
             SpanStyle::Strike, SpanStyle::Code})
        span.styles.setFlag(candidate, m_styleDepths.value(qToUnderlying(candidate)) > 0);
    if (!m_hrefs.isEmpty())
        span.href = m_hrefs.last();
    return span;
}

} // namespace

HtmlReading readHtml(QStringView html)
{
    const Document document = parse(html);
    xmlNode *root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    return root ? Walker().read(root) : HtmlReading();
}

} // namespace presently
