// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/ids.h"

#include <QUrl>
#include <QWidget>

class QMenu;
class QStackedLayout;
class QVBoxLayout;

namespace presently {
class ConversationListModel;
class MessageListModel;
class Session;
} // namespace presently

namespace presently::ui {

class Composer;
class ConversationHeader;
class EmptyState;
class MessageDelegate;
class MessageListView;
class Theme;
struct MessageHit;
struct MessageLink;

//! \brief The middle: one conversation, its messages, and the place to answer.
class MessagePane : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessagePane)

public:
    MessagePane(Session &session, ConversationListModel &conversations, Theme &theme,
        QWidget *parent = nullptr);
    ~MessagePane() override;

    void open(const ConversationId &conversation);
    void close();
    [[nodiscard]] const ConversationId &conversation() const { return m_conversation; }
    [[nodiscard]] ConversationHeader &header() { return *m_header; }
    [[nodiscard]] Composer &composer() { return *m_composer; }
    //! Takes \a bar in above the messages: showing it moves none that is read.
    void placeBar(QWidget &bar);
    [[nodiscard]] MessageListModel &model() { return *m_model; }
    void refreshTimes();

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    void noticeRequested(const QString &text);

private:
    void build(ConversationListModel &conversations);
    void refreshState();
    void tellBottom();
    void placeAtStart();
    void loadBefore();
    void loadAfter();
    void goToEnd();
    void jumpTo(const MessageId &message);
    void onHit(const QModelIndex &index, const MessageHit &hit);
    void openLink(const MessageLink &link);
    void saveAttachment(const QModelIndex &index, int attachment);
    void openMenu(const QModelIndex &index, const QPoint &globalPosition);
    void fillOutgoingMenu(QMenu &menu, const QModelIndex &index);
    void fillMessageMenu(QMenu &menu, const QModelIndex &index);
    void startReply(const QModelIndex &index);
    void startEdit(const QModelIndex &index);
    void editLast();

    Session &m_session;
    Theme &m_theme;
    ConversationId m_conversation;
    MessageListModel *m_model;
    MessageDelegate *m_delegate;
    ConversationHeader *m_header = nullptr;
    MessageListView *m_view = nullptr;
    EmptyState *m_empty = nullptr;
    EmptyState *m_nothingOpen = nullptr;
    QVBoxLayout *m_column = nullptr;
    QStackedLayout *m_stack = nullptr; //!< messages, or why there are none
    Composer *m_composer = nullptr;
    std::optional<MessageId> m_askedBefore; //!< what was asked for last, so that it is asked once
    std::optional<MessageId> m_askedAfter;
    std::optional<MessageId> m_jumpWhenLoaded;
    bool m_placed = false; //!< the view stands where reading begins
};

} // namespace presently::ui
