// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/participantgroupmodel.h"
#include "models/items/participantlistmodel.h"
#include "tests/gui/demosession.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    Fixture()
        : people(demo.session)
        , groups(people, demo.session)
        , peopleTester(&people, QAbstractItemModelTester::FailureReportingMode::QtTest)
        , groupsTester(&groups, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        demo.signIn();
        demo.fill();
        people.setList(&demo.session.participants(DemoSession::conversation(1)));
    }

    void set(const QString &name, Status status)
    {
        demo.setPresence(name, status);
        demo.session.presence().flush();
    }

    //! One line a row: "# Online 3" for a heading, the name for a person.
    [[nodiscard]] QStringList shown() const
    {
        QStringList lines;
        for (int row = 0; row < groups.rowCount(); ++row) {
            const QModelIndex index = groups.index(row);
            if (index.data(RowKindRole).toInt() == int(RowKind::Heading))
                lines << u"# %1 %2"_s.arg(index.data(HeadingStatusRole).toInt())
                             .arg(index.data(HeadingCountRole).toInt());
            else
                lines << index.data(Qt::DisplayRole).toString();
        }
        return lines;
    }

    DemoSession demo;
    ParticipantListModel people;
    ParticipantGroupModel groups;
    QAbstractItemModelTester peopleTester;
    QAbstractItemModelTester groupsTester;
};

QString heading(Status status, int count)
{
    return u"# %1 %2"_s.arg(int(status)).arg(count);
}

} // namespace

class tst_ParticipantGroupModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsByAvailabilityAndName()
    {
        Fixture fixture;
        const QStringList shown = fixture.shown();
        QCOMPARE(shown.mid(0, 3),
            (QStringList{heading(Status::Online, 3), u"Ana Belova"_s, u"Mia Lindqvist"_s}));
        QVERIFY(shown.contains(heading(Status::Away, 1)));
        QVERIFY(shown.contains(heading(Status::Busy, 1)));
        QVERIFY(shown.contains(heading(Status::Offline, 3)));
        QCOMPARE(shown.size(), 12);
    }

    void movesOneRowWhenSomebodyComes()
    {
        Fixture fixture;
        QSignalSpy moved(&fixture.groups, &QAbstractItemModel::rowsMoved);
        QSignalSpy reset(&fixture.groups, &QAbstractItemModel::modelReset);
        fixture.set(u"grace"_s, Status::Online);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(fixture.shown().mid(0, 3),
            (QStringList{heading(Status::Online, 4), u"Ana Belova"_s, u"Grace O’Connor"_s}));
        QVERIFY(fixture.shown().contains(heading(Status::Offline, 2)));
    }

    void headingsComeAndGoWithTheirPeople()
    {
        Fixture fixture;
        fixture.set(u"tomas"_s, Status::Online);
        QVERIFY(!fixture.shown().contains(heading(Status::Away, 0)));
        QVERIFY(!fixture.shown().join(u'\n').contains(u"# %1 "_s.arg(int(Status::Away))));
        fixture.set(u"ana"_s, Status::Away);
        QVERIFY(fixture.shown().contains(heading(Status::Away, 1)));
    }

    void nothingMovesWhileFrozen()
    {
        Fixture fixture;
        fixture.groups.setFrozen(true);
        const QStringList before = fixture.shown();
        QSignalSpy changed(&fixture.groups, &QAbstractItemModel::dataChanged);
        fixture.set(u"grace"_s, Status::Online);
        fixture.set(u"ana"_s, Status::Offline);
        QCOMPARE(fixture.shown(), before);
        QCOMPARE(changed.count(), 2);
        const int row = fixture.groups.rowOf(DemoSession::user(u"grace"_s));
        QCOMPARE(fixture.groups.index(row).data(StatusRole).toInt(), int(Status::Online));
        fixture.groups.setFrozen(false);
        QCOMPARE(fixture.shown().mid(1, 1), QStringList{u"Grace O’Connor"_s});
    }

    void anOutageShufflesNobody()
    {
        Fixture fixture;
        const QStringList before = fixture.shown();
        fixture.demo.loseLink();
        fixture.demo.clock.advance(1100ms);
        fixture.demo.session.presence().checkLink();
        fixture.demo.session.presence().flush();
        QCOMPARE(fixture.shown(), before);
        for (int row = 0; row < fixture.groups.rowCount(); ++row) {
            const QModelIndex index = fixture.groups.index(row);
            if (index.data(RowKindRole).toInt() == int(RowKind::Item))
                QCOMPARE(index.data(StatusRole).toInt(), int(Status::Unknown));
            QVERIFY(index.data(AsOfRole).isValid());
        }
    }

    void staysRightThroughManyChanges()
    {
        Fixture fixture;
        QRandomGenerator random(11);
        const QStringList names{u"ana"_s, u"tomas"_s, u"linh"_s, u"chen"_s, u"olu"_s, u"dmitri"_s};
        for (int step = 0; step < 400; ++step) {
            if (random.bounded(10) == 0)
                fixture.groups.setFrozen(!fixture.groups.isFrozen());
            fixture.set(names[random.bounded(int(names.size()))], Status(1 + random.bounded(4)));
        }
        fixture.groups.setFrozen(false);
        for (int row = 0; row < fixture.groups.rowCount(); ++row) {
            const QModelIndex index = fixture.groups.index(row);
            if (index.data(RowKindRole).toInt() == int(RowKind::Item))
                QCOMPARE(fixture.groups.rowOf({index.data(UserIdRole).toString()}), row);
        }
        const QStringList shown = fixture.shown();
        ParticipantGroupModel fresh(fixture.people, fixture.demo.session);
        QStringList expected;
        for (int row = 0; row < fresh.rowCount(); ++row) {
            const QModelIndex index = fresh.index(row);
            expected << (index.data(RowKindRole).toInt() == int(RowKind::Heading)
                    ? u"# %1 %2"_s.arg(index.data(HeadingStatusRole).toInt())
                          .arg(index.data(HeadingCountRole).toInt())
                    : index.data(Qt::DisplayRole).toString());
        }
        QCOMPARE(shown, expected);
    }
};

QTEST_GUILESS_MAIN(tst_ParticipantGroupModel)
#include "tst_participantgroupmodel.moc"
