// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/mainwindow.h"

#include "models/store/session.h"
#include "ui/desktop/composer.h"
#include "ui/desktop/conversationheader.h"
#include "ui/desktop/conversationpane.h"
#include "ui/desktop/messagepane.h"
#include "ui/desktop/notice.h"
#include "ui/desktop/outagebar.h"
#include "ui/desktop/ownstatus.h"
#include "ui/desktop/participantpane.h"
#include "ui/desktop/theme.h"
#include "ui/desktop/windowactivity.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QKeyEvent>
#include <QShortcut>
#include <QTimer>

#include <optional>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int TwoColumns = 768;
constexpr int ThreeColumns = 1200;
constexpr int ConversationWidth = 308;
constexpr int PeopleWidth = 276;
constexpr QSize FirstSize{1240, 800};
constexpr QSize SmallestSize{360, 420};
constexpr std::chrono::minutes AgeStep{1};

QFrame *newLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("role", u"line"_s);
    line->setFixedWidth(1);
    return line;
}

} // namespace

class MainWindow::Private
{
public:
    Private(MainWindow &window, Session &session, Theme &theme, const Clock &clock);

    void build(const Clock &clock);
    void wire();
    void addShortcuts();
    void fold();
    void placeOutage(bool withMessages);
    void open(const ConversationId &conversation);
    void openKnown();
    void closeOnePlace();
    void togglePeople();
    [[nodiscard]] bool isOpen() const { return !messages->conversation().isEmpty(); }

    MainWindow &q;
    Session &session;
    Theme &theme;
    WindowActivity *activity;
    OutageBar *outage = nullptr;
    ConversationPane *conversations = nullptr;
    MessagePane *messages = nullptr;
    ParticipantPane *people = nullptr;
    QFrame *leftLine = nullptr;
    QFrame *rightLine = nullptr;
    Notice *notice = nullptr;
    QVBoxLayout *column = nullptr;
    std::optional<ConversationId> wanted; //!< to be opened as soon as it is known
    QTimer ages; //!< "5 minutes ago" becomes 6; only while anybody can see it
    bool peopleInWide = true;
    bool peopleInNarrow = false;
    bool closesToTray = false;
};

MainWindow::Private::Private(
    MainWindow &window, Session &ofSession, Theme &ofTheme, const Clock &clock)
    : q(window)
    , session(ofSession)
    , theme(ofTheme)
    , activity(new WindowActivity(window))
{
    build(clock);
    wire();
    addShortcuts();
}

void MainWindow::Private::build(const Clock &clock)
{
    auto *central = new QWidget(&q);
    outage = new OutageBar(theme, clock, central);
    conversations = new ConversationPane(session, theme, clock, central);
    messages = new MessagePane(session, conversations->model(), theme, central);
    people = new ParticipantPane(session, theme, central);
    leftLine = newLine(central);
    rightLine = newLine(central);
    notice = new Notice(central);
    auto *panes = new QHBoxLayout;
    panes->setSpacing(0);
    panes->addWidget(conversations);
    panes->addWidget(leftLine);
    panes->addWidget(messages, 1);
    panes->addWidget(rightLine);
    panes->addWidget(people);
    column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(panes, 1);
    placeOutage(true);
    q.setCentralWidget(central);
}

void MainWindow::Private::wire()
{
    QObject::connect(&session, &Session::linkChanged, outage, &OutageBar::setLink);
    outage->setLink(session.link());
    QObject::connect(
        outage, &OutageBar::tryNowRequested, &q, [this] { session.submit(TryNowCommand{}); });
    QObject::connect(outage, &OutageBar::signInRequested, &q, &MainWindow::signInRequested);
    QObject::connect(
        conversations, &ConversationPane::conversationChosen, &q, [this](const ConversationId &id) {
            open(id);
            messages->composer().focusText();
        });
    OwnStatusButton &own = conversations->ownStatus();
    QObject::connect(&own, &OwnStatusButton::signOutRequested, &q, &MainWindow::signOutRequested);
    QObject::connect(&own, &OwnStatusButton::quitRequested, &q, &MainWindow::quitRequested);
    QObject::connect(messages, &MessagePane::linkActivated, &q, &MainWindow::linkActivated);
    QObject::connect(messages, &MessagePane::noticeRequested, notice, &Notice::present);
    QObject::connect(
        &messages->header(), &ConversationHeader::backRequested, &q, [this] { open({}); });
    QObject::connect(
        &messages->header(), &ConversationHeader::peopleToggled, &q, [this] { togglePeople(); });
    QObject::connect(people, &ParticipantPane::closeRequested, &q, [this] { togglePeople(); });
    QObject::connect(&session.conversations(), &ConversationList::conversationRemoved, &q,
        [this](const ConversationId &id) {
            if (id == messages->conversation())
                open({});
        });
    QObject::connect(
        &session.conversations(), &ConversationList::loadedChanged, &q, [this] { openKnown(); });
    QObject::connect(&session, &Session::signedOut, &q, [this](const std::optional<Error> &cause) {
        if (!cause)
            open({});
    });
    QObject::connect(
        &session.conversations(), &ConversationList::totalUnreadChanged, &q, [this](int unread) {
            // Ends with the program's name, or Qt adds it a second time.
            const QString name = u"Presently"_s;
            //: Title of the window. %1: how many messages are unread, %2: the program's name.
            q.setWindowTitle(unread > 0 ? tr("(%1) %2").arg(QString::number(unread), name) : name);
        });
    ages.setInterval(AgeStep);
    QObject::connect(&ages, &QTimer::timeout, &q, [this] {
        conversations->refreshTimes();
        messages->refreshTimes();
        people->refreshTimes();
    });
    QObject::connect(activity, &WindowActivity::hiddenChanged, &q, [this](bool hidden) {
        session.reading().setWindowShown(!hidden);
        if (hidden)
            ages.stop();
        else
            ages.start();
    });
}

void MainWindow::Private::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto &&react) {
        auto *shortcut = new QShortcut(keys, &q);
        QObject::connect(shortcut, &QShortcut::activated, &q, react);
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_K), [this] {
        if (conversations->isHidden())
            open({});
        conversations->focusFilter();
    });
    add(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { open(conversations->neighbour(1)); });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { open(conversations->neighbour(-1)); });
    add(QKeySequence(Qt::CTRL | Qt::Key_I), [this] { togglePeople(); });
    add(QKeySequence::Quit, [this] { Q_EMIT q.quitRequested(); });
}

void MainWindow::Private::fold()
{
    const int width = q.width();
    const bool one = width < TwoColumns;
    const bool three = width >= ThreeColumns;
    const bool peopleShown = isOpen() && (three ? peopleInWide : peopleInNarrow);
    const bool messagesShown = one ? isOpen() && !peopleShown : true;
    const bool conversationsShown = one ? !isOpen() : three || !peopleShown;
    for (const auto &[pane, shown] : {std::pair<QWidget *, bool>{conversations, conversationsShown},
             {messages, messagesShown}, {people, peopleShown}}) {
        // Otherwise Qt hands the keyboard to whichever button comes next, with a ring around it.
        if (!shown && pane->isAncestorOf(q.focusWidget()))
            q.setFocus();
    }
    conversations->setVisible(conversationsShown);
    messages->setVisible(messagesShown);
    people->setVisible(peopleShown);
    leftLine->setVisible(conversationsShown && messagesShown);
    rightLine->setVisible(peopleShown && messagesShown);
    placeOutage(messagesShown);
    const auto fix = [one](QWidget *pane, int paneWidth) {
        pane->setMinimumWidth(one ? 0 : paneWidth);
        pane->setMaximumWidth(one ? QWIDGETSIZE_MAX : paneWidth);
    };
    fix(conversations, ConversationWidth);
    fix(people, PeopleWidth);
    messages->header().setBackShown(one);
    messages->header().setPeopleShown(peopleShown);
}

//! Above the messages it moves no list and, as they hold on to their foot, no message either.
void MainWindow::Private::placeOutage(bool withMessages)
{
    if (withMessages)
        messages->placeBar(*outage);
    else if (column->indexOf(outage) < 0)
        column->insertWidget(0, outage);
}

void MainWindow::Private::open(const ConversationId &conversation)
{
    wanted.reset();
    messages->open(conversation);
    people->setConversation(conversation);
    conversations->select(conversation);
    if (conversation.isEmpty())
        peopleInNarrow = false;
    fold();
}

//! A window that shows messages beside the list begins with some, a narrow one with the list.
void MainWindow::Private::openKnown()
{
    if (!wanted || isOpen())
        return;
    const bool isKnown = session.conversations().find(*wanted) != nullptr;
    if (!isKnown && !session.conversations().isLoaded())
        return;
    if (isKnown)
        open(*wanted);
    else if (q.width() >= TwoColumns)
        open(conversations->neighbour(0));
    wanted.reset();
    if (isOpen() && q.focusWidget() == &q)
        messages->composer().focusText();
}

void MainWindow::Private::togglePeople()
{
    if (!isOpen())
        return;
    bool &shown = q.width() >= ThreeColumns ? peopleInWide : peopleInNarrow;
    shown = !shown;
    fold();
}

//! Esc leaves the innermost place: an answer, the people of a narrow window, the conversation.
void MainWindow::Private::closeOnePlace()
{
    if (messages->composer().leaveContext() || conversations->clearFilter())
        return;
    if (q.width() < ThreeColumns && peopleInNarrow)
        togglePeople();
    else if (isOpen())
        open({});
}

MainWindow::MainWindow(Session &session, Theme &theme, const Clock &clock, QWidget *parent)
    : QMainWindow(parent)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Presently"_s);
    setWindowIcon(QIcon(u":/presently/icons/application.svg"_s));
    setMinimumSize(SmallestSize);
    d = std::make_unique<Private>(*this, session, theme, clock);
    resize(FirstSize);
    d->fold();
    // Otherwise Qt gives the keyboard to the first button, with a ring that nobody asked for.
    setFocus();
}

MainWindow::~MainWindow()
{
    // The panes, and the hiding that comes with the end of a window, still reach for Private.
    delete d->activity;
    delete takeCentralWidget();
}

WindowActivity &MainWindow::activity() const
{
    return *d->activity;
}

void MainWindow::setClosesToTray(bool toTray)
{
    d->closesToTray = toTray;
}

void MainWindow::showNotice(const QString &text)
{
    d->notice->present(text);
}

ConversationId MainWindow::openConversation() const
{
    return d->messages->conversation();
}

void MainWindow::openConversation(const ConversationId &conversation)
{
    d->open(conversation);
}

void MainWindow::reopen(const ConversationId &last)
{
    d->wanted = last;
    d->openKnown();
}

Status MainWindow::ownStatus() const
{
    return d->conversations->ownStatus().shownStatus();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (d->closesToTray) {
        hide();
    } else {
        Q_EMIT quitRequested();
    }
    event->ignore();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (!d)
        return;
    d->fold();
    d->notice->place();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        d->closeOnePlace();
    else
        QMainWindow::keyPressEvent(event);
}

} // namespace presently::ui
