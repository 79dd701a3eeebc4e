// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/urlpolicy.h"

#include <QTest>

using namespace presently;
using namespace presently::net;

class tst_UrlPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAPersonTyped_data();
    void readsWhatAPersonTyped();
    void comparesOrigins();
    void writesAPathIntoEveryAddress();
    void refusesLineEndsInHeaders();
};

void tst_UrlPolicy::readsWhatAPersonTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("server"); // empty: refused

    const auto row = [](const char *name, const char *typed, const char *server) {
        QTest::newRow(name) << QString::fromLatin1(typed) << QString::fromLatin1(server);
    };
    row("a name", "chat.example.org", "https://chat.example.org");
    row("a name and a port", "chat.example.org:8443", "https://chat.example.org:8443");
    row("spaces around", "  https://chat.example.org/  ", "https://chat.example.org");
    row("a path is dropped", "https://chat.example.org/app?x=1#y", "https://chat.example.org");
    row("loopback", "127.0.0.1:8080", "http://127.0.0.1:8080");
    row("loopback of IPv6", "http://[::1]:8080", "http://[::1]:8080");
    row("plain to loopback", "http://127.0.0.1:8080", "http://127.0.0.1:8080");
    row("plain to a host", "http://chat.example.org", "");
    row("plain to a name for loopback", "http://localhost:8080", "");
    row("another scheme", "ftp://chat.example.org", "");
    row("a file", "file:///etc/passwd", "");
    row("a user", "https://ana:secret@chat.example.org", "");
    row("nothing", "", "");
    row("no host", "https://", "");
    row("a space inside", "chat example org", "");
}

void tst_UrlPolicy::readsWhatAPersonTyped()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, server);
    const Expected<QUrl, Error> url = serverUrl(typed);
    QCOMPARE(url.has_value(), !server.isEmpty());
    if (url) {
        QCOMPARE(url->toString(), server);
        QVERIFY(isAllowed(*url));
    } else {
        QCOMPARE(url.error().code, ErrorCode::InvalidUrl);
    }
}

void tst_UrlPolicy::comparesOrigins()
{
    const QUrl from(QStringLiteral("https://a.example/x"));
    QVERIFY(isSameOrigin(from, QUrl(QStringLiteral("https://a.example:443/y"))));
    QVERIFY(!isSameOrigin(from, QUrl(QStringLiteral("http://a.example/x"))));
    QVERIFY(!isSameOrigin(from, QUrl(QStringLiteral("https://a.example:444/x"))));
    QVERIFY(!isSameOrigin(from, QUrl(QStringLiteral("https://b.example/x"))));
}

void tst_UrlPolicy::writesAPathIntoEveryAddress()
{
    QCOMPARE(socketUrl(QUrl(QStringLiteral("https://a.example"))).toString(),
        QStringLiteral("wss://a.example/api/v1/ws"));
    QCOMPARE(socketUrl(QUrl(QStringLiteral("http://127.0.0.1:8080"))).toString(),
        QStringLiteral("ws://127.0.0.1:8080/api/v1/ws"));
    QCOMPARE(resourceUrl(QUrl(QStringLiteral("https://a.example")), QStringLiteral("/d/a%2Fb"))
                 .toString(QUrl::FullyEncoded),
        QStringLiteral("https://a.example/d/a%2Fb"));
}

void tst_UrlPolicy::refusesLineEndsInHeaders()
{
    QVERIFY(isHeaderValue("Bearer abc.def-_~"));
    QVERIFY(!isHeaderValue("abc\r\nX-Evil: 1"));
    QVERIFY(!isHeaderValue(QByteArrayView("a\0b", 3)));
    QVERIFY(!isHeaderValue("caf\xc3\xa9"));
}

QTEST_GUILESS_MAIN(tst_UrlPolicy)
#include "tst_urlpolicy.moc"
