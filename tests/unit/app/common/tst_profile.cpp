// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/profile.h"
#include "models/core/uuid.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace presently;
using namespace presently::app;
using namespace Qt::Literals::StringLiterals;

class tst_Profile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_root = std::make_unique<QTemporaryDir>();
        m_directory = m_root->filePath(u"a/profile"_s);
    }

    void makesItsDirectoryForTheOwnerOnly()
    {
        const auto profile = Profile::open(m_directory);
        QVERIFY(profile);
        QCOMPARE(permissionsOf(m_directory), 0x700);
        QCOMPARE(permissionsOf(m_directory + "/settings.json"_L1), 0x600);
    }

    void closesADirectoryThatStoodOpen()
    {
        QDir().mkpath(m_directory);
        QFile::setPermissions(m_directory, QFile::Permissions::fromInt(0x7755));
        QVERIFY(Profile::open(m_directory));
        QCOMPARE(permissionsOf(m_directory), 0x700);
    }

    void keepsOneDeviceIdForEver()
    {
        const auto first = Profile::open(m_directory);
        const auto second = Profile::open(m_directory);
        QVERIFY(first && second);
        QVERIFY(isUuid(first->deviceId().value));
        QCOMPARE(first->deviceId(), second->deviceId());
        const auto elsewhere = Profile::open(m_root->filePath(u"b"_s));
        QVERIFY(elsewhere);
        QVERIFY(elsewhere->deviceId() != first->deviceId());
    }

    void remembersAccountsLastUsedFirst()
    {
        const Account ana{QUrl(u"https://x.org"_s), u"ana"_s};
        const Account ben{QUrl(u"http://127.0.0.1:8080"_s), u"бен"_s};
        auto profile = Profile::open(m_directory);
        QVERIFY(profile);
        QVERIFY(profile->remember(ana));
        QVERIFY(profile->remember(ben));
        QVERIFY(profile->remember(ana));
        const QList<Account> both{ana, ben};
        QCOMPARE(Profile::open(m_directory)->accounts(), both);
        QVERIFY(profile->forget(ana));
        QCOMPARE(Profile::open(m_directory)->accounts(), QList<Account>{ben});
    }

    void keepsTheOrderInWhichAccountsWereAdded()
    {
        const Account ana{QUrl(u"https://x.org"_s), u"ana"_s};
        const Account bao{QUrl(u"https://x.org"_s), u"bao"_s};
        const Account chi{QUrl(u"https://y.org"_s), u"chi"_s};
        auto profile = Profile::open(m_directory);
        QVERIFY(profile);
        for (const Account &account : {bao, ana, chi, ana, bao})
            QVERIFY(profile->remember(account));
        const QList<Account> added{bao, ana, chi};
        QCOMPARE(profile->accountsAsAdded(), added);
        const auto again = Profile::open(m_directory);
        QCOMPARE(again->accountsAsAdded(), added);
        QCOMPARE(again->accounts(), (QList<Account>{bao, ana, chi}));
        QVERIFY(profile->forget(ana));
        QCOMPARE(Profile::open(m_directory)->accountsAsAdded(), (QList<Account>{bao, chi}));
    }

    //! As an older version wrote it: the last one used stands first.
    void readsSettingsWithoutAnOrder()
    {
        QVERIFY(Profile::open(m_directory));
        QFile settings(m_directory + "/settings.json"_L1);
        QVERIFY(settings.open(QIODevice::ReadWrite));
        QJsonObject object = QJsonDocument::fromJson(settings.readAll()).object();
        object.insert(u"accounts"_s,
            QJsonArray{QJsonObject{{u"server"_s, u"https://x.org"_s}, {u"login"_s, u"ana"_s}},
                QJsonObject{{u"server"_s, u"https://x.org"_s}, {u"login"_s, u"ana"_s}},
                QJsonObject{{u"server"_s, u"https://y.org"_s}, {u"login"_s, u"bao"_s}}});
        settings.resize(0);
        settings.write(QJsonDocument(object).toJson());
        settings.close();
        const auto profile = Profile::open(m_directory);
        QCOMPARE(profile->accounts().size(), 2);
        QCOMPARE(profile->accountsAsAdded(), profile->accounts());
    }

    void givesEachAccountItsOwnFiles()
    {
        const auto profile = Profile::open(m_directory);
        QVERIFY(profile);
        const Account ana{QUrl(u"https://x.org"_s), u"ana"_s};
        const Account climber{QUrl(u"https://x.org"_s), u"../../../etc/passwd"_s};
        QVERIFY(profile->cacheFile(ana) != profile->cacheFile(climber));
        QCOMPARE(QFileInfo(profile->cacheFile(climber)).absolutePath(), m_directory);
        QCOMPARE(QFileInfo(profile->credentialLockFile(climber)).absolutePath(), m_directory);
    }

    void setsADamagedSettingsFileAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("truncated") << QByteArray("{\"device_id\":\"0190");
        QTest::newRow("no id") << QByteArray("{}");
        QTest::newRow("not an id") << QByteArray("{\"device_id\":\"../x\"}");
        QTest::newRow("binary") << QByteArray(4096, '\0');
    }
    void setsADamagedSettingsFileAside()
    {
        QFETCH(QByteArray, content);
        QDir().mkpath(m_directory);
        QFile settings(m_directory + "/settings.json"_L1);
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write(content);
        settings.close();

        const auto profile = Profile::open(m_directory);
        QVERIFY(profile);
        QVERIFY(profile->wasReset());
        QFile aside(m_directory + "/settings.json.damaged"_L1);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), content);
        QVERIFY(!Profile::open(m_directory)->wasReset());
    }

    void saysWhenItCannotBeMade()
    {
        QFile file(m_root->filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto profile = Profile::open(file.fileName() + "/below"_L1);
        QVERIFY(!profile);
        QCOMPARE(profile.error().code, ErrorCode::StorageFailed);
    }

private:
    static int permissionsOf(const QString &path)
    {
        const auto all = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup
            | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther
            | QFile::ExeOther;
        const int bits = (QFileInfo(path).permissions() & all).toInt();
        return ((bits >> 12) & 7) << 8 | ((bits >> 4) & 7) << 4 | (bits & 7);
    }

    std::unique_ptr<QTemporaryDir> m_root;
    QString m_directory;
};

QTEST_GUILESS_MAIN(tst_Profile)
#include "tst_profile.moc"
