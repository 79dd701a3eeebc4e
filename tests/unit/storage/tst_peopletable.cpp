// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/storagefixture.h"

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;

class tst_PeopleTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesEachPersonAnIdInEveryDialect()
    {
        StorageFixture database;
        const PersonRecord ana = database.person(u"ana"_s);
        const PersonRecord ben = database.person(u"ben"_s);
        QVERIFY(!ana.ids.mtchat.isEmpty());
        QCOMPARE(ana.ids.objectId.size(), 24);
        QVERIFY(ana.ids.userStatus.startsWith("user_"_L1));
        QVERIFY(ana.ids.polling > 0);
        QVERIFY(ana.ids.mtchat != ben.ids.mtchat);
        QVERIFY(ana.ids.objectId != ben.ids.objectId);
        QVERIFY(ana.ids.userStatus != ben.ids.userStatus);
        QVERIFY(ana.ids.polling != ben.ids.polling);
    }

    void findsAPersonByEachId()
    {
        StorageFixture database;
        const PersonRecord ana = database.person(u"ana"_s);
        auto &people = database->people();
        QCOMPARE(people.find(ana.key)->key, ana.key);
        QCOMPARE(people.findByLogin(u"ANA"_s)->key, ana.key);
        QCOMPARE(people.findById(PersonIdKind::Mtchat, ana.ids.mtchat.value)->key, ana.key);
        QCOMPARE(people.findById(PersonIdKind::ObjectId, ana.ids.objectId)->key, ana.key);
        QCOMPARE(people.findById(PersonIdKind::UserStatus, ana.ids.userStatus)->key, ana.key);
        QCOMPARE(
            people.findById(PersonIdKind::Polling, QString::number(ana.ids.polling))->key, ana.key);
        QCOMPARE(failureOf(people.findById(PersonIdKind::Polling, u"1e0"_s)), ErrorCode::NotFound);
        QCOMPARE(
            failureOf(people.findById(PersonIdKind::Polling, u"nobody"_s)), ErrorCode::NotFound);
        QCOMPARE(failureOf(people.find(PersonKey{999})), ErrorCode::NotFound);
    }

    void refusesWhatIsTaken_data()
    {
        QTest::addColumn<QString>("field");
        for (const auto *field :
            {"login", "mtchat_id", "object_id", "user_status_id", "polling_id"})
            QTest::newRow(field) << QString::fromLatin1(field);
    }
    void refusesWhatIsTaken()
    {
        QFETCH(const QString, field);
        StorageFixture database;
        const PersonRecord ana = database.person(u"ana"_s);
        NewPerson copy;
        copy.displayName = u"Other"_s;
        if (field == "login"_L1)
            copy.login = u"Ana"_s;
        else if (field == "mtchat_id"_L1)
            copy.ids.mtchat = ana.ids.mtchat;
        else if (field == "object_id"_L1)
            copy.ids.objectId = ana.ids.objectId;
        else if (field == "user_status_id"_L1)
            copy.ids.userStatus = ana.ids.userStatus;
        else
            copy.ids.polling = ana.ids.polling;
        const auto refused = database->people().add(copy, Start);
        QCOMPARE(failureOf(refused), ErrorCode::Conflict);
        QCOMPARE(refused.error().field, field);
        QCOMPARE(database->people().all()->size(), 1);
    }

    void choosesNumbersThatWereNotGivenBefore()
    {
        StorageFixture database;
        NewPerson given;
        given.ids.polling = 41;
        given.ids.userStatus = u"user_42"_s;
        QVERIFY(database->people().add(given, Start).has_value());
        const PersonRecord next = database.person(u"next"_s);
        QCOMPARE(next.ids.polling, qint64(43));
        QCOMPARE(next.ids.userStatus, u"user_43"_s);
    }

    void refusesMalformedIds()
    {
        StorageFixture database;
        NewPerson person;
        person.ids.objectId = u"XYZ"_s;
        QCOMPARE(failureOf(database->people().add(person, Start)), ErrorCode::InvalidField);
        person.ids.objectId.clear();
        person.ids.mtchat = UserId{QString(256, u'a')};
        QCOMPARE(failureOf(database->people().add(person, Start)), ErrorCode::InvalidField);
    }

    void makesUnknownPeopleOnce()
    {
        StorageFixture database;
        const auto made = database->people().ensure(UserId{u"emp 7&x"_s}, u"Seven"_s, Start);
        QVERIFY(made.has_value());
        QVERIFY(!made->login);
        QCOMPARE(
            database->people().ensure(UserId{u"emp 7&x"_s}, u"Other"_s, Start)->key, made->key);
        QCOMPARE(database->people().all()->first().displayName, u"Seven"_s);
        QCOMPARE(
            failureOf(database->people().ensure(UserId{}, u"x"_s, Start)), ErrorCode::InvalidField);
    }

    void takesHostileNamesAsTheyAre_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("quotes") << u"Robert'); DROP TABLE people;--\""_s;
        QTest::newRow("wildcards") << u"100%_ *"_s;
        QTest::newRow("NUL") << u"a"_s + QChar(u'\0') + u"b"_s;
        QTest::newRow("emoji") << u"👩‍👩‍👧‍👦 🏳️‍🌈"_s;
        QTest::newRow("right to left") << u"\u202Eشيرين\u202C"_s;
        QTest::newRow("newline") << u"a\r\nb:*"_s;
        QTest::newRow("lone surrogate") << QString(QChar(u'\xD800'));
        QTest::newRow("empty") << u""_s;
    }
    void takesHostileNamesAsTheyAre()
    {
        QFETCH(const QString, name);
        StorageFixture database;
        NewPerson person;
        person.displayName = name;
        person.company = name;
        person.ids.mtchat = UserId{u"id "_s + name};
        const auto made = database->people().add(person, Start);
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().detail));
        database.reopen();
        const auto found = database->people().find(made->key);
        if (qstrcmp(QTest::currentDataTag(), "lone surrogate") == 0)
            QCOMPARE(found->displayName, QString(QChar::ReplacementCharacter));
        else
            QCOMPARE(found->displayName, name);
        QCOMPARE(database->people().all()->size(), 1);
    }

    void findsNamesInAnyCaseOfAnyScript()
    {
        StorageFixture database;
        database.person(u"Андрей"_s);
        database.person(u"Ána%"_s);
        auto &people = database->people();
        QCOMPARE(people.search(u"андр"_s, 10)->size(), 1);
        QCOMPARE(people.search(u"%"_s, 10)->size(), 1);
        QCOMPARE(people.search(u"_"_s, 10)->size(), 0);
        QCOMPARE(people.search(u""_s, 10)->size(), 2);
        QCOMPARE(people.search(u""_s, 1)->size(), 1);
        QCOMPARE(people.search(u""_s, -1)->size(), 0);
    }

    void keepsPasswordsAndPreferences()
    {
        StorageFixture database;
        const PersonRecord ana = database.person(u"ana"_s);
        auto &people = database->people();
        QCOMPARE(*people.passwordHash(ana.key), std::optional<QString>());
        QVERIFY(people.setPasswordHash(ana.key, u"$argon2id$x"_s).has_value());
        QVERIFY(people.setPreferences(ana.key, {LastSeenDetail::Coarse, OnHide::Unchanged})
                    .has_value());
        database.reopen();
        QCOMPARE(*database->people().passwordHash(ana.key), std::optional(u"$argon2id$x"_s));
        QCOMPARE(database->people().find(ana.key)->preferences,
            (PresencePreferences{LastSeenDetail::Coarse, OnHide::Unchanged}));
        QCOMPARE(failureOf(database->people().setPasswordHash(PersonKey{9}, u"x"_s)),
            ErrorCode::NotFound);
    }

    void makesContactsMutual()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        auto &people = database->people();
        QVERIFY(people.addContact(ana, ben).has_value());
        QVERIFY(people.addContact(ben, ana).has_value());
        QVERIFY(people.addContact(ana, ana).has_value());
        QCOMPARE(*people.contactsOf(ben), QList{ana});
        QCOMPARE(people.allContacts()->size(), 1);
        QCOMPARE(failureOf(people.addContact(ana, PersonKey{99})), ErrorCode::NotFound);
        QVERIFY(people.removeContact(ben, ana).has_value());
        QVERIFY(people.contactsOf(ana)->isEmpty());
    }

    void keepsMessagesOfARemovedPerson()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        const PersonKey ben = database.person(u"ben"_s).key;
        const auto talk = database.conversation({ana, ben});
        const Message message = database.message(talk, ana, u"hello"_s);
        QVERIFY(database->people().remove(ana).has_value());
        QVERIFY(database->messages().find(talk, message.id)->sender.isEmpty());
        QCOMPARE(*database->conversations().members(talk), QList{ben});
        QCOMPARE(failureOf(database->people().remove(ana)), ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_PeopleTable)
#include "tst_peopletable.moc"
