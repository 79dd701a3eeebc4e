// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/preferencemenu.h"

#include "models/store/session.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

//! Gives the functions of this file a context for translators.
struct PreferenceMenu {
    Q_DECLARE_TR_FUNCTIONS(PreferenceMenu)
};

template <typename Value>
struct Choice {
    Value value;
    QString words;
};

template <typename Value>
void addChoices(QMenu &menu, Session &session, Value PresencePreferences::*field,
    const QList<Choice<Value>> &choices)
{
    auto *group = new QActionGroup(&menu);
    for (const Choice<Value> &choice : choices) {
        QAction *action = menu.addAction(choice.words);
        action->setObjectName(menu.objectName() + QString::number(int(choice.value)));
        action->setCheckable(true);
        action->setChecked((*session.preferences()).*field == choice.value);
        group->addAction(action);
        QObject::connect(
            action, &QAction::triggered, &session, [&session, field, wanted = choice.value] {
                PresencePreferences preferences
                    = session.preferences().value_or(PresencePreferences{});
                preferences.*field = wanted;
                session.submit(SetPreferencesCommand{preferences});
            });
    }
}

} // namespace

void addPreferenceMenus(QMenu &menu, Session &session)
{
    if (!session.preferences())
        return;
    QMenu *onHide = menu.addMenu(PreferenceMenu::tr("While my windows are hidden"));
    onHide->setObjectName(u"onHide"_s);
    addChoices<OnHide>(*onHide, session, &PresencePreferences::onHide,
        {{OnHide::Away, PreferenceMenu::tr("Others see me as away")},
            {OnHide::Offline, PreferenceMenu::tr("Others see me as offline")},
            {OnHide::Unchanged, PreferenceMenu::tr("Nothing changes for others")}});
    if (!(session.capabilities() & Capability::LastSeen))
        return;
    QMenu *lastSeen = menu.addMenu(PreferenceMenu::tr("When I was last here"));
    lastSeen->setObjectName(u"lastSeen"_s);
    addChoices<LastSeenDetail>(*lastSeen, session, &PresencePreferences::lastSeen,
        {{LastSeenDetail::Exact, PreferenceMenu::tr("Others see the time")},
            {LastSeenDetail::Coarse, PreferenceMenu::tr("Others see about when")},
            {LastSeenDetail::Hidden, PreferenceMenu::tr("Others do not see it")}});
}

} // namespace presently::ui
