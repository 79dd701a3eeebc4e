// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/storage/migration.h"
#include "models/storage/serverschema.h"
#include "tests/unit/storage/storagefixture.h"

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;

class tst_ServerDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensInMemory()
    {
        auto database = ServerDatabase::open(u":memory:"_s);
        QVERIFY(database.has_value());
        QVERIFY((*database)->people().add({}, Start).has_value());
    }

    void keepsSettingsAcrossARestart()
    {
        StorageFixture database;
        QCOMPARE(*database->setting(u"epoch"_s), std::optional<QString>());
        QVERIFY(database->setSetting(u"epoch"_s, u"1"_s).has_value());
        QVERIFY(database->setSetting(u"epoch"_s, u"2"_s).has_value());
        database.reopen();
        QCOMPARE(*database->setting(u"epoch"_s), std::optional(u"2"_s));
    }

    void reportsAFolderThatIsNotThere()
    {
        const auto refused = ServerDatabase::open(u"/nonexistent/folder/db.sqlite"_s);
        QCOMPARE(failureOf(refused), ErrorCode::StorageFailed);
    }

    void reportsAFileThatIsNoDatabase()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"x"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        QCOMPARE(failureOf(ServerDatabase::open(file.fileName())), ErrorCode::StorageCorrupt);
        QCOMPARE(file.size(), qint64(5000));
    }

    void leavesANewerSchemaAlone()
    {
        StorageFixture database;
        QVERIFY(database->connection().setSchemaVersion(99).has_value());
        QCOMPARE(failureOf(ServerDatabase::open(database.path())), ErrorCode::StorageFailed);
        QCOMPARE(*database->connection().schemaVersion(), 99);
    }

    void runsEachMigrationOnce()
    {
        SqlConnection connection;
        QVERIFY(connection.open(u":memory:"_s).has_value());
        std::vector<Migration> migrations{{"CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"}};
        QVERIFY(migrate(connection, migrations).has_value());
        migrations.push_back({"ALTER TABLE a ADD COLUMN y", "UPDATE a SET y = x + 1"});
        QVERIFY(migrate(connection, migrations).has_value());
        QVERIFY(migrate(connection, migrations).has_value());
        const auto rows = Statement(connection, "SELECT y FROM a").all([](const Statement &row) {
            return row.integer(0);
        });
        QCOMPARE(*rows, QList{qint64(2)});
        QCOMPARE(*connection.schemaVersion(), 2);
    }

    void undoesAMigrationThatFails()
    {
        SqlConnection connection;
        QVERIFY(connection.open(u":memory:"_s).has_value());
        const std::vector<Migration> migrations{{"CREATE TABLE a (x)", "INSERT INTO b VALUES (1)"}};
        QCOMPARE(failureOf(migrate(connection, migrations)), ErrorCode::StorageCorrupt);
        QCOMPARE(*connection.schemaVersion(), 0);
        QVERIFY(connection.run("CREATE TABLE a (x)").has_value());
    }

    void rollsBackWhatWasNotCommitted()
    {
        StorageFixture database;
        {
            Transaction outer(database->connection());
            database.person(u"lost"_s);
        }
        {
            Transaction outer(database->connection());
            database.person(u"kept"_s);
            {
                Transaction inner(database->connection());
                database.person(u"dropped"_s);
            }
            QVERIFY(outer.commit().has_value());
        }
        const auto people = database->people().all();
        QCOMPARE(people->size(), 1);
        QCOMPARE(people->first().displayName, u"kept"_s);
    }

    void reportsAFullDiskAndGoesOn()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const auto talk = database.conversation({ana});
        QVERIFY(database->connection().setMaximumPages(1).has_value());
        const auto refused = database->messages().add(
            StorageFixture::newMessage(talk, ana, QString(100'000, u'x')));
        QCOMPARE(failureOf(refused), ErrorCode::StorageFull);
        QCOMPARE(
            database->conversations().participant(talk, ana)->lastRead, std::optional<MessageId>());
        QVERIFY(database->connection().setMaximumPages(100'000).has_value());
        database.message(talk, ana, u"fits"_s);
        QCOMPARE(database->messages().page(talk, {}, ana)->messages.size(), 1);
    }

    void remembersPresence()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        PresenceMemoryRecord busy;
        busy.person = ana;
        busy.intent = {IntentStatus::Busy, u"focus"_s, after(60)};
        busy.previousIntent = Intent{IntentStatus::Away, u"lunch"_s, {}};
        busy.lastSeen = after(5);
        busy.lastReason = OfflineReason::Inactive;
        busy.serial = 7;
        PresenceMemoryRecord plain;
        plain.person = ben;
        PresenceMemoryRecord gone;
        gone.person = PersonKey{99};
        QVERIFY(database->presence().store({plain, busy, gone}).has_value());
        busy.serial = 8;
        QVERIFY(database->presence().store({busy}).has_value());
        database.reopen();
        QCOMPARE(*database->presence().load(), (QList{busy, plain}));
        QCOMPARE(**database->presence().find(ana), busy);
        QVERIFY(!database->presence().find(PersonKey{99})->has_value());
    }

    void remembersLeasesWithoutConnection()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        const auto lease = [](PersonKey person, const QString &device, qint64 at) {
            return StoredLease{person, DeviceId{device}, DeviceType::Mobile, Dialect::UserStatus,
                true, WallTime{Milliseconds{at}}};
        };
        const StoredLease phone = lease(ana, u"phone"_s, 5);
        const StoredLease other = lease(ben, u"phone"_s, 6);
        QVERIFY(database->leases().store({ana}, {lease(ana, u"old"_s, 1), phone}).has_value());
        QVERIFY(database->leases().store({ben}, {other, lease(PersonKey{99}, u"x"_s, 1)}));
        QVERIFY(database->leases().store({ana}, {phone}).has_value());
        database.reopen();
        QVERIFY(*database->leases().load() == (std::vector{phone, other}));
        QVERIFY(database->people().remove(ana).has_value());
        QVERIFY(database->leases().store({ben}, {}).has_value());
        QVERIFY(database->leases().load()->empty());
    }
};

QTEST_GUILESS_MAIN(tst_ServerDatabase)
#include "tst_serverdatabase.moc"
