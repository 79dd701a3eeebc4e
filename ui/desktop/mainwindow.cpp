// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/mainwindow.h"

#include "models/store/accountlist.h"
#include "models/store/session.h"
#include "ui/desktop/accountpage.h"
#include "ui/desktop/notice.h"
#include "ui/desktop/theme.h"
#include "ui/desktop/windowactivity.h"

#include <QCloseEvent>
#include <QHash>
#include <QIcon>
#include <QKeyEvent>
#include <QShortcut>
#include <QStackedWidget>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr QSize FirstSize{1240, 800};
constexpr QSize SmallestSize{360, 420};
constexpr int MostAccountKeys = 9;

} // namespace

class MainWindow::Private
{
public:
    Private(MainWindow &window, AccountList &accounts, Theme &theme, const Clock &clock);

    void wire();
    void addShortcuts();
    AccountPage *makePage(Session &session);
    void showCurrent();
    void dropPages();
    void refreshTitle();
    void tellWhoIsOnScreen();

    MainWindow &q;
    AccountList &accounts;
    Theme &theme;
    const Clock &clock;
    WindowActivity *activity;
    QStackedWidget *stack;
    Notice *notice;
    QHash<const Session *, AccountPage *> pages; //!< of those that have been shown
    AccountPage *page = nullptr; //!< null: the last account has gone, and the window goes too
    bool closesToTray = false;
};

MainWindow::Private::Private(
    MainWindow &window, AccountList &ofAccounts, Theme &ofTheme, const Clock &ofClock)
    : q(window)
    , accounts(ofAccounts)
    , theme(ofTheme)
    , clock(ofClock)
    , activity(new WindowActivity(window))
    , stack(new QStackedWidget(&window))
    , notice(new Notice(&window))
{
    q.setCentralWidget(stack);
    wire();
    addShortcuts();
    showCurrent();
    refreshTitle();
}

void MainWindow::Private::wire()
{
    QObject::connect(&accounts, &AccountList::currentChanged, &q, [this] { showCurrent(); });
    QObject::connect(&accounts, &ListStore::removed, &q, [this] { dropPages(); });
    QObject::connect(&accounts, &AccountList::totalUnreadChanged, &q, [this] { refreshTitle(); });
    QObject::connect(activity, &WindowActivity::hiddenChanged, &q, [this] { tellWhoIsOnScreen(); });
}

void MainWindow::Private::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto &&react) {
        auto *shortcut = new QShortcut(keys, &q);
        QObject::connect(shortcut, &QShortcut::activated, &q, [this, react] {
            if (page)
                react();
        });
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { page->focusFilter(); });
    add(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { page->openNeighbour(1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { page->openNeighbour(-1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_I), [this] { page->togglePeople(); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), [this] { page->openAccountMenu(); });
    add(QKeySequence::Quit, [this] { Q_EMIT q.quitRequested(); });
    for (int row = 0; row < MostAccountKeys; ++row) {
        add(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + row)), [this, row] {
            if (row < accounts.count())
                accounts.setCurrent(accounts.session(row));
        });
    }
}

AccountPage *MainWindow::Private::makePage(Session &session)
{
    auto *made = new AccountPage(session, accounts, theme, clock, stack);
    stack->addWidget(made);
    QObject::connect(made, &AccountPage::quitRequested, &q, &MainWindow::quitRequested);
    QObject::connect(made, &AccountPage::addAccountRequested, &q, &MainWindow::addAccountRequested);
    QObject::connect(made, &AccountPage::signOutRequested, &q, &MainWindow::signOutRequested);
    QObject::connect(made, &AccountPage::signInRequested, &q, &MainWindow::signInRequested);
    QObject::connect(made, &AccountPage::linkActivated, &q, &MainWindow::linkActivated);
    QObject::connect(made, &AccountPage::noticeRequested, notice, &Notice::present);
    return made;
}

void MainWindow::Private::showCurrent()
{
    Session *session = accounts.current();
    if (!session) {
        page = nullptr;
        return;
    }
    // What has the keyboard on the page before must not keep it.
    q.setFocus();
    AccountPage *&found = pages[session];
    if (!found)
        found = makePage(*session);
    page = found;
    stack->setCurrentWidget(page);
    page->fold();
    page->focusMessage();
    tellWhoIsOnScreen();
}

//! One of them may be telling us something right now.
void MainWindow::Private::dropPages()
{
    for (auto each = pages.begin(); each != pages.end();) {
        AccountPage *old = *each;
        if (accounts.rowOf(*each.key()) >= 0) {
            ++each;
            continue;
        }
        each = pages.erase(each);
        if (page == old)
            page = nullptr;
        stack->removeWidget(old);
        old->hide();
        old->deleteLater();
    }
}

void MainWindow::Private::refreshTitle()
{
    // Ends with the program's name, or Qt adds it a second time.
    const QString name = u"Presently"_s;
    const int unread = accounts.totalUnread();
    //: Title of the window. %1: how many messages are unread, %2: the program's name.
    q.setWindowTitle(unread > 0 ? tr("(%1) %2").arg(QString::number(unread), name) : name);
}

void MainWindow::Private::tellWhoIsOnScreen()
{
    for (AccountPage *each : std::as_const(pages))
        each->setOnScreen(each == page && !activity->isHidden());
}

MainWindow::MainWindow(AccountList &accounts, Theme &theme, const Clock &clock, QWidget *parent)
    : QMainWindow(parent)
{
    begin(accounts, theme, clock);
}

MainWindow::MainWindow(Session &session, Theme &theme, const Clock &clock, QWidget *parent)
    : QMainWindow(parent)
    , m_own(std::make_unique<AccountList>())
{
    m_own->add(session, {}, {});
    begin(*m_own, theme, clock);
}

void MainWindow::begin(AccountList &accounts, Theme &theme, const Clock &clock)
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(QIcon(u":/presently/icons/application.svg"_s));
    setMinimumSize(SmallestSize);
    resize(FirstSize);
    d = std::make_unique<Private>(*this, accounts, theme, clock);
    // Otherwise Qt gives the keyboard to the first button, with a ring that nobody asked for.
    setFocus();
}

MainWindow::~MainWindow()
{
    // The pages, and the hiding that comes with the end of a window, still reach for Private.
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
    return d->page ? d->page->openConversation() : ConversationId();
}

void MainWindow::openConversation(const ConversationId &conversation)
{
    if (d->page)
        d->page->open(conversation);
}

void MainWindow::reopen(const ConversationId &last)
{
    if (d->page)
        d->page->reopen(last);
}

std::optional<ConversationId> MainWindow::openConversationOf(const Session &session) const
{
    const AccountPage *page = d->pages.value(&session);
    return page ? std::optional(page->openConversation()) : std::nullopt;
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
    if (d->page)
        d->page->fold();
    d->notice->place();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && d->page)
        d->page->closeOnePlace();
    else
        QMainWindow::keyPressEvent(event);
}

} // namespace presently::ui
