// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/engine.h"
#include "net/client/enginehost.h"
#include "net/client/framesequence.h"
#include "net/client/hydrator.h"
#include "net/client/linkcontroller.h"
#include "net/client/personactions.h"
#include "net/client/restsession.h"
#include "net/client/sendqueue.h"
#include "net/client/tokenkeeper.h"
#include "net/client/transfers.h"

namespace presently::net {

//! \brief The parts of an Engine and what joins them: frames become events here.
class Engine::Private final : public QObject, public EngineHost
{
public:
    Private(Engine &engine, const Clock &clock, const EngineOptions &options);

    // EngineHost
    [[nodiscard]] const Clock &clock() const override { return m_clock; }
    [[nodiscard]] const EngineOptions &options() const override { return m_options; }
    [[nodiscard]] RestSession &rest() override { return m_rest; }
    [[nodiscard]] const UserId &self() const override { return m_self.user; }
    [[nodiscard]] bool isOnline() const override;
    [[nodiscard]] double random() override { return m_random.generateDouble(); }
    void say(const mtchat::ClientFrame &frame) override;
    void tell(const Event &event) override;

    void begin(const Account &account);
    void end(const std::optional<Error> &cause);
    void signOut();
    void refreshToken();
    void askWhy();
    void beat(ActivityState activity);
    void onText(const QByteArray &text);
    void onWelcome(const mtchat::ConnectedFrame &connected);
    void onOutcome(const FrameSequence::Outcome &outcome);
    void onLinkLeft();
    void resync();
    void reportLink();
    void askWhoWeAre();
    void finishWhenGone();
    void finish();

    void on(const mtchat::ConnectedFrame &) { }
    void on(const mtchat::PongFrame &) { }
    void on(const mtchat::PresenceUpdateFrame &frame);
    void on(const mtchat::PresenceSnapshotFrame &frame);
    void on(const mtchat::MessageNewFrame &frame);
    void on(const mtchat::MessageEditedFrame &frame);
    void on(const mtchat::MessageDeletedFrame &frame);
    void on(const mtchat::MessageReadFrame &frame);
    void on(const mtchat::ParticipantJoinedFrame &frame);
    void on(const mtchat::ParticipantLeftFrame &frame);
    void on(const mtchat::ConversationArchivedFrame &frame);
    void on(const mtchat::ConversationUnarchivedFrame &frame);
    void on(const mtchat::ConversationChangedFrame &frame);
    void on(const mtchat::TypingFrame &frame);
    void on(const mtchat::ResyncFrame &frame);
    void on(const mtchat::ErrorFrame &frame);
    void on(const mtchat::GoodbyeFrame &frame);
    void on(const mtchat::UnknownFrame &frame);

    void handle(const OpenConversationCommand &command) { m_hydrator.open(command.conversation); }
    void handle(const CloseConversationCommand &command) { m_hydrator.close(command.conversation); }
    void handle(const LoadMessagesCommand &command) { m_hydrator.load(command); }
    void handle(const SendMessageCommand &command) { m_sendQueue.add(command.message); }
    void handle(const RetryMessageCommand &command) { m_sendQueue.retry(command.key); }
    void handle(const DiscardMessageCommand &command) { m_sendQueue.discard(command.key); }
    void handle(const UploadFileCommand &command) { m_transfers.upload(command); }
    void handle(const CancelUploadCommand &command) { m_transfers.cancel(command.key); }
    void handle(const DownloadAttachmentCommand &command) { m_transfers.download(command); }
    void handle(const TryNowCommand &) { m_link.feed(link::TryNow{}); }
    void handle(const SignOutCommand &) { signOut(); }
    template <typename Other>
    void handle(const Other &command)
    {
        m_actions.run(command);
    }

    Engine &m_engine;
    const Clock &m_clock;
    const EngineOptions m_options;
    QRandomGenerator m_random;
    ApiClient m_api;
    TokenKeeper m_tokens;
    RestSession m_rest;
    LinkController m_link;
    FrameSequence m_sequence;
    Hydrator m_hydrator;
    SendQueue m_sendQueue;
    Transfers m_transfers;
    PersonActions m_actions;
    QTimer m_resumeTimer; //!< how long the answer to a resume may take
    QTimer m_resyncTimer; //!< spaces resyncs after gaps
    QTimer m_quitTimer;
    std::optional<SteadyTime> m_resyncedAt;
    Account m_account;
    Person m_self;
    std::optional<mtchat::SessionTerms> m_terms; //!< none: the published server
    LinkStatus m_reported;
    std::optional<WallTime> m_lostAt;
    Milliseconds m_idleFor{0};
    SteadyTime m_idleAt;
    bool m_isQuitting = false;
    bool m_isFinished = false;
};

} // namespace presently::net
