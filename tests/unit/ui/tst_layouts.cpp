// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/conversationdelegate.h"
#include "ui/desktop/messagerowlayout.h"
#include "ui/desktop/participantdelegate.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/rowgeometry.h"

#include <QTest>

using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;

class tst_Layouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDotStandsFourPixelsBesideTheName()
    {
        MessageRowContent content;
        content.startsGroup = true;
        content.nameWidth = 90;
        content.nameHeight = 16;
        content.timeWidth = 30;
        content.body = QSize(200, 40);
        const MessageRowLayout layout = layoutMessageRow(600, content);
        QCOMPARE(layout.dot.size(), QSize(8, 8));
        QCOMPARE(layout.dot.left() - (layout.name.right() + 1), 4);
        QVERIFY(std::abs(layout.dot.center().y() - layout.name.center().y()) <= 1);
        QVERIFY(layout.time.left() > layout.dot.right());
        QVERIFY(layout.body.top() > layout.name.bottom());
        QCOMPARE(layout.body.left(), layout.name.left());
        QVERIFY(layout.height > layout.body.bottom());
    }

    void aLongNameLeavesRoomForDotAndTime()
    {
        MessageRowContent content;
        content.startsGroup = true;
        content.nameWidth = 5000;
        content.timeWidth = 30;
        content.nameHeight = 16;
        const MessageRowLayout layout = layoutMessageRow(400, content);
        QVERIFY(layout.time.right() < 400);
        QVERIFY(layout.name.right() < layout.dot.left());
    }

    void nothingOverlapsInAMessage_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("narrow") << 300;
        QTest::newRow("usual") << 650;
        QTest::newRow("wide") << 1600;
    }
    void nothingOverlapsInAMessage()
    {
        QFETCH(int, width);
        MessageRowContent content;
        content.startsDay = true;
        content.startsUnread = true;
        content.startsGroup = true;
        content.hasReply = true;
        content.hasFailure = true;
        content.body = QSize(100, 60);
        content.attachmentCount = 2;
        content.nameWidth = 80;
        content.nameHeight = 16;
        content.smallHeight = 14;
        content.timeWidth = 30;
        content.retryWidth = 30;
        content.discardWidth = 40;
        const MessageRowLayout layout = layoutMessageRow(width, content);
        QList<QRect> stacked{layout.day, layout.unread, layout.name, layout.reply, layout.body};
        stacked += layout.attachments;
        stacked << layout.failure;
        for (qsizetype i = 1; i < stacked.size(); ++i) {
            QVERIFY2(stacked[i].top() > stacked[i - 1].bottom(), qPrintable(QString::number(i)));
            QVERIFY(stacked[i].right() < width);
        }
        QVERIFY(layout.height > layout.failure.bottom());
        QVERIFY(!layout.retry.intersects(layout.discard));
        QVERIFY(layout.delivery.left() > layout.body.right());
        QVERIFY(MessageRowLayout::textWidth(width) <= MessageRowLayout::WidestText);
    }

    void aConversationKeepsItsPartsApart()
    {
        const QRect row(0, 128, 300, ConversationRowLayout::Height);
        const auto layout = layoutConversationRow(row, {40, 20, 2, 16, 14});
        QVERIFY(row.contains(layout.card));
        QVERIFY(layout.card.contains(layout.avatar));
        QVERIFY(layout.title.right() < layout.time.left());
        QVERIFY(layout.preview.right() < layout.marks.left());
        QVERIFY(layout.marks.right() < layout.badge.left());
        QVERIFY(layout.title.bottom() < layout.preview.top());
        QCOMPARE(layout.avatar.width(), layout.avatar.height());
    }

    void anAvatarsDotIsTenPixelsAtItsCorner()
    {
        const QRect row(0, 0, 260, ParticipantRowLayout::Height);
        const auto layout = layoutParticipantRow(row, 16, 14);
        const QRectF dot = avatarDotRect(layout.avatar);
        QCOMPARE(dot.size(), QSizeF(10, 10));
        QVERIFY(QRectF(layout.card).contains(dot.adjusted(-2, -2, 2, 2)));
        QVERIFY(dot.center().x() > QRectF(layout.avatar).center().x());
        QVERIFY(dot.center().y() > QRectF(layout.avatar).center().y());
    }

    void geometryFindsRowsByHeight()
    {
        RowGeometry geometry;
        geometry.reset(3);
        geometry.setHeight(0, 10);
        geometry.setHeight(1, 20);
        geometry.setHeight(2, 30);
        QCOMPARE(geometry.totalHeight(), 60);
        QCOMPARE(geometry.rowAt(0), 0);
        QCOMPARE(geometry.rowAt(9), 0);
        QCOMPARE(geometry.rowAt(10), 1);
        QCOMPARE(geometry.rowAt(59), 2);
        QCOMPARE(geometry.rowAt(1000), 2);
        QCOMPARE(geometry.rowAt(-5), 0);
        geometry.insert(1, 2);
        QCOMPARE(geometry.top(3), 10 + 2 * RowGeometry::GuessedHeight);
        geometry.remove(1, 2);
        QCOMPARE(geometry.top(2), 30);
        QCOMPARE(geometry.setHeight(1, 25), 5);
    }

    void geometryWithoutRowsHasNoRow()
    {
        RowGeometry geometry;
        geometry.reset(0);
        QCOMPARE(geometry.rowAt(0), -1);
        QCOMPARE(geometry.totalHeight(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_Layouts)
#include "tst_layouts.moc"
