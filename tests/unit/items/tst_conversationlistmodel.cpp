// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/conversationlistmodel.h"
#include "models/items/conversationsortmodel.h"
#include "tests/gui/demosession.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    Fixture()
        : model(demo.session)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        sorted.setSourceModel(&model);
        demo.signIn();
        demo.fill();
    }

    [[nodiscard]] QStringList titles() const
    {
        QStringList titles;
        for (int row = 0; row < sorted.rowCount(); ++row)
            titles << sorted.index(row, 0).data().toString();
        return titles;
    }

    DemoSession demo;
    ConversationListModel model;
    ConversationSortModel sorted;
    QAbstractItemModelTester tester;
};

} // namespace

class tst_ConversationListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pinnedFirstThenNewest()
    {
        Fixture fixture;
        QCOMPARE(fixture.titles().mid(0, 4),
            (QStringList{u"Product launch"_s, u"Tomás Herrera"_s, u"Nguyễn Thùy Linh"_s,
                u"Design review"_s}));
    }

    void aNewMessageMovesItsConversationUp()
    {
        Fixture fixture;
        fixture.demo.session.apply(MessageAddedEvent{fixture.demo.text(
            99999, DemoSession::conversation(6), u"grace"_s, u"<p>Hello <b>there</b></p>"_s, 0s)});
        QCOMPARE(
            fixture.titles().mid(0, 2), (QStringList{u"Product launch"_s, u"Grace O’Connor"_s}));
        QCOMPARE(fixture.sorted.index(1, 0).data(PreviewRole).toString(), u"Hello there"_s);
    }

    void archivedAreFoundBySearchOnly()
    {
        Fixture fixture;
        fixture.demo.session.apply(
            ConversationChangedEvent{DemoSession::conversation(6), {}, {}, true, {}});
        QVERIFY(!fixture.titles().contains(u"Grace O’Connor"_s));
        fixture.sorted.setSearch(u"grace"_s);
        QCOMPARE(fixture.titles(), QStringList{u"Grace O’Connor"_s});
    }

    void onlyTwoPeopleHaveAPresence()
    {
        Fixture fixture;
        const int group = fixture.demo.session.conversations().rowOf(DemoSession::conversation(1));
        const int pair = fixture.demo.session.conversations().rowOf(DemoSession::conversation(2));
        QVERIFY(!fixture.model.index(group).data(StatusRole).isValid());
        QCOMPARE(fixture.model.index(pair).data(StatusRole).toInt(), int(Status::Away));
    }

    void presenceChangesNeverSort()
    {
        Fixture fixture;
        QSignalSpy laid(&fixture.sorted, &QAbstractItemModel::layoutChanged);
        QSignalSpy changed(&fixture.sorted, &QAbstractItemModel::dataChanged);
        fixture.demo.setPresence(u"tomas"_s, Status::Online);
        fixture.demo.session.presence().flush();
        QCOMPARE(laid.count(), 0);
        QCOMPARE(changed.count(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_ConversationListModel)
#include "tst_conversationlistmodel.moc"
