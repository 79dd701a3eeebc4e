// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/text/linkpolicy.h"

#include "models/text/cleantext.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace presently {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype MaxHrefLength = 2048;

bool isWeb(const QUrl &url)
{
    return url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
}

//! Browsers skip these inside an address, so that "java\nscript:" runs; we take none at all.
bool hasUnfitCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() <= 0x20 || (c.unicode() >= 0x7f && c.unicode() <= 0x9f) || c == u'\\'
            || c == u'<' || c == u'>' || c == u'"' || c.isSpace()
            || c.category() == QChar::Other_Format;
    });
}

//! An attachment from this machine, or a header that was not asked for, must not come along.
bool isHarmlessMail(const QUrl &url)
{
    const QString decoded = QUrl::fromPercentEncoding(url.toEncoded());
    if (decoded.contains(u'\r') || decoded.contains(u'\n'))
        return false;
    const auto items = QUrlQuery(url).queryItems();
    const bool onlyText = std::all_of(items.begin(), items.end(), [](const auto &item) {
        const QString name = item.first.toLower();
        return name == "subject"_L1 || name == "body"_L1;
    });
    return onlyText && url.path().contains(u'@') && url.host().isEmpty();
}

//! The address in its canonical form, or an invalid one.
QUrl allowedUrl(QStringView href)
{
    const QString text = href.trimmed().toString();
    if (text.isEmpty() || text.size() > MaxHrefLength || hasUnfitCharacter(text))
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid())
        return {};
    if (isWeb(url))
        return url.host().isEmpty() ? QUrl() : url;
    if (url.scheme() == "mailto"_L1)
        return isHarmlessMail(url) ? url : QUrl();
    return {};
}

QString encodedHost(const QUrl &url)
{
    return url.host(QUrl::FullyEncoded).toLower();
}

QString withoutWww(const QString &host)
{
    return host.startsWith("www."_L1) ? host.mid(4) : host;
}

//! The host that \a text seems to name: of "https://a.example/x", "a.example" or "a.example/x".
QString hostNamedBy(const QString &text)
{
    static const QRegularExpression address(
        u"^(?:[a-z][a-z0-9+.-]*:/*)?(?:[^/@\\s]*@)?((?:[^\\s/:?#@.]+\\.)+[^\\s/:?#@.]{2,}|localhost|\\[[0-9a-f:.]+\\])\\.?(?:[:/?#].*)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = address.match(text);
    if (!match.hasMatch())
        return {};
    QUrl named;
    named.setHost(match.captured(1));
    return encodedHost(named);
}

bool textMisleads(const QUrl &url, const QString &text)
{
    if (url.scheme() == "mailto"_L1) {
        const bool looksLikeMail = text.contains(u'@') && !text.contains(u' ');
        return !hostNamedBy(text).isEmpty()
            && !(looksLikeMail && url.path().compare(text, Qt::CaseInsensitive) == 0);
    }
    const QString named = hostNamedBy(text);
    return !named.isEmpty() && withoutWww(named) != withoutWww(encodedHost(url));
}

} // namespace

LinkDecision judgeLink(QStringView href, QStringView shownText)
{
    LinkDecision decision;
    const QUrl url = allowedUrl(href);
    if (!url.isValid() || url.isEmpty())
        return decision;
    decision.url = url;
    decision.shownHost = isWeb(url) ? encodedHost(url) : url.path(QUrl::FullyEncoded);
    const bool isDoubtful = !url.userInfo().isEmpty() || decision.shownHost.contains("xn--"_L1)
        || textMisleads(url, cleanName(shownText, MaxHrefLength));
    decision.verdict = isDoubtful ? LinkVerdict::Confirm : LinkVerdict::Open;
    return decision;
}

QString allowedHref(QStringView href)
{
    const QUrl url = allowedUrl(href);
    return url.isValid() ? url.toString(QUrl::FullyEncoded) : QString();
}

} // namespace presently
