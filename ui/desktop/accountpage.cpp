// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/accountpage.h"

#include "models/store/accountlist.h"
#include "models/store/session.h"
#include "ui/desktop/accountbutton.h"
#include "ui/desktop/composer.h"
#include "ui/desktop/conversationheader.h"
#include "ui/desktop/conversationpane.h"
#include "ui/desktop/messagepane.h"
#include "ui/desktop/outagebar.h"
#include "ui/desktop/ownstatus.h"
#include "ui/desktop/participantpane.h"
#include "ui/desktop/theme.h"

#include <QHBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int TwoColumns = 768;
constexpr int ThreeColumns = 1200;
constexpr int ConversationWidth = 308;
constexpr int PeopleWidth = 276;
constexpr std::chrono::minutes AgeStep{1};

QFrame *newLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("role", u"line"_s);
    line->setFixedWidth(1);
    return line;
}

} // namespace

AccountPage::AccountPage(
    Session &session, AccountList &accounts, Theme &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"accountPage"_s);
    build(accounts, theme, clock);
    wireSession();
    wirePanes();
    m_ages.setInterval(AgeStep);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        m_conversations->refreshTimes();
        m_messages->refreshTimes();
        m_people->refreshTimes();
    });
    for (const auto signal : {&ListStore::inserted, &ListStore::removed, &ListStore::changed})
        connect(&accounts, signal, this, [this, &accounts] { showServer(accounts); });
    showServer(accounts);
}

void AccountPage::build(AccountList &accounts, Theme &theme, const Clock &clock)
{
    m_outage = new OutageBar(theme, clock, this);
    m_conversations = new ConversationPane(m_session, theme, this);
    m_accountButton = new AccountButton(accounts, theme, m_conversations);
    m_conversations->placeBesideStatus(*m_accountButton);
    m_messages = new MessagePane(m_session, m_conversations->model(), theme, this);
    m_people = new ParticipantPane(m_session, theme, this);
    m_leftLine = newLine(this);
    m_rightLine = newLine(this);
    auto *panes = new QHBoxLayout;
    panes->setSpacing(0);
    panes->addWidget(m_conversations);
    panes->addWidget(m_leftLine);
    panes->addWidget(m_messages, 1);
    panes->addWidget(m_rightLine);
    panes->addWidget(m_people);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addLayout(panes, 1);
    placeOutage(true);
}

void AccountPage::wireSession()
{
    connect(&m_session, &Session::linkChanged, m_outage, &OutageBar::setLink);
    m_outage->setLink(m_session.link());
    connect(&m_session.conversations(), &ConversationList::conversationRemoved, this,
        [this](const ConversationId &id) {
            if (id == openConversation())
                open({});
        });
    connect(&m_session.conversations(), &ConversationList::loadedChanged, this,
        &AccountPage::openKnown);
    connect(&m_session, &Session::signedOut, this, [this](const std::optional<Error> &cause) {
        if (!cause)
            open({});
    });
}

void AccountPage::wirePanes()
{
    connect(
        m_outage, &OutageBar::tryNowRequested, this, [this] { m_session.submit(TryNowCommand{}); });
    connect(m_outage, &OutageBar::signInRequested, this, &AccountPage::signInRequested);
    connect(m_conversations, &ConversationPane::conversationChosen, this,
        [this](const ConversationId &id) {
            open(id);
            m_messages->composer().focusText();
        });
    connect(&m_conversations->ownStatus(), &OwnStatusButton::quitRequested, this,
        &AccountPage::quitRequested);
    connect(m_accountButton, &AccountButton::addRequested, this, &AccountPage::addAccountRequested);
    connect(
        m_accountButton, &AccountButton::signOutRequested, this, &AccountPage::signOutRequested);
    connect(m_messages, &MessagePane::linkActivated, this, &AccountPage::linkActivated);
    connect(m_messages, &MessagePane::noticeRequested, this, &AccountPage::noticeRequested);
    ConversationHeader &header = m_messages->header();
    connect(&header, &ConversationHeader::backRequested, this, [this] { open({}); });
    connect(&header, &ConversationHeader::peopleToggled, this, &AccountPage::togglePeople);
    connect(m_people, &ParticipantPane::closeRequested, this, &AccountPage::togglePeople);
}

//! With one account there is nothing to tell apart.
void AccountPage::showServer(const AccountList &accounts)
{
    const int row = accounts.rowOf(m_session);
    m_conversations->ownStatus().setServer(
        row >= 0 && accounts.count() > 1 ? accounts.serverOf(row) : QString());
}

int AccountPage::roomWidth() const
{
    return window()->width();
}

void AccountPage::fold()
{
    const int room = roomWidth();
    const bool one = room < TwoColumns;
    const bool three = room >= ThreeColumns;
    const bool peopleShown = isOpen() && (three ? m_peopleInWide : m_peopleInNarrow);
    const bool messagesShown = one ? isOpen() && !peopleShown : true;
    const bool conversationsShown = one ? !isOpen() : three || !peopleShown;
    for (const auto &[pane, shown] :
        {std::pair<QWidget *, bool>{m_conversations, conversationsShown},
            {m_messages, messagesShown}, {m_people, peopleShown}}) {
        // Otherwise Qt hands the keyboard to whichever button comes next, with a ring around it.
        if (!shown && pane->isAncestorOf(window()->focusWidget()))
            window()->setFocus();
    }
    m_conversations->setVisible(conversationsShown);
    m_messages->setVisible(messagesShown);
    m_people->setVisible(peopleShown);
    m_leftLine->setVisible(conversationsShown && messagesShown);
    m_rightLine->setVisible(peopleShown && messagesShown);
    placeOutage(messagesShown);
    const auto fix = [one](QWidget *pane, int paneWidth) {
        pane->setMinimumWidth(one ? 0 : paneWidth);
        pane->setMaximumWidth(one ? QWIDGETSIZE_MAX : paneWidth);
    };
    fix(m_conversations, ConversationWidth);
    fix(m_people, PeopleWidth);
    m_messages->header().setBackShown(one);
    m_messages->header().setPeopleShown(peopleShown);
}

//! Above the messages it moves no list and, as they hold on to their foot, no message either.
void AccountPage::placeOutage(bool withMessages)
{
    if (withMessages)
        m_messages->placeBar(*m_outage);
    else if (m_column->indexOf(m_outage) < 0)
        m_column->insertWidget(0, m_outage);
}

ConversationId AccountPage::openConversation() const
{
    return m_messages->conversation();
}

void AccountPage::open(const ConversationId &conversation)
{
    m_wanted.reset();
    m_messages->open(conversation);
    m_people->setConversation(conversation);
    m_conversations->select(conversation);
    if (conversation.isEmpty())
        m_peopleInNarrow = false;
    fold();
}

void AccountPage::reopen(const ConversationId &last)
{
    m_wanted = last;
    openKnown();
}

//! A window that shows messages beside the list begins with some, a narrow one with the list.
void AccountPage::openKnown()
{
    if (!m_wanted || isOpen())
        return;
    // A copy: opening anything forgets what was wanted.
    const ConversationId wanted = *m_wanted;
    const bool isKnown = m_session.conversations().find(wanted) != nullptr;
    if (!isKnown && !m_session.conversations().isLoaded())
        return;
    if (isKnown)
        open(wanted);
    else if (roomWidth() >= TwoColumns)
        open(m_conversations->neighbour(0));
    m_wanted.reset();
    if (!isHidden() && window()->focusWidget() == window())
        focusMessage();
}

void AccountPage::setOnScreen(bool onScreen)
{
    m_session.reading().setWindowShown(onScreen);
    if (onScreen)
        m_ages.start();
    else
        m_ages.stop();
}

void AccountPage::focusFilter()
{
    if (m_conversations->isHidden())
        open({});
    m_conversations->focusFilter();
}

void AccountPage::focusMessage()
{
    if (isOpen())
        m_messages->composer().focusText();
}

void AccountPage::openNeighbour(int step)
{
    open(m_conversations->neighbour(step));
}

void AccountPage::openAccountMenu()
{
    if (m_conversations->isHidden()) {
        open({});
        layout()->activate(); // the menu stands where the button does
    }
    m_accountButton->openMenu();
}

void AccountPage::togglePeople()
{
    if (!isOpen())
        return;
    bool &shown = roomWidth() >= ThreeColumns ? m_peopleInWide : m_peopleInNarrow;
    shown = !shown;
    fold();
}

void AccountPage::closeOnePlace()
{
    if (m_messages->composer().leaveContext() || m_conversations->clearFilter())
        return;
    if (roomWidth() < ThreeColumns && m_peopleInNarrow)
        togglePeople();
    else if (isOpen())
        open({});
}

} // namespace presently::ui
