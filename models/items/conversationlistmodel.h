// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/conversation.h"
#include "models/items/presencechangequeue.h"
#include "models/items/roles.h"

#include <QAbstractListModel>
#include <QCache>

namespace presently {

class Session;

//! \brief The conversations, row for row as the store has them. ConversationSortModel orders them.
//!
//! Ownership: borrows \a session, which must outlive it.
//! Threading: the window's thread.
class ConversationListModel : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationListModel)

public:
    explicit ConversationListModel(Session &session, QObject *parent = nullptr);
    ~ConversationListModel() override;

    void setAccessibleWords(RowWords words) { m_words = std::move(words); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! The title, else the names of the others.
    [[nodiscard]] QString titleOf(const Conversation &conversation) const;
    //! The other side of a conversation of two; none for any other.
    [[nodiscard]] std::optional<UserId> otherSideOf(const Conversation &conversation) const;

private:
    void connectStore();
    void rebuildPeers();
    void onPresenceOf(const UserId &user);
    [[nodiscard]] QVariant personData(const Conversation &conversation, int role) const;
    [[nodiscard]] QVariant previewData(const Conversation &conversation, int role) const;

    Session &m_session;
    RowWords m_words;
    PresenceChangeQueue m_queue;
    QMultiHash<UserId, ConversationId> m_conversationsWith; //!< of two people only
    mutable QCache<QString, QString> m_previews; //!< HTML -> one line
};

} // namespace presently
