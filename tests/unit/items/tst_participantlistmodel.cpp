// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/participantlistmodel.h"
#include "tests/gui/demosession.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace presently;
using namespace presently::test;

namespace {

void addCrowd(DemoSession &demo, int count)
{
    QList<Participant> people;
    for (int i = 0; i < count; ++i)
        people << demo.participant(u"p%1"_s.arg(i), u"Person %1"_s.arg(i));
    demo.session.apply(ParticipantsEvent{DemoSession::conversation(9), people});
}

} // namespace

class tst_ParticipantListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsNobodyWithoutAList()
    {
        DemoSession demo;
        ParticipantListModel model(demo.session);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        demo.signIn();
        demo.setPresence(u"ana"_s, Status::Online);
        demo.session.presence().flush();
    }

    void aChangeIsOneRowWithNamedRoles()
    {
        DemoSession demo;
        ParticipantListModel model(demo.session);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        demo.signIn();
        demo.fill();
        model.setList(&demo.session.participants(DemoSession::conversation(1)));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        demo.setPresence(u"ana"_s, Status::Busy);
        demo.session.presence().flush();
        QCOMPARE(changed.count(), 1);
        const QModelIndex first = changed[0][0].toModelIndex();
        QCOMPARE(first, changed[0][1].toModelIndex());
        QCOMPARE(first.data(UserIdRole).toString(), DemoSession::user(u"ana"_s).value);
        QVERIFY(changed[0][2].value<QList<int>>().contains(StatusRole));
    }

    void strangersChangeNothing()
    {
        DemoSession demo;
        ParticipantListModel model(demo.session);
        demo.signIn();
        demo.fill();
        model.setList(&demo.session.participants(DemoSession::conversation(1)));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        demo.setPresence(u"nobody-here"_s, Status::Online);
        demo.session.presence().flush();
        QCOMPARE(changed.count(), 0);
    }

    void aBurstIsToldInSlicesAndCompletely()
    {
        constexpr int Crowd = 10000;
        DemoSession demo;
        ParticipantListModel model(demo.session);
        demo.signIn();
        addCrowd(demo, Crowd);
        model.setList(&demo.session.participants(DemoSession::conversation(9)));
        QSet<int> told;
        connect(&model, &QAbstractItemModel::dataChanged, &model,
            [&](const QModelIndex &first, const QModelIndex &last) {
                for (int row = first.row(); row <= last.row(); ++row)
                    told.insert(row);
            });
        for (int i = 0; i < Crowd; ++i)
            demo.setPresence(u"p%1"_s.arg(i), Status::Online);
        demo.completeSnapshot();
        QVERIFY(told.size() < Crowd);
        QTRY_COMPARE(told.size(), qsizetype(Crowd));
    }

    void namesAreCleaned()
    {
        DemoSession demo;
        ParticipantListModel model(demo.session);
        demo.signIn();
        demo.session.apply(ParticipantsEvent{
            DemoSession::conversation(9), {demo.participant(u"x"_s, u"Evil\u202E name\u0007"_s)}});
        model.setList(&demo.session.participants(DemoSession::conversation(9)));
        const QString shown = model.index(0).data(Qt::DisplayRole).toString();
        QVERIFY(!shown.contains(QChar(0x202E)));
        QVERIFY(!shown.contains(QChar(7)));
    }
};

QTEST_GUILESS_MAIN(tst_ParticipantListModel)
#include "tst_participantlistmodel.moc"
