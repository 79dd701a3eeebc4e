// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/roles.h"
#include "tests/gui/windowfixture.h"
#include "ui/desktop/outagebar.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/windowactivity.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QToolButton>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

namespace {

//! Sixty messages, the last five of them unread.
void addLongConversation(DemoSession &demo)
{
    MessagePage page;
    page.conversation = DemoSession::conversation(2);
    for (int i = 0; i < 60; ++i)
        page.messages << demo.text(3000 + i, page.conversation, i % 3 ? u"tomas"_s : u"mia"_s,
            u"<p>%1</p>"_s.arg(u"Some words. "_s.repeated(1 + i % 17)), 600min - i * 9min);
    page.hasMoreBefore = true;
    page.firstUnread = DemoSession::message(3030);
    demo.session.apply(MessagePageEvent{page, PagePlacement::Latest});
}

} // namespace

class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void panesFoldAwayInNarrowWindows_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("conversations");
        QTest::addColumn<bool>("people");
        QTest::newRow("three columns") << 1240 << true << true;
        QTest::newRow("just three") << 1200 << true << true;
        QTest::newRow("two columns") << 1199 << true << false;
        QTest::newRow("just two") << 768 << true << false;
        QTest::newRow("one column") << 767 << false << false;
    }
    void panesFoldAwayInNarrowWindows()
    {
        QFETCH(int, width);
        QFETCH(bool, conversations);
        QFETCH(bool, people);
        WindowFixture fixture;
        fixture.showOpen({width, 700});
        QCOMPARE(fixture.child<QWidget>(u"conversationPane"_s)->isVisible(), conversations);
        QCOMPARE(fixture.child<QWidget>(u"participantPane"_s)->isVisible(), people);
        QVERIFY(fixture.child<QWidget>(u"messagePane"_s)->isVisible());
        QCOMPARE(fixture.child<QWidget>(u"backButton"_s)->isVisible(), width < 768);
    }

    void escapeLeadsBackFromOneColumn()
    {
        WindowFixture fixture;
        fixture.showOpen({500, 700});
        QTest::keyClick(&fixture.window, Qt::Key_Escape);
        QVERIFY(fixture.window.openConversation().isEmpty());
        QVERIFY(fixture.child<QWidget>(u"conversationPane"_s)->isVisible());
    }

    void peopleComeByButtonInTwoColumns()
    {
        WindowFixture fixture;
        fixture.showOpen({900, 700});
        fixture.child<QToolButton>(u"peopleButton"_s)->click();
        QVERIFY(fixture.child<QWidget>(u"participantPane"_s)->isVisible());
        fixture.child<QToolButton>(u"closePeopleButton"_s)->click();
        QVERIFY(!fixture.child<QWidget>(u"participantPane"_s)->isVisible());
    }

    void aPaneThatFoldsAwayLeavesTheKeyboardToTheWindow()
    {
        WindowFixture fixture;
        fixture.showOpen();
        fixture.child<QWidget>(u"ownStatusButton"_s)->setFocus();
        fixture.window.resize(500, 700);
        fixture.settle();
        QCOMPARE(fixture.window.focusWidget(), &fixture.window);
    }

    void ctrlKFiltersAndEnterOpens()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *filter = fixture.child<QLineEdit>(u"filterField"_s);
        filter->setText(u"linh"_s);
        QCOMPARE(fixture.list(u"conversationView"_s)->model()->rowCount(), 1);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(fixture.window.openConversation(), DemoSession::conversation(3));
        QVERIFY(filter->text().isEmpty());
    }

    void enterSendsAndShiftEnterBreaksTheLine()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *field = fixture.child<QPlainTextEdit>(u"messageField"_s);
        QTest::keyClicks(field, u"one <b>"_s);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(field, u"two"_s);
        QVERIFY(fixture.sent<SendMessageCommand>().isEmpty());
        QTest::keyClick(field, Qt::Key_Return);
        const auto sent = fixture.sent<SendMessageCommand>();
        QCOMPARE(sent.size(), 1);
        QVERIFY(sent[0].message.content.contains(u"&lt;b&gt;"_s));
        QVERIFY(!sent[0].message.key.isEmpty());
        QVERIFY(field->toPlainText().isEmpty());
        const auto *messages = fixture.list(u"messageView"_s);
        const QModelIndex last = messages->model()->index(messages->model()->rowCount() - 1, 0);
        QCOMPARE(last.data(DeliveryRole).toInt(), int(Delivery::Pending));
    }

    void nothingBlankIsSent()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *field = fixture.child<QPlainTextEdit>(u"messageField"_s);
        QTest::keyClicks(field, u"   "_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(fixture.sent<SendMessageCommand>().isEmpty());
    }

    void arrowUpEditsTheLastOwnMessage()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *field = fixture.child<QPlainTextEdit>(u"messageField"_s);
        QTest::keyClick(field, Qt::Key_Up);
        QCOMPARE(field->toPlainText(), u"Then let us keep the smaller room as a fallback."_s);
        QTest::keyClicks(field, u" Yes."_s);
        QTest::keyClick(field, Qt::Key_Return);
        const auto edits = fixture.sent<EditMessageCommand>();
        QCOMPARE(edits.size(), 1);
        QCOMPARE(edits[0].message, DemoSession::message(7));
        QVERIFY(edits[0].content.contains(u"fallback. Yes."_s));
        QVERIFY(!fixture.child<QWidget>(u"contextBar"_s)->isVisible());
    }

    void nothingIsSentWhileAFileGoesUp()
    {
        WindowFixture fixture;
        fixture.showOpen();
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("content");
        file.flush();
        auto *field = fixture.child<QPlainTextEdit>(u"messageField"_s);
        QMetaObject::invokeMethod(field, "filesPasted", Q_ARG(QStringList, {file.fileName()}));
        QTest::keyClicks(field, u"look"_s);
        QTest::keyClick(field, Qt::Key_Return);
        const auto uploads = fixture.sent<UploadFileCommand>();
        QCOMPARE(uploads.size(), 1);
        QVERIFY(fixture.sent<SendMessageCommand>().isEmpty());
        fixture.demo.session.apply(
            UploadFinishedEvent{uploads[0].key, UploadedFile{u"k"_s, u"f"_s, u"text/plain"_s, 7}});
        QTest::keyClick(field, Qt::Key_Return);
        const auto sent = fixture.sent<SendMessageCommand>();
        QCOMPARE(sent.size(), 1);
        QCOMPARE(sent[0].message.attachments.size(), 1);
    }

    void draftsBelongToTheirConversation()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *field = fixture.child<QPlainTextEdit>(u"messageField"_s);
        QTest::keyClicks(field, u"unfinished"_s);
        fixture.window.openConversation(DemoSession::conversation(3));
        QVERIFY(field->toPlainText().isEmpty());
        fixture.window.openConversation(DemoSession::conversation(1));
        QCOMPARE(field->toPlainText(), u"unfinished"_s);
    }

    void anOutageIsSilentFirstThenSaysWhy()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *bar = fixture.child<ui::OutageBar>(u"outageBar"_s);
        fixture.demo.loseLink();
        QVERIFY(!bar->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 4000);
        QCOMPARE(bar->text(), u"The server cannot be reached. Next try in 4 s"_s);
        fixture.child<QPushButton>(u"tryNowButton"_s)->click();
        QCOMPARE(fixture.sent<TryNowCommand>().size(), 1);
        fixture.demo.goOnline();
        QVERIFY(!bar->isVisible());
    }

    void nothingMovesWhenTheOutageBarComes_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("scroll");
        QTest::newRow("few messages") << 1 << -1;
        QTest::newRow("at the end") << 2 << 100000;
        QTest::newRow("in the middle") << 2 << 700;
    }
    void nothingMovesWhenTheOutageBarComes()
    {
        QFETCH(int, number);
        QFETCH(int, scroll);
        WindowFixture fixture;
        addLongConversation(fixture.demo);
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(number));
        fixture.settle();
        auto *messages = fixture.list(u"messageView"_s);
        if (scroll >= 0)
            messages->verticalScrollBar()->setValue(scroll);
        fixture.settle();
        const QPoint foot(10, messages->viewport()->height() - 60);
        const auto read = QPersistentModelIndex(messages->indexAt(foot));
        QVERIFY(read.isValid());
        const auto place = [](const ui::RowListView *view, const QModelIndex &index) {
            return view->viewport()->mapTo(view->window(), view->visualRect(index).topLeft());
        };
        auto *conversations = fixture.list(u"conversationView"_s);
        auto *people = fixture.list(u"participantView"_s);
        const auto places = [&] {
            return QList<QPoint>{place(messages, read),
                place(conversations, conversations->model()->index(0, 0)),
                place(people, people->model()->index(0, 0)),
                fixture.child<QWidget>(u"messageField"_s)->mapTo(&fixture.window, QPoint())};
        };
        const QList<QPoint> before = places();
        auto *bar = fixture.child<ui::OutageBar>(u"outageBar"_s);
        fixture.demo.loseLink();
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 4000);
        fixture.settle();
        QCOMPARE(places(), before);
        fixture.demo.goOnline();
        fixture.settle();
        QCOMPARE(places(), before);
    }

    void theOutageBarIsSeenInEveryWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("isOpen");
        QTest::newRow("wide, open") << 1240 << true;
        QTest::newRow("wide, nothing open") << 1240 << false;
        QTest::newRow("narrow, open") << 500 << true;
        QTest::newRow("narrow, the list") << 500 << false;
    }
    void theOutageBarIsSeenInEveryWidth()
    {
        QFETCH(int, width);
        QFETCH(bool, isOpen);
        WindowFixture fixture;
        fixture.showOpen();
        const auto *bar = fixture.child<ui::OutageBar>(u"outageBar"_s);
        fixture.demo.session.apply(LinkChangedEvent{LinkStatus{LinkState::Stopped,
            Error{ErrorCode::TlsFailed, {}, {}, {}}, {}, fixture.demo.clock.wallNow()}});
        QVERIFY(bar->isVisible());
        if (!isOpen)
            fixture.window.openConversation({});
        fixture.window.resize(width, 700);
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(fixture.window.rect().contains(
            QRect(bar->mapTo(&fixture.window, QPoint()), bar->size())));
    }

    void aBlipIsInvisible()
    {
        WindowFixture fixture;
        fixture.showOpen();
        auto *bar = fixture.child<ui::OutageBar>(u"outageBar"_s);
        fixture.demo.loseLink();
        fixture.demo.goOnline();
        QSignalSpy never(&fixture.window, &ui::MainWindow::quitRequested);
        QVERIFY(!never.wait(1800));
        QVERIFY(!bar->isVisible());
    }

    void opensAtTheFirstUnread()
    {
        WindowFixture fixture;
        addLongConversation(fixture.demo);
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(2));
        fixture.settle();
        auto *view = fixture.list(u"messageView"_s);
        const QModelIndex unread = view->model()->index(30, 0);
        QVERIFY(unread.data(StartsUnreadRole).toBool());
        const QRect rect = view->visualRect(unread);
        QVERIFY2(rect.top() >= 0 && rect.top() < view->viewport()->height() / 2,
            qPrintable(QString::number(rect.top())));
    }

    void olderMessagesComeWithoutAJump()
    {
        WindowFixture fixture;
        addLongConversation(fixture.demo);
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(2));
        fixture.settle();
        auto *view = fixture.list(u"messageView"_s);
        view->verticalScrollBar()->setValue(100);
        fixture.settle();
        const auto asked = fixture.sent<LoadMessagesCommand>();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0].before, std::optional(DemoSession::message(3000)));
        const auto seenIndex = view->indexAt(QPoint(10, view->viewport()->height() - 5));
        const QString seen = seenIndex.data(MessageIdRole).toString();
        const int top = view->visualRect(seenIndex).top();
        MessagePage older;
        older.conversation = DemoSession::conversation(2);
        for (int i = 0; i < 50; ++i)
            older.messages << fixture.demo.text(2900 + i, older.conversation, u"tomas"_s,
                u"<p>%1</p>"_s.arg(u"Older. "_s.repeated(1 + i % 23)), 3000min - i * 9min);
        fixture.demo.session.apply(MessagePageEvent{older, PagePlacement::Before});
        fixture.settle();
        const QModelIndex now = view->indexAt(QPoint(10, view->viewport()->height() - 5));
        QCOMPARE(now.data(MessageIdRole).toString(), seen);
        QCOMPARE(view->visualRect(now).top(), top);
    }

    void staysAtTheEndWhenAMessageComes()
    {
        WindowFixture fixture;
        addLongConversation(fixture.demo);
        fixture.demo.session.messages(DemoSession::conversation(2)).clearFirstUnread();
        fixture.showOpen();
        fixture.window.openConversation(DemoSession::conversation(2));
        fixture.settle();
        auto *view = fixture.list(u"messageView"_s);
        fixture.demo.session.apply(MessageAddedEvent{fixture.demo.text(
            4000, DemoSession::conversation(2), u"tomas"_s, u"<p>new</p>"_s, 0s)});
        fixture.settle();
        QCOMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
        const QModelIndex last = view->model()->index(view->model()->rowCount() - 1, 0);
        QVERIFY(view->viewport()->rect().contains(view->visualRect(last)));
    }

    void hiddenIsJudgedBySight()
    {
        WindowFixture fixture;
        QSignalSpy hidden(&fixture.window.activity(), &ui::WindowActivity::hiddenChanged);
        QVERIFY(fixture.window.activity().isHidden());
        fixture.showOpen();
        QVERIFY(!fixture.window.activity().isHidden());
        fixture.window.showMinimized();
        QTRY_VERIFY(fixture.window.activity().isHidden());
        fixture.window.showNormal();
        QTRY_VERIFY(!fixture.window.activity().isHidden());
        fixture.window.hide();
        QVERIFY(fixture.window.activity().isHidden());
        QCOMPARE(hidden.count(), 4);
    }

    void closingHidesOrQuits()
    {
        WindowFixture fixture;
        fixture.showOpen();
        QSignalSpy quit(&fixture.window, &ui::MainWindow::quitRequested);
        fixture.window.setClosesToTray(true);
        fixture.window.close();
        QVERIFY(!fixture.window.isVisible());
        QCOMPARE(quit.count(), 0);
        fixture.window.show();
        fixture.window.setClosesToTray(false);
        fixture.window.close();
        QCOMPARE(quit.count(), 1);
    }

    void emptyStatesSayWhatIsSo()
    {
        DemoSession demo;
        ui::Theme theme;
        ui::MainWindow window(demo.session, theme, demo.clock);
        window.show();
        auto *empty = window.findChild<QWidget *>(u"noConversations"_s);
        QCOMPARE(empty->accessibleName(), u"Getting your conversations …"_s);
        demo.loseLink();
        QCOMPARE(empty->accessibleName(), u"You are offline"_s);
        demo.signIn();
        demo.session.apply(ConversationListEvent{{}, true});
        QCOMPARE(empty->accessibleName(), u"No conversations yet"_s);
    }

    void theEndOfAnOldStretchIsNotReadAsTheEnd()
    {
        WindowFixture fixture;
        fixture.showOpen();
        fixture.demo.session.reading().setWindowShown(true);
        QList<Message> old;
        for (int i = 0; i < 3; ++i) {
            Message message;
            message.id = MessageId{u"0194e3a0-0000-7000-8000-00000000000%1"_s.arg(i)};
            message.conversation = DemoSession::conversation(2);
            message.sender = UserId{u"user-ana"_s};
            message.content = u"<p>long ago</p>"_s;
            message.sentAt = fixture.demo.ago(std::chrono::hours(48));
            old << message;
        }
        fixture.window.openConversation(DemoSession::conversation(2));
        MessagePage page{DemoSession::conversation(2), old, true, true, {}};
        fixture.demo.session.apply(MessagePageEvent{page, PagePlacement::Around});
        Message newest = old.last();
        newest.id = MessageId{u"0194e3a0-0000-7000-8000-000000000009"_s};
        fixture.demo.session.apply(MessageAddedEvent{newest});
        fixture.commands.clear();

        // What would be read after a second at the end is read by then, or never.
        QTimer second;
        second.setSingleShot(true);
        QSignalSpy passed(&second, &QTimer::timeout);
        second.start(ReadTracker::SettleTime + std::chrono::milliseconds(300));
        QVERIFY(passed.wait(5'000));
        QCOMPARE(fixture.sent<MarkReadCommand>().size(), 0);

        page = MessagePage{DemoSession::conversation(2), {newest}, true, false, {}};
        fixture.demo.session.apply(MessagePageEvent{page, PagePlacement::After});
        QTRY_COMPARE(fixture.sent<MarkReadCommand>().size(), 1);
    }
};

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
