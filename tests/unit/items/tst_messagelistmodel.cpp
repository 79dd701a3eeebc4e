// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/messagelistmodel.h"
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
        demo.signIn();
        demo.fill();
        model.setLog(&demo.session.messages(DemoSession::conversation(1)));
    }

    [[nodiscard]] QVariant at(int message, int role) const
    {
        return model.index(model.rowOf(DemoSession::message(message))).data(role);
    }

    DemoSession demo;
    MessageListModel model;
    QAbstractItemModelTester tester;
};

} // namespace

class tst_MessageListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void daysStandAboveTheirFirstMessage()
    {
        Fixture fixture;
        QVERIFY(fixture.at(1, StartsDayRole).toBool());
        QVERIFY(!fixture.at(4, StartsDayRole).toBool());
        QVERIFY(fixture.at(5, StartsDayRole).toBool());
    }

    void messagesOfOnePersonStandTogether()
    {
        Fixture fixture;
        QVERIFY(fixture.at(2, StartsGroupRole).toBool());
        QVERIFY(!fixture.at(3, StartsGroupRole).toBool());
        QVERIFY(fixture.at(4, StartsGroupRole).toBool());
    }

    void theRowBelowLearnsOfARemoval()
    {
        Fixture fixture;
        QSignalSpy changed(&fixture.model, &QAbstractItemModel::dataChanged);
        fixture.demo.session.apply(
            MessageDeletedEvent{DemoSession::conversation(1), DemoSession::message(2)});
        QVERIFY(fixture.at(3, StartsGroupRole).toBool());
        QVERIFY(changed.count() > 0);
    }

    void theUnreadLineStandsAtTheFirstUnread()
    {
        Fixture fixture;
        MessagePage page;
        page.conversation = DemoSession::conversation(2);
        page.messages = {fixture.demo.text(50, page.conversation, u"tomas"_s, u"a"_s, 9min),
            fixture.demo.text(51, page.conversation, u"tomas"_s, u"b"_s, 8min)};
        page.firstUnread = DemoSession::message(51);
        fixture.demo.session.apply(MessagePageEvent{page, PagePlacement::Latest});
        fixture.model.setLog(&fixture.demo.session.messages(page.conversation));
        QCOMPARE(fixture.model.firstUnreadRow(), 1);
        QVERIFY(fixture.at(51, StartsUnreadRole).toBool());
        QVERIFY(fixture.at(51, StartsGroupRole).toBool());
    }

    void ownMessagesShowHowFarTheyAre()
    {
        Fixture fixture;
        OutgoingMessage outgoing{{u"k"_s}, DemoSession::conversation(1), u"<p>x</p>"_s, {}, {},
            fixture.demo.clock.wallNow(), {}};
        fixture.demo.session.submit(SendMessageCommand{outgoing});
        const QModelIndex row = fixture.model.index(fixture.model.rowCount() - 1);
        QCOMPARE(row.data(DeliveryRole).toInt(), int(Delivery::Pending));
        QVERIFY(row.data(IsOwnRole).toBool());
        fixture.demo.session.apply(
            MessageFailedEvent{{u"k"_s}, Error{ErrorCode::Forbidden, {}, {}, {}}});
        QCOMPARE(row.data(DeliveryRole).toInt(), int(Delivery::Failed));
        QCOMPARE(row.data(FailureRole).value<Error>().code, ErrorCode::Forbidden);
    }

    void presenceTouchesTheRowsThatShowIt()
    {
        Fixture fixture;
        QSignalSpy changed(&fixture.model, &QAbstractItemModel::dataChanged);
        fixture.demo.setPresence(u"tomas"_s, Status::Online);
        fixture.demo.session.presence().flush();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), fixture.model.rowOf(DemoSession::message(2)));
    }

    void aReplyQuotesWhatItAnswers()
    {
        Fixture fixture;
        QCOMPARE(fixture.at(7, ReplyNameRole).toString(), u"Ana Belova"_s);
        QCOMPARE(fixture.at(7, ReplyPreviewRole).toString(),
            u"I will call the venue and ask what they have."_s);
    }
};

QTEST_GUILESS_MAIN(tst_MessageListModel)
#include "tst_messagelistmodel.moc"
