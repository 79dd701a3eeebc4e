// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/core/message.h"
#include "models/store/liststore.h"

#include <QHash>
#include <QSet>

namespace presently {

//! \brief One row of a conversation: a message of the server, or one of our own on its way.
struct MessageEntry {
    Message message; //!< without an id while it is on its way
    Delivery delivery = Delivery::Sent;
    IdempotencyKey key; //!< set while it is on its way
    std::optional<Error> failure; //!< set in Delivery::Failed
};

//! \brief The part of one conversation that this client holds: one stretch without holes, oldest
//! first, then our own messages on their way.
//!
//! A page that does not touch the stretch replaces it rather than leave a hole that looks like
//! history; while newer messages exist that are not here (`hasMoreAfter`), live ones are not
//! appended.
//! Threading: the window's thread.
class MessageLog : public ListStore
{
    Q_OBJECT

public:
    //! \a self is whose own messages carry a Delivery.
    MessageLog(ConversationId conversation, UserId self, QObject *parent = nullptr);

    [[nodiscard]] const ConversationId &conversation() const { return m_conversation; }
    [[nodiscard]] int count() const override { return int(m_entries.size()); }
    [[nodiscard]] const MessageEntry &at(int row) const { return m_entries.at(row); }
    [[nodiscard]] int rowOf(const MessageId &id) const; //!< -1: not here
    [[nodiscard]] int rowOf(const IdempotencyKey &key) const; //!< -1: not on its way
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] bool hasMoreBefore() const { return m_hasMoreBefore; }
    [[nodiscard]] bool hasMoreAfter() const { return m_hasMoreAfter; }
    [[nodiscard]] std::optional<MessageId> firstId() const; //!< of the server's messages
    [[nodiscard]] std::optional<MessageId> lastId() const;
    //! Where "new messages" begins; stays until `clearFirstUnread`, so that the line does not jump.
    [[nodiscard]] std::optional<MessageId> firstUnread() const { return m_firstUnread; }
    void clearFirstUnread();

    void setSelf(const UserId &self);
    void apply(const MessagePage &page, PagePlacement placement);
    void add(const Message &message);
    void edit(const Message &message);
    void remove(const MessageId &id);
    void clear(); //!< as if never loaded
    //! The furthest message that somebody else has read.
    void setReadUpTo(const std::optional<MessageId> &id);

    void addOutgoing(const OutgoingMessage &message);
    void updateOutgoing(const OutgoingMessage &message);
    void removeOutgoing(const IdempotencyKey &key);
    //! The server has it: the row turns into \a message, in place where the order allows.
    void acknowledge(const IdempotencyKey &key, const Message &message);

Q_SIGNALS:
    void stateChanged(); //!< loaded, hasMoreBefore, hasMoreAfter or firstUnread

private:
    [[nodiscard]] int sentCount() const { return int(m_entries.size()) - m_outgoing; }
    [[nodiscard]] int lowerBound(const MessageId &id) const;
    [[nodiscard]] MessageEntry entryFor(const Message &message) const;
    [[nodiscard]] MessageEntry entryFor(const OutgoingMessage &message) const;
    [[nodiscard]] bool touches(const MessagePage &page, PagePlacement placement) const;
    void replaceWith(const MessagePage &page, PagePlacement placement);
    void mergePage(const MessagePage &page, PagePlacement placement);
    void removeMissing(const MessagePage &page);
    void put(const Message &message);
    void update(int row, const Message &message);
    void removeRow(int row);
    [[nodiscard]] Delivery deliveryOf(const Message &message) const;

    ConversationId m_conversation;
    UserId m_self;
    QList<MessageEntry> m_entries; //!< sent, sorted by id; then outgoing in their order
    int m_outgoing = 0;
    bool m_loaded = false;
    bool m_hasMoreBefore = true;
    bool m_hasMoreAfter = false;
    std::optional<MessageId> m_firstUnread;
    std::optional<MessageId> m_readUpTo;
    QSet<MessageId> m_deleted; //!< so that a late page does not bring them back
};

} // namespace presently
