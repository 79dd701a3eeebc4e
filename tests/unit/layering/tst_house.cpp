// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Rule {
    QString folder;
    QStringList may; //!< folders it may include, beside itself
};

//! The include table of README.md, "The house". A file belongs to the longest folder that holds it.
const QList<Rule> &rules()
{
    static const QList<Rule> table{
        {u"models/core"_s, {}},
        {u"models/text"_s, {u"models/core"_s}},
        {u"models/presence"_s, {u"models/core"_s}},
        {u"models/store"_s, {u"models/core"_s, u"models/text"_s, u"models/presence"_s}},
        {u"models/storage"_s, {u"models/core"_s, u"models/text"_s, u"models/presence"_s}},
        {u"models/items"_s,
            {u"models/core"_s, u"models/text"_s, u"models/presence"_s, u"models/store"_s}},
        {u"net/wire/json"_s, {u"models/core"_s}},
        {u"net/wire/http"_s, {u"models/core"_s}},
        {u"net/wire/websocket"_s, {u"models/core"_s, u"net/wire/http"_s}},
        {u"net/wire/mtchat"_s, {u"models/core"_s, u"models/text"_s, u"net/wire/json"_s}},
        {u"net/wire/socketio"_s, {u"models/core"_s, u"net/wire/json"_s}},
        {u"net/wire/friends"_s, {u"models/core"_s, u"models/text"_s, u"net/wire/json"_s}},
        {u"net/wire/devices"_s, {u"models/core"_s, u"models/text"_s, u"net/wire/json"_s}},
        {u"net/wire/polling"_s, {u"models/core"_s, u"models/text"_s, u"net/wire/json"_s}},
        {u"net/wire/userstatus"_s, {u"models/core"_s, u"models/text"_s, u"net/wire/json"_s}},
        {u"net/transport"_s, {u"models/core"_s}},
        {u"net/client"_s, {u"models/core"_s, u"net/wire"_s, u"net/transport"_s}},
        {u"net/server"_s,
            {u"models/core"_s, u"models/text"_s, u"models/presence"_s, u"models/storage"_s,
                u"net/wire"_s, u"net/transport"_s}},
        {u"ui/common"_s, {u"models"_s}},
        {u"ui/desktop"_s, {u"models"_s, u"ui/common"_s}},
        {u"ui/terminal"_s, {u"models"_s, u"ui/common"_s}},
        {u"app/platform"_s, {u"models/core"_s}},
        {u"app"_s, {u"models"_s, u"net"_s, u"ui"_s}},
    };
    return table;
}

QString sourceDir()
{
    return QStringLiteral(PRESENTLY_SOURCE_DIR);
}

QStringList sourcesBelow(const QStringList &folders)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator walk(sourceDir() + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
            QDirIterator::Subdirectories);
        while (walk.hasNext())
            files << QDir(sourceDir()).relativeFilePath(walk.next());
    }
    files.sort();
    return files;
}

QString contentOf(const QString &file)
{
    QFile source(sourceDir() + u'/' + file);
    return source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
}

bool isBelow(const QString &file, const QString &folder)
{
    return file.startsWith(folder + u'/');
}

const Rule *ruleFor(const QString &file)
{
    const Rule *found = nullptr;
    for (const Rule &rule : rules()) {
        if (isBelow(file, rule.folder) && (!found || rule.folder.size() > found->folder.size()))
            found = &rule;
    }
    return found;
}

QStringList ourIncludesOf(const QString &file)
{
    static const QRegularExpression include(
        u"^#include \"((?:app|ui|net|models)/[^\"]+)\""_s, QRegularExpression::MultilineOption);
    QStringList found;
    auto matches = include.globalMatch(contentOf(file));
    while (matches.hasNext())
        found << matches.next().captured(1);
    return found;
}

const QStringList productFolders{u"app"_s, u"ui"_s, u"net"_s, u"models"_s};

} // namespace

class tst_House : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFolderHasARule()
    {
        QStringList homeless;
        for (const QString &file : sourcesBelow(productFolders)) {
            if (!ruleFor(file))
                homeless << file;
        }
        QCOMPARE(homeless, QStringList());
    }

    void dependenciesRunOneWay()
    {
        QStringList broken;
        const QStringList files = sourcesBelow(productFolders);
        QVERIFY(files.size() > 10);
        for (const QString &file : files) {
            const Rule *rule = ruleFor(file);
            QVERIFY2(rule, qPrintable(file));
            for (const QString &included : ourIncludesOf(file)) {
                const bool allowed = isBelow(included, rule->folder)
                    || std::any_of(rule->may.begin(), rule->may.end(),
                        [&](const QString &folder) { return isBelow(included, folder); });
                if (!allowed)
                    broken << file + u" includes "_s + included;
            }
        }
        QCOMPARE(broken.join(u'\n'), QString());
    }

    void clientsAndServerNeverMeet()
    {
        for (const QString &file : sourcesBelow({u"net/server"_s, u"net/client"_s})) {
            const QString other
                = isBelow(file, u"net/server"_s) ? u"net/client"_s : u"net/server"_s;
            for (const QString &included : ourIncludesOf(file))
                QVERIFY2(!isBelow(included, other), qPrintable(file + u" includes "_s + included));
        }
    }

    void everyFileNamesItsLicence()
    {
        QStringList bare;
        QStringList folders = productFolders;
        folders << u"tests"_s;
        for (const QString &file : sourcesBelow(folders)) {
            if (!contentOf(file).startsWith(
                    u"// SPDX-FileCopyrightText: 2026 The Presently authors\n// SPDX-License-Identifier: Apache-2.0\n"_s))
                bare << file;
        }
        QCOMPARE(bare, QStringList());
    }

    void nobodyDoesWhatTheHouseForbids_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("exempt");
        QTest::newRow("certificates are always checked") << u"ignoreSslErrors"_s << QString();
        // At its start, a server that has no event loop yet may wait for its port.
        QTest::newRow("nothing waits by sleeping")
            << u"\\b(QThread::(m|u)?sleep|sleep_for|qWait|qSleep)\\s*\\("_s
            << u"net/transport/acceptor"_s;
        QTest::newRow("nothing blocks on a socket or a process")
            << u"\\bwaitFor(Connected|ReadyRead|BytesWritten|Disconnected|Encrypted)\\s*\\("_s
            << QString();
        QTest::newRow("no string-based connections") << u"\\b(SIGNAL|SLOT)\\s*\\("_s << QString();
        QTest::newRow("labels do not guess at rich text")
            << u"\\bnew QLabel\\b|\\bQLabel\\s+\\w+[;({]"_s << u"ui/desktop/plainlabel"_s;
        QTest::newRow("message boxes do not guess at rich text")
            << u"QMessageBox::(information|warning|critical|question|about)\\s*\\("_s << QString();
        QTest::newRow("the keychain has no fallback in plain text")
            << u"setInsecureFallback\\(true"_s << QString();
    }
    void nobodyDoesWhatTheHouseForbids()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, exempt);
        const QRegularExpression forbidden(pattern);
        QVERIFY(forbidden.isValid());
        QStringList found;
        for (const QString &file : sourcesBelow(productFolders)) {
            if (!exempt.isEmpty() && file.startsWith(exempt))
                continue;
            if (forbidden.match(contentOf(file)).hasMatch())
                found << file;
        }
        QCOMPARE(found, QStringList());
    }
};

QTEST_GUILESS_MAIN(tst_House)
#include "tst_house.moc"
