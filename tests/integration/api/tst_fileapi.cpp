// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "apibench.h"
#include "net/server/api/filestore.h"

#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace Qt::Literals::StringLiterals;

//! People and keys: ana 1, bob 2, carol 3; ana and bob share a conversation.
class tst_FileApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        bench = std::make_unique<ApiBench>();
        for (const char *name : {"ana", "bob", "carol"})
            bench->person(name);
        id = bench->conversation({"ana", "bob"});
        messages = "/dialogs/" + id + "/messages";
    }
    void cleanup() { bench.reset(); }

    void aFileGoesUpWithAMessageAndComesDownAgain()
    {
        const ApiAnswer place = presign("ana", u"Отчёт \u202E.txt"_s, u"text/plain"_s, 5);
        QCOMPARE(place.status, 200);
        QCOMPARE(place.data().value(u"expires_in").toInt(), 300);
        const QByteArray address = place.data().value(u"upload_url").toString().toLatin1();
        QVERIFY2(address.startsWith("http://chat.test/api/v1/files/dialogs/"), address.constData());
        QCOMPARE(put(address, "hello").status, 200);

        const ApiAnswer sent
            = send("ana", keyOf(place), u"Отчёт \u202E.txt"_s, u"text/plain"_s, 9999);
        QCOMPARE(sent.status, 200);
        const QJsonObject file = sent.data().value(u"attachments").toArray().at(0).toObject();
        QCOMPARE(file.value(u"filename").toString(), u"Отчёт .txt"_s);
        QCOMPARE(file.value(u"size").toInt(), 5); // what is there, not what was said
        QCOMPARE(bench->broadcaster.lastMessage.attachments.size(), 1);

        const QByteArray fresh = "/attachments/" + file.value(u"id").toString().toLatin1() + "/url";
        const ApiAnswer where = bench->get("bob", fresh);
        QCOMPARE(where.data().value(u"expires_in").toInt(), 3600);
        QVERIFY(where.data().value(u"thumbnail_url").isNull());
        for (const QString &url :
            {file.value(u"url").toString(), where.data().value(u"url").toString()}) {
            const ApiAnswer got = bench->get({}, url.toLatin1());
            QCOMPARE(got.status, 200);
            QCOMPARE(got.body, QByteArray("hello"));
            QCOMPARE(got.headers.value("Content-Type"), QByteArray("text/plain"));
            QVERIFY(got.headers.value("Content-Disposition").startsWith("attachment; filename*="));
            QCOMPARE(got.headers.value("X-Content-Type-Options"), QByteArray("nosniff"));
        }
        QCOMPARE(bench->get("carol", fresh).code(), u"ATTACHMENT_NOT_FOUND"_s);
        QCOMPARE(bench->get("carol", "/attachments/0194e3a0-0000-7000-8000-00000000dead/url").body,
            bench->get("carol", fresh).body);
    }

    void onlyParticipantsGetAPlace()
    {
        QCOMPARE(presign("carol", u"a.txt"_s, u"text/plain"_s, 5).code(), u"DIALOG_NOT_FOUND"_s);
        QCOMPARE(presign("ana", u"a.txt"_s, u"text/plain"_s, 1024 * 1024).status, 200);
        QCOMPARE(presign("ana", u"a.txt"_s, u"text/plain"_s, 1024 * 1024 + 1).code(),
            u"FILE_TOO_LARGE"_s);
        QCOMPARE(presign("ana", u"a"_s, u""_s, 5).status, 200);
        QCOMPARE(presign("ana", u"a.html"_s, u"text/html"_s, 5).code(), u"UNSUPPORTED_FILE_TYPE"_s);
        QCOMPARE(
            presign("ana", u"a"_s, u"text/plain\r\nX: y"_s, 5).code(), u"UNSUPPORTED_FILE_TYPE"_s);
        QCOMPARE(presign("ana", u"a"_s, u"text/plain"_s, -1).status, 422);
    }

    void aPlaceIsForOneFileOfOneSizeForAWhile()
    {
        const QByteArray address = presign("ana", u"a.txt"_s, u"text/plain"_s, 5)
                                       .data()
                                       .value(u"upload_url")
                                       .toString()
                                       .toLatin1();
        QCOMPARE(put(address, "longer than that").status, 413);
        QByteArray other = address;
        other.replace("size=5", "size=500");
        QCOMPARE(put(other, "hello").status, 403);
        other = address;
        other.replace(".txt?", ".exe?");
        QCOMPARE(put(other, "hello").status, 403);
        QCOMPARE(put(address.left(address.indexOf('?')), "hello").status, 403);
        QCOMPARE(bench->get({}, address).status, 403);
        QCOMPARE(put(address, "hello").status, 200);
        // Nobody swaps what others may have seen already.
        QCOMPARE(put(address, "HELLO").status, 200);
        const QString path = bench->context.filesDirectory + u'/'
            + QString::fromLatin1(address).section(u"/files/"_s, 1).section(u'?', 0, 0);
        QFile kept(path);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("hello"));
        bench->clock.advance(std::chrono::seconds{300});
        QCOMPARE(put(address, "hello").status, 403);
    }

    void foreignKeysAreRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::newRow("nothing") << u""_s;
        QTest::newRow("another conversation")
            << u"dialogs/0194e3a0-0000-7000-8000-00000000dead/0194e3a0-0000-4000-8000-000000000001"_s;
        QTest::newRow("upwards") << u"dialogs/%1/../../x"_s;
        QTest::newRow("upwards, encoded") << u"dialogs/%1/%2e%2e/x"_s;
        QTest::newRow("NUL") << u"dialogs/%1/0194e3a0-0000-4000-8000-000000000001"_s + QChar(0)
                + u".txt"_s;
        QTest::newRow("line end") << u"dialogs/%1/0194e3a0-0000-4000-8000-000000000001\n"_s;
        QTest::newRow("no file of ours") << u"dialogs/%1/passwd"_s;
        QTest::newRow("a folder deeper") << u"dialogs/%1/a/0194e3a0-0000-4000-8000-000000000001"_s;
    }
    void foreignKeysAreRefused()
    {
        QFETCH(QString, key);
        key.replace(u"%1"_s, QString::fromLatin1(id));
        const ApiAnswer answer = send("ana", key, u"a.txt"_s, u"text/plain"_s, 5);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.code(), u"BAD_REQUEST"_s);
        QVERIFY(bench->broadcaster.take().isEmpty());
    }

    void aFileThatNeverCameIsNotSent()
    {
        const QString key = keyOf(presign("ana", u"a.txt"_s, u"text/plain"_s, 5));
        QCOMPARE(
            send("ana", key, u"a.txt"_s, u"text/plain"_s, 5).code(), u"ATTACHMENT_NOT_FOUND"_s);
    }

    void deletingAMessageDeletesItsFiles()
    {
        const ApiAnswer place = presign("ana", u"a.txt"_s, u"text/plain"_s, 5);
        put(place.data().value(u"upload_url").toString().toLatin1(), "hello");
        const ApiAnswer sent = send("ana", keyOf(place), u"a.txt"_s, u"text/plain"_s, 5);
        const QString path = bench->context.filesDirectory + u'/' + keyOf(place);
        QVERIFY(QFile::exists(path));
        const QString url
            = sent.data().value(u"attachments").toArray().at(0).toObject().value(u"url").toString();
        QCOMPARE(
            bench->remove("ana", messages + '/' + sent.data().value(u"id").toString().toLatin1())
                .status,
            204);
        QVERIFY(!QFile::exists(path));
        QCOMPARE(bench->get({}, url.toLatin1()).code(), u"ATTACHMENT_NOT_FOUND"_s);
    }

    void takesWhatPeopleSendAndNothingThatRuns()
    {
        for (const QString &type :
            {u""_s, u"image/png"_s, u"application/pdf"_s, u"TEXT/Plain; charset=x"_s,
                u"application/vnd.openxmlformats-officedocument.wordprocessingml.document"_s,
                u"video/mp4"_s, u"application/octet-stream"_s, u"text/x-c++src"_s})
            QVERIFY2(net::isAllowedContentType(type), qPrintable(type));
        for (const QString &type : {u"text/html"_s, u"image/svg+xml"_s, u"application/javascript"_s,
                 u"application/x-msdownload"_s, u"application/x-sh"_s, u"image"_s, u"a/b/c"_s,
                 u"multipart/form-data"_s, u"image/png\n"_s + u"x"_s})
            QVERIFY2(!net::isAllowedContentType(type), qPrintable(type));
    }

private:
    ApiAnswer presign(const QByteArray &who, const QString &name, const QString &type, qint64 size)
    {
        return bench->post(who, "/upload/presign",
            QJsonObject{{u"dialog_id"_s, QString::fromLatin1(id)}, {u"filename"_s, name},
                {u"content_type"_s, type}, {u"size"_s, size}});
    }
    ApiAnswer put(const QByteArray &address, const QByteArray &bytes)
    {
        return bench->call({"PUT", address, {}, {}, {}, bytes});
    }
    ApiAnswer send(const QByteArray &who, const QString &key, const QString &name,
        const QString &type, qint64 size)
    {
        return bench->post(who, messages,
            QJsonObject{{u"content"_s, u"<p></p>"_s},
                {u"attachments"_s,
                    QJsonArray{QJsonObject{{u"s3_key"_s, key}, {u"filename"_s, name},
                        {u"content_type"_s, type}, {u"size"_s, size}}}}});
    }
    static QString keyOf(const ApiAnswer &place)
    {
        return place.data().value(u"s3_key").toString();
    }

    std::unique_ptr<ApiBench> bench;
    QByteArray id;
    QByteArray messages;
};

QTEST_GUILESS_MAIN(tst_FileApi)
#include "tst_fileapi.moc"
