// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagepane.h"

#include "models/items/messagelistmodel.h"
#include "models/store/session.h"
#include "ui/common/rowwords.h"
#include "ui/common/wording.h"
#include "ui/desktop/composer.h"
#include "ui/desktop/conversationheader.h"
#include "ui/desktop/emptystate.h"
#include "ui/desktop/messagelistview.h"
#include "ui/desktop/theme.h"

#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

MessagePane::MessagePane(
    Session &session, ConversationListModel &conversations, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_model(new MessageListModel(session, this))
    , m_delegate(new MessageDelegate(
          theme, [&session] { return session.serverNow(); }, this))
{
    setObjectName(u"messagePane"_s);
    setProperty("role", u"contentPane"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_model->setAccessibleWords(
        [&session](const QModelIndex &index) { return messageWords(index, session.serverNow()); });
    build(conversations);
    connect(&session, &Session::linkChanged, this, [this](const LinkStatus &link) {
        if (link.state == LinkState::Online) {
            m_askedBefore.reset();
            m_askedAfter.reset();
        }
        refreshState();
    });
    connect(&session, &Session::commandFailed, this, [this](const QString &, const Error &error) {
        m_askedBefore.reset();
        m_askedAfter.reset();
        if (error.code != ErrorCode::Cancelled)
            Q_EMIT noticeRequested(errorWords(error).joined());
    });
    connect(&session, &Session::downloadFinished, this,
        [this](const AttachmentId &, const QString &path) {
            Q_EMIT noticeRequested(tr("Saved as %1").arg(path));
        });
    refreshState();
}

MessagePane::~MessagePane() = default;

void MessagePane::build(ConversationListModel &conversations)
{
    m_header = new ConversationHeader(m_session, conversations, m_theme, this);
    m_view = new MessageListView(m_theme, *m_delegate, this);
    m_view->setObjectName(u"messageView"_s);
    m_view->setAccessibleName(tr("Messages"));
    m_view->setModel(m_model);
    m_empty = new EmptyState(m_theme, this);
    m_empty->setObjectName(u"noMessages"_s);
    m_composer = new Composer(m_session, m_theme, this);
    m_nothingOpen = new EmptyState(m_theme, this);
    m_nothingOpen->setObjectName(u"nothingOpen"_s);
    m_nothingOpen->present(u"conversation"_s, tr("Choose a conversation"),
        tr("Pick one from the list, or press Ctrl+K and type a name."));

    m_stack = new QStackedLayout;
    m_stack->addWidget(m_nothingOpen);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_header);
    m_column->addLayout(m_stack, 1);
    m_column->addWidget(m_composer);

    connect(m_view, &MessageListView::nearTop, this, &MessagePane::loadBefore);
    connect(m_view, &MessageListView::nearBottom, this, &MessagePane::loadAfter);
    connect(m_view, &MessageListView::endRequested, this, &MessagePane::goToEnd);
    connect(m_view, &MessageListView::hit, this, &MessagePane::onHit);
    connect(m_view, &MessageListView::menuRequested, this, &MessagePane::openMenu);
    connect(m_view, &MessageListView::atBottomChanged, this, &MessagePane::tellBottom);
    connect(m_composer, &Composer::submitted, this, &MessagePane::goToEnd);
    connect(m_composer, &Composer::editLastRequested, this, &MessagePane::editLast);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] { placeAtStart(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { placeAtStart(); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &MessagePane::refreshState);
}

void MessagePane::open(const ConversationId &conversation)
{
    if (conversation == m_conversation)
        return;
    if (!m_conversation.isEmpty())
        m_session.submit(CloseConversationCommand{m_conversation});
    m_conversation = conversation;
    m_askedBefore.reset();
    m_askedAfter.reset();
    m_jumpWhenLoaded.reset();
    m_placed = false;
    if (MessageLog *before = m_model->log())
        before->disconnect(this);
    MessageLog *log = conversation.isEmpty() ? nullptr : &m_session.messages(conversation);
    if (log) {
        connect(log, &MessageLog::stateChanged, this, [this] {
            placeAtStart();
            refreshState();
            tellBottom();
        });
    }
    m_model->setLog(log);
    m_header->setConversation(conversation);
    m_composer->setConversation(conversation);
    if (log) {
        m_session.submit(OpenConversationCommand{conversation});
        tellBottom();
    }
    refreshState();
    placeAtStart();
}

//! The end of an old stretch is not the end: newer messages have not been seen.
void MessagePane::tellBottom()
{
    const MessageLog *log = m_model->log();
    m_session.reading().setAtBottom(m_view->isAtBottom() && log && !log->hasMoreAfter());
}

void MessagePane::placeBar(QWidget &bar)
{
    if (m_column->indexOf(&bar) < 0)
        m_column->insertWidget(1, &bar);
}

void MessagePane::close()
{
    open({});
}

void MessagePane::refreshState()
{
    m_header->setVisible(!m_conversation.isEmpty());
    m_composer->setVisible(!m_conversation.isEmpty());
    if (m_conversation.isEmpty()) {
        m_stack->setCurrentWidget(m_nothingOpen);
        return;
    }
    if (m_model->rowCount() > 0) {
        m_stack->setCurrentWidget(m_view);
        return;
    }
    m_stack->setCurrentWidget(m_empty);
    const LinkState link = m_session.link().state;
    if (m_model->log()->isLoaded())
        m_empty->present(u"conversation"_s, tr("No messages yet"),
            tr("Write the first one: everybody here will see it."));
    else if (link == LinkState::Waiting || link == LinkState::Stopped)
        m_empty->present(u"offline"_s, tr("You are offline"),
            tr("Nothing of this conversation is saved on this computer. You can write already: it "
               "is sent as soon as the server can be reached."));
    else
        m_empty->present(u"pending"_s, tr("Getting the messages …"), {});
}

//! The first time that there is something to read: at the first unread message, else at the end.
void MessagePane::placeAtStart()
{
    refreshState();
    if (!m_model->log() || m_model->rowCount() == 0)
        return;
    if (m_jumpWhenLoaded && m_model->rowOf(*m_jumpWhenLoaded) >= 0) {
        const MessageId wanted = *m_jumpWhenLoaded;
        m_jumpWhenLoaded.reset();
        m_placed = true;
        m_view->jumpTo(m_model->rowOf(wanted), wanted.value);
        return;
    }
    if (m_placed)
        return;
    const int unread = m_model->firstUnreadRow();
    if (unread > 0)
        m_view->scrollToRow(unread);
    else
        m_view->scrollToEnd();
    m_placed = m_model->log()->isLoaded();
}

void MessagePane::loadBefore()
{
    const MessageLog *log = m_model->log();
    if (!m_placed || !log || !log->hasMoreBefore() || !log->firstId()
        || m_askedBefore == log->firstId())
        return;
    m_askedBefore = log->firstId();
    m_session.submit(LoadMessagesCommand{m_conversation, log->firstId(), {}, {}});
}

void MessagePane::loadAfter()
{
    const MessageLog *log = m_model->log();
    if (!m_placed || !log || !log->hasMoreAfter() || !log->lastId()
        || m_askedAfter == log->lastId())
        return;
    m_askedAfter = log->lastId();
    m_session.submit(LoadMessagesCommand{m_conversation, {}, log->lastId(), {}});
}

void MessagePane::goToEnd()
{
    const MessageLog *log = m_model->log();
    if (log && log->hasMoreAfter()) {
        m_placed = false;
        m_session.submit(LoadMessagesCommand{m_conversation, {}, {}, {}});
    }
    m_view->scrollToEnd();
}

void MessagePane::jumpTo(const MessageId &message)
{
    const int row = m_model->rowOf(message);
    if (row >= 0) {
        m_view->jumpTo(row, message.value);
        return;
    }
    m_jumpWhenLoaded = message;
    m_session.submit(LoadMessagesCommand{m_conversation, {}, {}, message});
}

void MessagePane::refreshTimes()
{
    m_view->viewport()->update();
    m_header->refresh();
}

} // namespace presently::ui
