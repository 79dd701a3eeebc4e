// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/items/roles.h"
#include "models/store/messagelog.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QSet>

namespace presently {

class Session;

//! \brief The messages of one conversation, row for row as the log has them.
//!
//! Day headings, the "new messages" line and groups are roles of the row below them, not rows of
//! their own: the log and the view then count the same. A row's neighbours are told when its coming
//! or going changes them.
//! Ownership: borrows \a session and its logs, which must outlive it.
//! Threading: the window's thread.
class MessageListModel : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageListModel)

public:
    //! Messages of one person within this time stand together under one name.
    static constexpr std::chrono::minutes GroupSpan{5};

    explicit MessageListModel(Session &session, QObject *parent = nullptr);
    ~MessageListModel() override;

    //! Shows the messages of \a log; none: nothing.
    void setLog(MessageLog *log);
    [[nodiscard]] MessageLog *log() const { return m_log; }
    void setAccessibleWords(RowWords words) { m_words = std::move(words); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int rowOf(const MessageId &id) const; //!< -1: not here
    //! The row that the "new messages" line stands above; -1: none.
    [[nodiscard]] int firstUnreadRow() const;

private:
    void connectLog();
    void onPresenceChanged(const QList<UserId> &users);
    void tellPresence(const QSet<UserId> &people);
    void tellNeighbours(int first, int last);
    void onStateChanged();
    [[nodiscard]] bool startsDay(int row) const;
    [[nodiscard]] bool startsUnread(int row) const;
    [[nodiscard]] bool startsGroup(int row) const;
    [[nodiscard]] QString nameOf(const UserId &user) const;
    [[nodiscard]] QVariant messageData(const MessageEntry &entry, int role) const;
    [[nodiscard]] QVariant replyData(const MessageEntry &entry, int role) const;
    [[nodiscard]] QVariant senderData(const MessageEntry &entry, int role) const;

    Session &m_session;
    QPointer<MessageLog> m_log;
    RowWords m_words;
    QSet<UserId> m_senders; //!< of the messages here
    int m_toldFirstUnread = -1;
};

} // namespace presently
