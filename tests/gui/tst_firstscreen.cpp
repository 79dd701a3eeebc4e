// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/windowfixture.h"
#include "ui/desktop/emptystate.h"
#include "ui/desktop/plainlabel.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextLayout>

using namespace presently;
using namespace presently::test;
using namespace std::chrono_literals;

//! What somebody sees in the first moments.
class tst_FirstScreen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWideWindowBeginsWithTheTopConversation()
    {
        WindowFixture fixture;
        fixture.window.resize(1240, 800);
        fixture.window.reopen({});
        fixture.window.show();
        QCOMPARE(fixture.window.openConversation(), DemoSession::conversation(1));
        QVERIFY(fixture.list(u"messageView"_s)->isVisible());
        QVERIFY(fixture.list(u"participantView"_s)->isVisible());
    }

    void aNarrowWindowBeginsWithTheList()
    {
        WindowFixture fixture;
        fixture.window.resize(500, 800);
        fixture.window.reopen({});
        QVERIFY(fixture.window.openConversation().isEmpty());
    }

    void goesOnWhereItWasLeft()
    {
        WindowFixture fixture;
        fixture.window.resize(500, 800);
        fixture.window.reopen(DemoSession::conversation(3));
        QCOMPARE(fixture.window.openConversation(), DemoSession::conversation(3));
    }

    void opensTheTopWhereTheLastIsGone()
    {
        WindowFixture fixture;
        fixture.window.reopen({u"deleted"_s});
        QCOMPARE(fixture.window.openConversation(), DemoSession::conversation(1));
    }

    void waitsForTheListAtTheFirstStart()
    {
        DemoSession demo;
        ui::Theme theme;
        ui::MainWindow window(demo.session, theme, demo.clock);
        window.reopen({});
        window.show();
        QVERIFY(window.openConversation().isEmpty());
        demo.signIn();
        demo.fill();
        QCOMPARE(window.openConversation(), DemoSession::conversation(1));
    }

    void waitsForTheListToGoOnWhereItWasLeft()
    {
        DemoSession demo;
        ui::Theme theme;
        ui::MainWindow window(demo.session, theme, demo.clock);
        // The window alone remembers it by now.
        window.reopen(DemoSession::conversation(3));
        demo.signIn();
        demo.fill();
        QCOMPARE(window.openConversation(), DemoSession::conversation(3));
        QVERIFY(demo.session.conversations().find(window.openConversation()));
    }

    void takesNobodyAwayFromWhatTheyOpened()
    {
        DemoSession demo;
        ui::Theme theme;
        ui::MainWindow window(demo.session, theme, demo.clock);
        window.reopen({u"deleted"_s});
        demo.signIn();
        window.openConversation(DemoSession::conversation(3));
        demo.fill();
        QCOMPARE(window.openConversation(), DemoSession::conversation(3));
    }

    void whatIsUnreadStaysSoWhileTheWindowIsHidden()
    {
        WindowFixture fixture;
        Message message
            = fixture.demo.text(900, DemoSession::conversation(1), u"ana"_s, u"<p>New</p>"_s, 0min);
        fixture.window.reopen({});
        fixture.demo.session.apply(MessageAddedEvent{message});
        QVERIFY(!fixture.demo.session.reading().isWatching(DemoSession::conversation(1)));
    }

    void theKeyboardBeginsWithTheComposer()
    {
        WindowFixture fixture;
        fixture.window.reopen({});
        fixture.window.show();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.window));
        QCOMPARE(QApplication::focusWidget(), fixture.child<QPlainTextEdit>(u"messageField"_s));
    }

    void noButtonHasTheKeyboardBeforeAnythingIsOpen()
    {
        WindowFixture fixture;
        fixture.window.show();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.window));
        QCOMPARE(QApplication::focusWidget(), &fixture.window);
        QTest::keyClick(&fixture.window, Qt::Key_K, Qt::ControlModifier);
        QCOMPARE(QApplication::focusWidget(), fixture.child<QLineEdit>(u"filterField"_s));
    }

    //! The name comes last: Qt would add it otherwise.
    void theTitleCountsAndEndsWithTheName()
    {
        const WindowFixture fixture;
        QVERIFY2(fixture.window.windowTitle().startsWith(u'('),
            qPrintable(fixture.window.windowTitle()));
        QVERIFY(fixture.window.windowTitle().endsWith(u") Presently"_s));
    }

    //! The last line of a text is never one word that did not fit.
    void emptyStatesLeaveNoWordAlone_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("one column") << 500;
        QTest::newRow("two columns") << 900;
        QTest::newRow("three columns") << 1240;
    }
    void emptyStatesLeaveNoWordAlone()
    {
        QFETCH(int, width);
        ui::Theme theme;
        ui::EmptyState state(theme);
        state.resize(width, 500);
        state.present(u"conversation"_s, u"Choose a conversation"_s,
            u"Pick one from the list, or press Ctrl+K and type a name."_s);
        state.show();
        const auto labels = state.findChildren<ui::PlainLabel *>();
        for (const ui::PlainLabel *label : labels) {
            if (label->text().isEmpty())
                continue;
            QTextLayout layout(label->text(), label->font());
            layout.beginLayout();
            QList<qreal> widths;
            for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
                line.setLineWidth(label->contentsRect().width());
                widths << line.naturalTextWidth();
            }
            layout.endLayout();
            QVERIFY2(widths.last() * 2 >= widths.first(), qPrintable(label->text()));
        }
    }

    void emptyStatesLetTheWindowBecomeNarrow()
    {
        WindowFixture fixture;
        fixture.window.resize(1240, 800);
        fixture.window.show();
        fixture.window.resize(360, 500);
        fixture.settle();
        QCOMPARE(fixture.window.width(), 360);
    }
};

QTEST_MAIN(tst_FirstScreen)
#include "tst_firstscreen.moc"
