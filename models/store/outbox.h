// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/message.h"

#include <QObject>

namespace presently {

//! \brief Own messages that the server has not acknowledged, in the order of their making.
//!
//! The state of each: `failure` set means Delivery::Failed, otherwise Delivery::Pending. A message
//! leaves when the server has it or the person discards it; nothing else removes it.
//! Threading: the window's thread. The copy on disk is kept by `models/storage`.
class Outbox : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Outbox)

public:
    using QObject::QObject;

    //! At start, from disk; messages that are already here stay as they are.
    void restore(const QList<OutgoingMessage> &messages);
    void add(const OutgoingMessage &message);
    void fail(const IdempotencyKey &key, const Error &error);
    void retry(const IdempotencyKey &key); //!< pending again
    void remove(const IdempotencyKey &key); //!< sent or discarded
    void clear();

    [[nodiscard]] const OutgoingMessage *find(const IdempotencyKey &key) const;
    [[nodiscard]] const QList<OutgoingMessage> &messages() const { return m_messages; }
    [[nodiscard]] QList<OutgoingMessage> messages(const ConversationId &conversation) const;
    [[nodiscard]] static Delivery delivery(const OutgoingMessage &message)
    {
        return message.failure ? Delivery::Failed : Delivery::Pending;
    }

Q_SIGNALS:
    void added(const presently::OutgoingMessage &message);
    void changed(const presently::OutgoingMessage &message);
    void removed(const presently::OutgoingMessage &message);

private:
    [[nodiscard]] qsizetype indexOf(const IdempotencyKey &key) const;

    QList<OutgoingMessage> m_messages;
};

} // namespace presently
