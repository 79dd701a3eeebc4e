// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/session.h"
#include "ui/desktop/preferencemenu.h"

#include <QAction>
#include <QMenu>
#include <QTest>

using namespace presently;
using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;

class tst_PreferenceMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAbsentWhereTheServerKeepsNoChoices()
    {
        Session session(m_clock);
        QMenu menu;
        addPreferenceMenus(menu, session);
        QVERIFY(menu.isEmpty());
    }

    void choosesWhatOthersSeeWhileHiddenAndNothingElse()
    {
        Session session(m_clock);
        session.apply(SignedInEvent{{}, Capability::LastSeen});
        session.apply(OwnPreferencesEvent{{LastSeenDetail::Coarse, OnHide::Away}});
        QList<PresencePreferences> chosen;
        connect(&session, &Session::commandSubmitted, this, [&chosen](const Command &command) {
            if (const auto *set = std::get_if<SetPreferencesCommand>(&command))
                chosen.append(set->preferences);
        });
        QMenu menu;
        addPreferenceMenus(menu, session);
        QCOMPARE(menu.actions().size(), 2);
        QVERIFY(choice(menu, "onHide", OnHide::Away)->isChecked());
        QVERIFY(choice(menu, "lastSeen", LastSeenDetail::Coarse)->isChecked());
        choice(menu, "onHide", OnHide::Offline)->trigger();
        QCOMPARE(chosen, (QList{PresencePreferences{LastSeenDetail::Coarse, OnHide::Offline}}));
        choice(menu, "lastSeen", LastSeenDetail::Hidden)->trigger();
        QCOMPARE(chosen.last(), (PresencePreferences{LastSeenDetail::Hidden, OnHide::Offline}));
    }

private:
    template <typename Value>
    static QAction *choice(QMenu &menu, const char *name, Value value)
    {
        return menu.findChild<QAction *>(QString::fromLatin1(name) + QString::number(int(value)));
    }

    const SystemClock m_clock;
};

QTEST_MAIN(tst_PreferenceMenu)
#include "tst_preferencemenu.moc"
