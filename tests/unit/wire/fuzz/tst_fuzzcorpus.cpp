// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/http/fuzzhttp.h"
#include "tests/fuzz/json/fuzzjson.h"
#include "tests/fuzz/socketio/fuzzsocketio.h"
#include "tests/fuzz/websocket/fuzzwebsocket.h"

#include <QDir>
#include <QTest>

using namespace presently::test;
using namespace Qt::StringLiterals;

namespace {

using Entry = void (*)(QByteArrayView);

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void addCorpus(const QString &name, Entry entry)
{
    const QDir folder(QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/fuzz/") + name);
    const QStringList files = folder.entryList(QDir::Files);
    QVERIFY2(!files.isEmpty(), qPrintable(folder.path()));
    for (const QString &file : files)
        QTest::addRow("%s/%s", qPrintable(name), qPrintable(file))
            << folder.filePath(file) << entry;
}

} // namespace

Q_DECLARE_METATYPE(Entry)

//! Every input that a fuzzer found worth keeping, through the function the fuzzer calls. A broken
//! promise ends the process.
class tst_FuzzCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsItsPromises_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Entry>("entry");
        addCorpus(u"json"_s, fuzzJson);
        addCorpus(u"http"_s, fuzzHttp);
        addCorpus(u"websocket"_s, fuzzWebSocket);
        addCorpus(u"socketio"_s, fuzzSocketIo);
    }

    void keepsItsPromises()
    {
        QFETCH(const QString, path);
        QFETCH(const Entry, entry);
        const QByteArray bytes = contentsOf(path);
        for (qsizetype size = 0; size <= bytes.size(); ++size)
            entry(QByteArrayView(bytes).first(size));
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            QByteArray flipped = bytes;
            flipped[at] = char(flipped[at] ^ (1 << (at % 8)));
            entry(flipped);
        }
    }
};

QTEST_GUILESS_MAIN(tst_FuzzCorpus)
#include "tst_fuzzcorpus.moc"
