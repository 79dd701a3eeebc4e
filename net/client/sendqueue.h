// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/message.h"
#include "net/client/apiclient.h"
#include "net/client/enginehost.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace presently::net {

//! \brief Sends our messages: each conversation in order, each message exactly once.
//!
//! A message keeps its Idempotency-Key over every try, so that one whose answer was lost is not
//! stored twice. Only a refusal that would be the same tomorrow makes it fail.
//! Threading: the network thread.
class SendQueue : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SendQueue)

public:
    explicit SendQueue(EngineHost &host, QObject *parent = nullptr);
    ~SendQueue() override;

    void add(const OutgoingMessage &message);
    void retry(const IdempotencyKey &key);
    void discard(const IdempotencyKey &key);
    void resume(); //!< the link is up: send what waits, now
    void clear();

    //! Whether \a message may be the one whose answer is still to come. It is then kept, and told
    //! behind the answer.
    [[nodiscard]] bool holds(const Message &message);

private:
    struct Lane;
    [[nodiscard]] Lane &lane(const ConversationId &conversation);
    void pump(Lane &lane);
    void post(Lane &lane);
    void onReply(Lane &lane, const Expected<RestReply, Error> &reply);
    void onFailure(Lane &lane, const Error &error);
    void releaseEchoes(Lane &lane, const MessageId &ours);

    EngineHost &m_host;
    std::map<ConversationId, std::unique_ptr<Lane>> m_lanes;
    QHash<IdempotencyKey, OutgoingMessage> m_failed;
};

} // namespace presently::net
