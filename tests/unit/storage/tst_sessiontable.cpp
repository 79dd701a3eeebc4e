// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/storage/storagefixture.h"

using namespace Qt::Literals::StringLiterals;
using namespace presently;
using namespace presently::test;
using Outcome = RefreshResult::Outcome;

namespace {

SessionRecord session(PersonKey person, const QString &id, const QByteArray &hash)
{
    SessionRecord made;
    made.id = SessionId{id};
    made.person = person;
    made.device = {DeviceId{u"device "_s + id}, DeviceType::Terminal, u"Ana's box"_s, u"Linux"_s};
    made.refreshHash = hash;
    made.createdAt = Start;
    made.lastSeenAt = Start;
    made.expiresAt = after(1000);
    return made;
}

} // namespace

class tst_SessionTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsASession()
    {
        StorageFixture database;
        const SessionRecord made
            = session(database.person(u"ana"_s).key, u"s1"_s, QByteArray("\0a\0", 3));
        QVERIFY(database->sessions().add(made).has_value());
        database.reopen();
        QCOMPARE(*database->sessions().find(made.id), made);
        QCOMPARE(failureOf(database->sessions().find(SessionId{u"s2"_s})), ErrorCode::NotFound);
    }

    void tradesARefreshTokenForTheNext()
    {
        StorageFixture database;
        auto &sessions = database->sessions();
        QVERIFY(sessions.add(session(database.person(u"ana"_s).key, u"s1"_s, "one")).has_value());
        const auto rotated = sessions.rotate("one", "two", after(10), after(2000));
        QCOMPARE(rotated->outcome, Outcome::Rotated);
        QCOMPARE(rotated->session.refreshHash, QByteArray("two"));
        QCOMPARE(rotated->session.lastSeenAt, after(10));
        QCOMPARE(rotated->session.expiresAt, after(2000));
        QCOMPARE(
            sessions.rotate("two", "three", after(20), after(3000))->outcome, Outcome::Rotated);
    }

    void endsTheSessionWhenAnOldTokenComesBack_data()
    {
        QTest::addColumn<QByteArray>("old");
        QTest::newRow("the one before") << QByteArray("two");
        QTest::newRow("a much older one") << QByteArray("one");
    }
    void endsTheSessionWhenAnOldTokenComesBack()
    {
        QFETCH(const QByteArray, old);
        StorageFixture database;
        auto &sessions = database->sessions();
        QVERIFY(sessions.add(session(database.person(u"ana"_s).key, u"s1"_s, "one")).has_value());
        QVERIFY(sessions.rotate("one", "two", after(1), after(2000)).has_value());
        QVERIFY(sessions.rotate("two", "three", after(2), after(2000)).has_value());
        const auto reused = sessions.rotate(old, "four", after(3), after(2000));
        QCOMPARE(reused->outcome, Outcome::Reused);
        QCOMPARE(reused->session.revokedAt, std::optional(after(3)));
        QCOMPARE(
            sessions.rotate("three", "five", after(4), after(2000))->outcome, Outcome::Expired);
    }

    void refusesExpiredAndUnknownTokens()
    {
        StorageFixture database;
        auto &sessions = database->sessions();
        QVERIFY(sessions.add(session(database.person(u"ana"_s).key, u"s1"_s, "one")).has_value());
        QCOMPARE(
            sessions.rotate("one", "two", after(1000), after(2000))->outcome, Outcome::Expired);
        QCOMPARE(sessions.rotate("none", "two", after(1), after(2000))->outcome, Outcome::Unknown);
        QCOMPARE(sessions.find(SessionId{u"s1"_s})->refreshHash, QByteArray("one"));
    }

    void listsOnlyLiveSessions()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        auto &sessions = database->sessions();
        for (const auto *id : {"s1", "s2", "s3"}) {
            QVERIFY(
                sessions.add(session(ana, QString::fromLatin1(id), QByteArray(id))).has_value());
        }
        QVERIFY(sessions.touch(SessionId{u"s3"_s}, after(5)).has_value());
        QVERIFY(sessions.revoke(SessionId{u"s1"_s}, after(6)).has_value());
        QVERIFY(sessions.revoke(SessionId{u"s1"_s}, after(7)).has_value());
        QCOMPARE(sessions.find(SessionId{u"s1"_s})->revokedAt, std::optional(after(6)));
        const auto live = sessions.ofPerson(ana, after(8));
        QCOMPARE(live->size(), 2);
        QCOMPARE(live->first().id, SessionId{u"s3"_s});
        QVERIFY(sessions.ofPerson(ana, after(1000))->isEmpty());
        QCOMPARE(failureOf(sessions.revoke(SessionId{u"s9"_s}, after(8))), ErrorCode::NotFound);
    }

    void revokesAllAndForgetsWhatEnded()
    {
        StorageFixture database;
        const PersonKey ana = database.person(u"ana"_s).key;
        auto &sessions = database->sessions();
        QVERIFY(sessions.add(session(ana, u"s1"_s, "1")).has_value());
        QVERIFY(sessions.add(session(ana, u"s2"_s, "2")).has_value());
        QVERIFY(sessions.revoke(SessionId{u"s1"_s}, after(1)).has_value());
        QCOMPARE(*sessions.revokeAll(ana, after(2)), QList{SessionId{u"s2"_s}});
        QVERIFY(sessions.prune(after(2)).has_value());
        QVERIFY(!sessions.find(SessionId{u"s1"_s}).has_value());
        QVERIFY(sessions.find(SessionId{u"s2"_s}).has_value());
    }
};

QTEST_GUILESS_MAIN(tst_SessionTable)
#include "tst_sessiontable.moc"
