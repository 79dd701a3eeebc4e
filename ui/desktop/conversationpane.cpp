// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/conversationpane.h"

#include "models/items/conversationlistmodel.h"
#include "models/items/conversationsortmodel.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "ui/common/rowwords.h"
#include "ui/desktop/conversationdelegate.h"
#include "ui/desktop/emptystate.h"
#include "ui/desktop/newconversationdialog.h"
#include "ui/desktop/ownstatus.h"
#include "ui/desktop/presencelistview.h"
#include "ui/desktop/pulse.h"
#include "ui/desktop/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

QAction *addSearchIcon(QLineEdit &field, const Theme &theme)
{
    return field.addAction(
        theme.icon(u"search"_s, theme.palette().textMuted), QLineEdit::LeadingPosition);
}

} // namespace

ConversationPane::ConversationPane(Session &session, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_model(new ConversationListModel(session, this))
    , m_sorted(new ConversationSortModel(this))
    , m_pulse(new Pulse(theme, this))
{
    setObjectName(u"conversationPane"_s);
    setProperty("role", u"sidePane"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_sorted->setSourceModel(m_model);
    m_model->setAccessibleWords([&session](const QModelIndex &index) {
        return conversationWords(index, session.serverNow());
    });
    build();

    const auto again = [this] {
        refreshState();
        reselect();
    };
    connect(m_sorted, &QAbstractItemModel::modelReset, this, again);
    connect(m_sorted, &QAbstractItemModel::layoutChanged, this, again);
    connect(m_sorted, &QAbstractItemModel::rowsInserted, this, again);
    connect(m_sorted, &QAbstractItemModel::rowsRemoved, this, &ConversationPane::refreshState);
    connect(&session.conversations(), &ConversationList::loadedChanged, this,
        &ConversationPane::refreshState);
    connect(&session, &Session::linkChanged, this, &ConversationPane::refreshState);
    connect(
        &session.presence(), &PresenceStore::cameOnline, this, [this](const QList<UserId> &users) {
            constexpr qsizetype Crowd = 12;
            for (qsizetype i = 0; i < users.size() && users.size() <= Crowd; ++i)
                m_pulse->start(users[i].value);
        });
    connect(m_pulse, &Pulse::ticked, m_view, [this](const QStringList &users) {
        for (int row = 0; row < m_sorted->rowCount(); ++row) {
            const QModelIndex index = m_sorted->index(row, 0);
            if (users.contains(index.data(UserIdRole).toString()))
                m_view->update(index);
        }
    });
    refreshState();
}

ConversationPane::~ConversationPane() = default;

void ConversationPane::placeBesideStatus(QWidget &button)
{
    constexpr int EndMargin = 10; // centred over the button below
    m_statusRow->addWidget(&button);
    m_statusRow->addSpacing(EndMargin);
}

void ConversationPane::startConversation()
{
    auto *dialog = new NewConversationDialog(m_session, m_theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QToolButton *ConversationPane::buildNewButton()
{
    m_new = new QToolButton(this);
    m_new->setObjectName(u"newConversationButton"_s);
    m_new->setToolTip(tr("New conversation (Ctrl+N)"));
    m_new->setAccessibleName(tr("New conversation"));
    m_new->setShortcut(QKeySequence::New);
    const auto draw = [this] {
        m_new->setIcon(m_theme.icon(u"newconversation"_s, m_theme.palette().textSecondary));
    };
    draw();
    connect(&m_theme, &Theme::changed, m_new, draw);
    connect(m_new, &QToolButton::clicked, this, &ConversationPane::startConversation);
    const auto offer = [this] {
        m_new->setVisible(m_session.capabilities().testFlag(Capability::StartConversations));
    };
    offer();
    connect(&m_session, &Session::capabilitiesChanged, m_new, offer);
    connect(&m_session, &Session::conversationStarted, this, &ConversationPane::conversationChosen);
    return m_new;
}

void ConversationPane::build()
{
    m_ownStatus = new OwnStatusButton(m_session, m_theme, this);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"filterField"_s);
    m_filter->setProperty("role", u"filter"_s);
    m_filter->setPlaceholderText(tr("Search (Ctrl+K)"));
    m_filter->setAccessibleName(tr("Search conversations"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    QAction *icon = addSearchIcon(*m_filter, m_theme);
    connect(&m_theme, &Theme::changed, icon,
        [this, icon] { icon->setIcon(m_theme.icon(u"search"_s, m_theme.palette().textMuted)); });

    m_view = new PresenceListView(m_theme, this);
    m_view->setObjectName(u"conversationView"_s);
    m_view->setAccessibleName(tr("Conversations"));
    m_view->setItemDelegate(new ConversationDelegate(
        m_theme, *m_pulse, [this] { return m_session.serverNow(); }, m_view));
    m_view->setRowHeights(ConversationRowLayout::Height);
    m_view->setModel(m_sorted);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyState(m_theme, this);
    m_empty->setObjectName(u"noConversations"_s);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_statusRow = new QHBoxLayout;
    m_statusRow->setContentsMargins(0, 0, 0, 0);
    m_statusRow->setSpacing(0);
    m_statusRow->addWidget(m_ownStatus, 1);
    column->addLayout(m_statusRow);
    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(14, 4, 14, 6);
    filterRow->setSpacing(6);
    filterRow->addWidget(m_filter);
    filterRow->addWidget(buildNewButton());
    column->addLayout(filterRow);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addLayout(m_stack, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setSearch(text);
        refreshState();
    });
    connect(m_view, &PresenceListView::rowChosen, this, [this](const QModelIndex &index) {
        Q_EMIT conversationChosen({index.data(ConversationIdRole).toString()});
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ConversationPane::openMenu);
}

void ConversationPane::refreshState()
{
    if (m_sorted->rowCount() > 0) {
        m_stack->setCurrentWidget(m_view);
        return;
    }
    m_stack->setCurrentWidget(m_empty);
    const LinkState link = m_session.link().state;
    if (!m_filter->text().trimmed().isEmpty())
        m_empty->present(
            u"search"_s, tr("Nothing found"), tr("No conversation has a name like this."));
    else if (m_session.conversations().isLoaded())
        m_empty->present(u"conversation"_s, tr("No conversations yet"),
            m_session.capabilities().testFlag(Capability::StartConversations)
                ? tr("Start one with Ctrl+N. When somebody writes to you, it appears here too.")
                : tr("When somebody writes to you, it appears here."));
    else if (link == LinkState::Waiting || link == LinkState::Stopped)
        m_empty->present(u"offline"_s, tr("You are offline"),
            tr("Nothing is saved on this computer yet. Your conversations appear as soon as the "
               "server can be reached."));
    else
        m_empty->present(u"pending"_s, tr("Getting your conversations …"), {});
}

void ConversationPane::select(const ConversationId &conversation)
{
    m_open = conversation;
    reselect();
}

void ConversationPane::reselect()
{
    const int row = m_open.isEmpty() ? -1 : m_sorted->rowOf(m_open.value);
    if (row < 0) {
        m_view->selectionModel()->clear();
        return;
    }
    const QModelIndex index = m_sorted->index(row, 0);
    if (m_view->selectionModel()->isSelected(index) && m_view->currentIndex() == index)
        return;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

void ConversationPane::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

bool ConversationPane::clearFilter()
{
    const bool had = !m_filter->text().isEmpty();
    m_filter->clear();
    return had;
}

ConversationId ConversationPane::neighbour(int step) const
{
    const int row = m_open.isEmpty() ? -1 : m_sorted->rowOf(m_open.value);
    const int next = row < 0 ? 0 : row + step;
    if (next < 0 || next >= m_sorted->rowCount())
        return {};
    return {m_sorted->index(next, 0).data(ConversationIdRole).toString()};
}

void ConversationPane::refreshTimes()
{
    m_view->viewport()->update();
    m_ownStatus->update();
}

//! From the filter the arrows walk through what was found, and Enter opens the first.
bool ConversationPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Down && m_sorted->rowCount() > 0) {
        m_view->setFocus();
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_sorted->index(0, 0));
        return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_sorted->rowCount() > 0) {
        const QString id = m_sorted->index(0, 0).data(ConversationIdRole).toString();
        m_filter->clear();
        Q_EMIT conversationChosen({id});
        return true;
    }
    if (key == Qt::Key_Escape && clearFilter())
        return true;
    return QWidget::eventFilter(watched, event);
}

void ConversationPane::openMenu(const QPoint &position)
{
    const QModelIndex under = m_view->indexAt(position);
    const QModelIndex index = under.isValid() ? under : m_view->currentIndex();
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"conversationMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, index);
    menu->popup(m_view->viewport()->mapToGlobal(
        under.isValid() ? position : m_view->visualRect(index).center()));
}

void ConversationPane::fillMenu(QMenu &menu, const QModelIndex &index)
{
    const ConversationId id{index.data(ConversationIdRole).toString()};
    const bool pinned = index.data(IsPinnedRole).toBool();
    const bool muted = index.data(IsMutedRole).toBool();
    const bool archived = index.data(IsArchivedRole).toBool();
    const auto add = [&](const QString &icon, const QString &words, const Command &command) {
        connect(menu.addAction(m_theme.icon(icon), words), &QAction::triggered, this,
            [this, command] { m_session.submit(command); });
    };
    add(u"pin"_s, pinned ? tr("Unpin") : tr("Pin to the top"), PinConversationCommand{id, !pinned});
    add(muted ? u"unmute"_s : u"mute"_s, muted ? tr("Unmute") : tr("Mute"),
        MuteConversationCommand{id, !muted});
    add(u"archive"_s, archived ? tr("Take out of the archive") : tr("Archive"),
        ArchiveConversationCommand{id, !archived});
    menu.addSeparator();
    if (index.data(CanJoinRole).toBool())
        add(u"conversation"_s, tr("Join"), JoinConversationCommand{id});
    else if (!index.data(UserIdRole).isValid())
        add(u"signout"_s, tr("Leave the conversation"), LeaveConversationCommand{id});
}

} // namespace presently::ui
