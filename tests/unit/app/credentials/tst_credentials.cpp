// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/core/timeformat.h"
#include "net/client/credentialstoreentry.h"
#include "net/client/credentialstorememory.h"

#include <QTest>

using namespace presently;
using namespace presently::net;
using namespace Qt::Literals::StringLiterals;

class tst_Credentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void surviveTheirJson()
    {
        Credentials credentials;
        credentials.refreshToken = "r.e_f-resh";
        credentials.accessToken = "a.c.c";
        credentials.expiresAt = *fromRfc3339(u"2026-02-07T14:02:00.000Z");
        const auto back = credentialsFromEntry(entryFromCredentials(credentials));
        QVERIFY(back);
        QCOMPARE(back->refreshToken, credentials.refreshToken);
        QCOMPARE(back->accessToken, credentials.accessToken);
        QCOMPARE(back->expiresAt, credentials.expiresAt);
    }

    void refuseForeignEntries_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a bare password") << QByteArray("hunter2");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("no version") << QByteArray(R"({"refresh_token":"r"})");
        QTest::newRow("a later version") << QByteArray(R"({"version":2,"refresh_token":"r"})");
        QTest::newRow("no token") << QByteArray(R"({"version":1})");
        QTest::newRow("empty tokens") << QByteArray(R"({"version":1,"refresh_token":""})");
        QTest::newRow("a number") << QByteArray(R"({"version":1,"refresh_token":7})");
        QTest::newRow("a bad time")
            << QByteArray(R"({"version":1,"refresh_token":"r","access_expires_at":"soon"})");
        QTest::newRow("too large") << QByteArray(20'000, ' ');
    }
    void refuseForeignEntries()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!credentialsFromEntry(json));
    }

    void haveOneEntryAnAccount_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("entry");
        QTest::newRow("plain") << u"https://chat.example.org"_s
                               << u"https://chat.example.org ana"_s;
        QTest::newRow("path and case")
            << u"HTTPS://Chat.Example.org/"_s << u"https://chat.example.org ana"_s;
        QTest::newRow("standard port")
            << u"https://chat.example.org:443"_s << u"https://chat.example.org ana"_s;
        QTest::newRow("own port") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080 ana"_s;
    }
    void haveOneEntryAnAccount()
    {
        QFETCH(QString, server);
        QFETCH(QString, entry);
        QCOMPARE(accountEntry(QUrl(server), u"ana"_s), entry);
    }

    void leaveTheBytesThatOthersShare()
    {
        QByteArray secret("secret");
        const QByteArray shared = secret;
        wipe(secret);
        QVERIFY(secret.isEmpty());
        QCOMPARE(shared, QByteArray("secret"));
    }

    void inMemoryAnswerLaterAndOnce()
    {
        MemoryCredentialStore store;
        int reads = 0;
        Expected<QByteArray, Error> read = QByteArray();
        const auto note = [&](const Expected<QByteArray, Error> &result) {
            ++reads;
            read = result;
        };
        store.read(u"x"_s, this, note);
        QCOMPARE(reads, 0);
        QTRY_COMPARE(reads, 1);
        QCOMPARE(read.error().code, ErrorCode::KeychainEntryNotFound);

        QByteArray secret("token");
        bool isWritten = false;
        store.write(u"x"_s, secret, this, [&](const auto &result) { isWritten = !!result; });
        wipe(secret);
        QTRY_VERIFY(isWritten);
        store.read(u"x"_s, this, note);
        QTRY_COMPARE(reads, 2);
        QCOMPARE(read.value(), QByteArray("token"));

        bool isRemoved = false;
        store.remove(u"x"_s, this, [&](const auto &result) { isRemoved = !!result; });
        store.read(u"x"_s, this, note);
        QTRY_COMPARE(reads, 3);
        QVERIFY(isRemoved);
        QVERIFY(!read);
    }

    void tellNobodyWhoIsGone()
    {
        MemoryCredentialStore store;
        int calls = 0;
        {
            QObject context;
            store.read(u"x"_s, &context, [&](const auto &) { ++calls; });
        }
        store.read(u"x"_s, this, [&](const auto &) { calls += 10; });
        QTRY_COMPARE(calls, 10);
    }
};

QTEST_GUILESS_MAIN(tst_Credentials)
#include "tst_credentials.moc"
