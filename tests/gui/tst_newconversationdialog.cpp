// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/demosession.h"
#include "ui/desktop/newconversationdialog.h"
#include "ui/desktop/theme.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QStyle>
#include <QStyleOptionViewItem>
#include <QTest>

using namespace presently;
using namespace presently::test;
using namespace presently::ui;

namespace {

//! The dialog over the demo's people; commands are recorded.
struct Fixture {
    Fixture()
        : dialog(demo.session, theme)
        , found(dialog.findChild<QListWidget *>(u"foundPeople"_s))
        , start(dialog.findChild<QPushButton *>(u"startButton"_s))
    {
        QObject::connect(&demo.session, &Session::commandSubmitted, &dialog,
            [this](const Command &command) { commands << command; });
        dialog.show();
        answer(
            {person(u"ana"_s, u"Ana"_s), person(u"bao"_s, u"Bao"_s), person(u"chi"_s, u"Chi"_s)});
    }

    static Person person(const QString &handle, const QString &name)
    {
        return {DemoSession::user(handle), name, handle, false};
    }
    void answer(const QList<Person> &people, const QString &query = {})
    {
        demo.session.apply(PeopleFoundEvent{query, people});
    }
    [[nodiscard]] QRect rowRect(int row) const { return found->visualItemRect(found->item(row)); }
    void clickAt(const QPoint &point) const
    {
        QTest::mouseClick(found->viewport(), Qt::LeftButton, {}, point);
    }
    //! Where the name stands, far from the box.
    void clickName(int row) const { clickAt(rowRect(row).center() + QPoint(60, 0)); }
    void clickBox(int row) const
    {
        QStyleOptionViewItem option;
        option.initFrom(found);
        option.widget = found;
        option.rect = rowRect(row);
        option.features = QStyleOptionViewItem::HasCheckIndicator;
        option.viewItemPosition = QStyleOptionViewItem::OnlyOne;
        clickAt(found->style()
                    ->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, found)
                    .center());
    }
    [[nodiscard]] bool isPicked(int row) const
    {
        return found->item(row)->checkState() == Qt::Checked;
    }

    DemoSession demo;
    Theme theme;
    NewConversationDialog dialog;
    QListWidget *found;
    QPushButton *start;
    QList<Command> commands;
};

} // namespace

class tst_NewConversationDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClickAnywhereOnARowPicks()
    {
        Fixture fixture;
        QVERIFY(!fixture.start->isEnabled());
        fixture.clickName(1);
        QVERIFY(fixture.isPicked(1));
        QVERIFY(fixture.start->isEnabled());
        fixture.clickName(1);
        QVERIFY(!fixture.isPicked(1));
        QVERIFY(!fixture.start->isEnabled());
    }

    void aClickOnTheBoxPicksOnce()
    {
        Fixture fixture;
        fixture.clickBox(0);
        QVERIFY(fixture.isPicked(0));
        fixture.clickBox(0);
        QVERIFY(!fixture.isPicked(0));
    }

    void aDoubleClickIsTwoClicks()
    {
        Fixture fixture;
        const QPoint name = fixture.rowRect(2).center() + QPoint(60, 0);
        fixture.clickAt(name);
        QTest::mouseDClick(fixture.found->viewport(), Qt::LeftButton, {}, name);
        QTest::mouseRelease(fixture.found->viewport(), Qt::LeftButton, {}, name);
        QVERIFY(!fixture.isPicked(2));
    }

    void enterAndSpacePickToo()
    {
        Fixture fixture;
        fixture.found->setFocus();
        fixture.found->setCurrentRow(0);
        QTest::keyClick(fixture.found, Qt::Key_Return);
        QVERIFY(fixture.isPicked(0));
        QVERIFY(fixture.dialog.isVisible());
        QTest::keyClick(fixture.found, Qt::Key_Space);
        QVERIFY(!fixture.isPicked(0));
    }

    void theArrowLeadsFromTheFieldToThePeople()
    {
        Fixture fixture;
        auto *field = fixture.dialog.findChild<QLineEdit *>(u"peopleField"_s);
        field->setFocus();
        QTest::keyClick(field, Qt::Key_Down);
        QCOMPARE(fixture.dialog.focusWidget(), fixture.found);
        QCOMPARE(fixture.found->currentRow(), 0);
    }

    void whatWasPickedStaysWhileTheSearchChanges()
    {
        Fixture fixture;
        fixture.clickName(0);
        fixture.answer({Fixture::person(u"dan"_s, u"Dan"_s)});
        fixture.clickName(0);
        fixture.dialog.findChild<QLineEdit *>(u"groupTitle"_s)->setText(u" Lunch "_s);
        fixture.commands.clear();
        fixture.start->click();
        QCOMPARE(fixture.commands.size(), 1);
        const auto *command = std::get_if<StartConversationCommand>(&fixture.commands[0]);
        QVERIFY(command);
        QCOMPARE(command->people,
            (QList<UserId>{DemoSession::user(u"ana"_s), DemoSession::user(u"dan"_s)}));
        QCOMPARE(command->title, u"Lunch"_s);
    }

    void namesAreCleanedAndSaidToScreenReaders()
    {
        Fixture fixture;
        fixture.answer({Fixture::person(u"eve"_s, u"Eve\u202e\nadmin"_s)});
        const QString text = fixture.found->item(0)->text();
        QVERIFY2(!text.contains(QChar(0x202e)) && !text.contains(u'\n'), qPrintable(text));
        QVERIFY(text.startsWith(u"Eve"_s));
    }
};

QTEST_MAIN(tst_NewConversationDialog)
#include "tst_newconversationdialog.moc"
