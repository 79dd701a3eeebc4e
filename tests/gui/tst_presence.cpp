// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/roles.h"
#include "tests/gui/windowfixture.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/pulse.h"
#include "ui/desktop/trayicon.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QToolTip>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

QModelIndex rowOf(const ui::RowListView &view, const QString &user)
{
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        const QModelIndex index = view.model()->index(row, 0);
        if (index.data(UserIdRole).toString() == DemoSession::user(user).value)
            return index;
    }
    return {};
}

int count(const QImage &image, const QColor &colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return found;
}

//! How many pixels of \a index's row have the full colour of \a status.
int pixels(const ui::RowListView &view, const QModelIndex &index, Status status)
{
    const QPixmap row = view.viewport()->grab(view.visualRect(index));
    return count(row.toImage(), ui::lightPalette().fill(status));
}

} // namespace

class tst_Presence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dotsShowInEveryPlaceAtOnce()
    {
        WindowFixture fixture;
        fixture.theme.setAppearance(ui::Appearance::Light);
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(1));
        const auto *people = fixture.list(u"participantView"_s);
        const auto *messages = fixture.list(u"messageView"_s);
        const auto *conversations = fixture.list(u"conversationView"_s);
        fixture.set(u"grace"_s, Status::Online);
        QVERIFY(pixels(*people, rowOf(*people, u"grace"_s), Status::Online) > 20);
        QVERIFY(pixels(*messages, rowOf(*messages, u"grace"_s), Status::Online) > 15);
        QVERIFY(pixels(*conversations, rowOf(*conversations, u"grace"_s), Status::Online) > 20);
        fixture.set(u"grace"_s, Status::Offline);
        QCOMPARE(pixels(*people, rowOf(*people, u"grace"_s), Status::Online), 0);
        QCOMPARE(pixels(*messages, rowOf(*messages, u"grace"_s), Status::Online), 0);
    }

    void theHeaderSaysHowTheOtherSideIs()
    {
        WindowFixture fixture;
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(3));
        const auto *line = fixture.child<ui::PlainLabel>(u"conversationPresence"_s);
        QCOMPARE(line->text(), u"Busy · Presenting until 15:00"_s);
        fixture.set(u"linh"_s, Status::Online);
        QCOMPARE(line->text(), u"Online"_s);
    }

    void aLostLinkLeavesNothingGreen()
    {
        WindowFixture fixture;
        fixture.theme.setAppearance(ui::Appearance::Light);
        fixture.showOpen();
        fixture.demo.loseLink();
        fixture.demo.clock.advance(1000ms);
        fixture.demo.session.presence().checkLink();
        fixture.demo.session.presence().flush();
        fixture.settle();
        const QImage shot = fixture.window.grab().toImage();
        QCOMPARE(count(shot, ui::lightPalette().online), 0);
        const auto *people = fixture.list(u"participantView"_s);
        const QModelIndex ana = rowOf(*people, u"ana"_s);
        QCOMPARE(ana.data(StatusRole).toInt(), int(Status::Unknown));
        QVERIFY(ana.data(Qt::AccessibleTextRole).toString().contains(u"as of 14:00"_s));
        fixture.demo.goOnline();
        fixture.demo.completeSnapshot();
        QCOMPARE(rowOf(*people, u"ana"_s).data(StatusRole).toInt(), int(Status::Online));
    }

    void onlyRowsThatChangedAndAreVisibleArePainted()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *people = fixture.list(u"participantView"_s);
        auto *conversations = fixture.list(u"conversationView"_s);
        fixture.settle();
        PaintCounter peoplePaints(*people);
        PaintCounter conversationPaints(*conversations);
        fixture.demo.setPresence(u"linh"_s, Status::Busy, {}, 1, u"Still presenting"_s);
        fixture.demo.session.presence().flush();
        QTRY_VERIFY(!peoplePaints.rows().isEmpty());
        QCOMPARE(peoplePaints.rows(), QList<int>{rowOf(*people, u"linh"_s).row()});
        QCOMPARE(conversationPaints.rows(), QList<int>{rowOf(*conversations, u"linh"_s).row()});
    }

    void aRowOutsideTheViewPaintsNothing()
    {
        WindowFixture fixture;
        QList<Participant> crowd;
        for (int i = 0; i < 500; ++i)
            crowd << fixture.demo.participant(
                u"p%1"_s.arg(i, 3, 10, QChar(u'0')), u"Person %1"_s.arg(i, 3, 10, QChar(u'0')));
        fixture.demo.session.apply(ParticipantsEvent{DemoSession::conversation(1), crowd});
        fixture.showOpen();
        auto *people = fixture.list(u"participantView"_s);
        for (const Participant &person : crowd)
            fixture.demo.setPresence(person.user.value.mid(5), Status::Online);
        fixture.demo.session.presence().flush();
        QTRY_COMPARE(rowOf(*people, u"p499"_s).data(StatusRole).toInt(), int(Status::Online));
        QTRY_VERIFY(rowOf(*people, u"p499"_s).row() > 400);
        fixture.settle();
        people->viewport()->repaint();
        PaintCounter paints(*people);
        fixture.demo.setPresence(u"p499"_s, Status::Online, {}, 1, u"text"_s);
        fixture.demo.session.presence().flush();
        fixture.settle();
        QCOMPARE(paints.rows(), QList<int>());
    }

    void noRowMovesUnderThePointer()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *people = fixture.list(u"participantView"_s);
        const int before = rowOf(*people, u"linh"_s).row();
        QTest::mouseMove(
            people->viewport(), people->visualRect(rowOf(*people, u"linh"_s)).center());
        QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
        QCoreApplication::sendEvent(people->viewport(), &enter);
        fixture.set(u"dmitri"_s, Status::Online);
        fixture.set(u"grace"_s, Status::Online);
        QCOMPARE(rowOf(*people, u"linh"_s).row(), before);
        QCOMPARE(rowOf(*people, u"grace"_s).data(StatusRole).toInt(), int(Status::Online));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(people->viewport(), &leave);
        QVERIFY(rowOf(*people, u"linh"_s).row() != before);
    }

    void screenReadersHearTheRow()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *conversations = fixture.list(u"conversationView"_s);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(conversations);
        QVERIFY(list);
        QCOMPARE(list->text(QAccessible::Name), u"Conversations"_s);
        QVERIFY(list->childCount() >= 6);
        QStringList heard;
        for (int i = 0; i < list->childCount(); ++i)
            heard << list->child(i)->text(QAccessible::Name);
        QVERIFY2(heard.contains(u"Tomás Herrera, away, last seen 6 minutes ago, 2 unread"_s),
            qPrintable(heard.join(u'\n')));
    }

    void screenReadersHearHowManyAreInAGroup()
    {
        WindowFixture fixture;
        fixture.showOpen();
        QAccessibleInterface *list
            = QAccessible::queryAccessibleInterface(fixture.list(u"participantView"_s));
        QStringList heard;
        for (int i = 0; i < list->childCount(); ++i)
            heard << list->child(i)->text(QAccessible::Name);
        QVERIFY2(heard.contains(u"Busy, 1"_s) && heard.contains(u"Offline, 3"_s),
            qPrintable(heard.join(u'\n')));
    }

    void everyDotHasATooltip()
    {
        WindowFixture fixture;
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(2));
        fixture.demo.session.apply(
            MessagePageEvent{MessagePage{DemoSession::conversation(2),
                                 {fixture.demo.text(2001, DemoSession::conversation(2), u"tomas"_s,
                                     u"<p>Hello</p>"_s, 14min)},
                                 {}, {}, {}},
                PagePlacement::Latest});
        fixture.settle();
        for (const QString &name :
            {u"conversationView"_s, u"participantView"_s, u"messageView"_s}) {
            const auto *view = fixture.list(name);
            const QModelIndex row = rowOf(*view, u"tomas"_s);
            const QRect rect = view->visualRect(row);
            const QPoint at = name == u"messageView"_s
                ? rect.topLeft() + QPoint(30, rect.height() - 20)
                : rect.topLeft() + QPoint(40, rect.height() / 2);
            QToolTip::hideText();
            QHelpEvent help(QEvent::ToolTip, at, view->viewport()->mapToGlobal(at));
            QCoreApplication::sendEvent(view->viewport(), &help);
            QVERIFY2(QToolTip::text().contains(u"Away, last seen 6 minutes ago"_s),
                qPrintable(name + u": "_s + QToolTip::text()));
        }
        const auto *header = fixture.child<QWidget>(u"headerDot"_s);
        QVERIFY(header->toolTip().contains(u"Away, last seen 6 minutes ago"_s));
        QCOMPARE(header->accessibleName(), u"Away, last seen 6 minutes ago"_s);
        const auto *own = fixture.child<QWidget>(u"ownStatusButton"_s);
        QVERIFY(own->toolTip().contains(u"Online"_s));
        QCOMPARE(own->accessibleName(), u"Mia Lindqvist, your status: Online"_s);
    }

    void aCountStandsWhereSeveralDevicesAre()
    {
        WindowFixture fixture;
        fixture.showOpen();
        const auto *people = fixture.list(u"participantView"_s);
        fixture.set(u"ana"_s, Status::Online);
        const int one = pixels(*people, rowOf(*people, u"ana"_s), Status::Online);
        fixture.demo.setPresence(u"ana"_s, Status::Online, {}, 3);
        fixture.demo.session.presence().flush();
        QVERIFY(pixels(*people, rowOf(*people, u"ana"_s), Status::Online) > one);
        QVERIFY(rowOf(*people, u"ana"_s)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(u"3 devices"_s));
    }

    void comingOnlinePulsesUnlessMotionIsReduced()
    {
        ui::Theme theme;
        ui::Pulse pulse(theme);
        theme.setMotion(ui::Motion::Reduced);
        pulse.start(u"ana"_s);
        QCOMPARE(pulse.of(u"ana"_s), 0.0);
        theme.setMotion(ui::Motion::Full);
        pulse.start(u"ana"_s);
        QVERIFY(pulse.of(u"ana"_s) > 0);
    }

    void aTimedStatusSaysUntilWhenAndEndsOnTime()
    {
        WindowFixture fixture;
        fixture.showOpen();
        const auto *own = fixture.child<QWidget>(u"ownStatusButton"_s);
        Intent busy{IntentStatus::Busy, u"Writing"_s,
            fixture.demo.session.serverNow() + std::chrono::milliseconds(400)};
        fixture.demo.session.apply(OwnIntentEvent{busy});
        QVERIFY(own->accessibleName().contains(u"Busy · Writing until"_s));
        fixture.demo.clock.advance(400ms);
        QTRY_VERIFY(!own->accessibleName().contains(u"until"_s));
    }

    void theTrayKeepsTheMessage()
    {
        ui::Theme theme;
        ui::TrayIcon tray(theme);
        QSignalSpy chosen(&tray, &ui::TrayIcon::intentChosen);
        tray.setIntent({IntentStatus::Auto, u"In Lisbon"_s, std::nullopt});
        const auto actions = tray.menu().actions();
        const auto busy = std::find_if(actions.begin(), actions.end(),
            [](const QAction *action) { return action->text() == u"Busy"_s; });
        QVERIFY(busy != actions.end());
        (*busy)->trigger();
        QCOMPARE(chosen.size(), 1);
        const auto intent = chosen[0][0].value<Intent>();
        QCOMPARE(intent.status, IntentStatus::Busy);
        QCOMPARE(intent.customMessage, u"In Lisbon"_s);
    }

    void everyControlHasAName()
    {
        WindowFixture fixture;
        fixture.showOpen();
        QStringList nameless;
        const auto widgets = fixture.window.findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible())
                continue;
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (!face || face->text(QAccessible::Name).isEmpty())
                nameless << u"%1 %2"_s.arg(
                    QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
        }
        QCOMPARE(nameless, QStringList());
    }
};

QTEST_MAIN(tst_Presence)
#include "tst_presence.moc"
