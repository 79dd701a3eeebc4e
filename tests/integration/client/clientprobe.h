// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/uuid.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "net/client/engine.h"
#include "net/wire/mtchat/restpeople.h"

#include <QSignalSpy>
#include <QTest>

namespace presently::test {

//! \brief A client without a window: an Engine and a Session in the test's own thread.
class ClientProbe : public QObject
{
public:
    explicit ClientProbe(const QUrl &server, net::EngineOptions options = {})
        : session(m_clock)
        , engine(m_clock, options)
    {
        account.server = server;
        account.deviceName = QStringLiteral("probe");
        connect(&engine, &net::Engine::event, this, [this](const Event &event) {
            if (const auto *failed = std::get_if<CommandFailedEvent>(&event))
                failures.append(*failed);
            if (std::holds_alternative<PresenceHydrationStartedEvent>(event))
                ++hydrations;
            if (const auto *link = std::get_if<LinkChangedEvent>(&event))
                links.append(link->link);
            session.apply(event);
        });
        connect(&session, &Session::commandSubmitted, &engine, &net::Engine::handle);
        connect(&engine, &net::Engine::credentialsChanged, this,
            [this](const net::Credentials &changed) { credentials = changed; });
        connect(&engine, &net::Engine::signInNeeded, this,
            [this](const Error &error) { signInNeeded.append(error); });
        connect(&engine, &net::Engine::signInFailed, this,
            [this](const Error &error) { signInFailed.append(error); });
    }

    void start(const QString &token, const QString &device = QStringLiteral("pc"))
    {
        account.device = DeviceId{device};
        credentials.accessToken = token.toLatin1();
        engine.start(account, credentials);
    }
    void start(const net::mtchat::SessionGrant &grant)
    {
        credentials.refreshToken = grant.refreshToken.toLatin1();
        start(grant.token);
    }
    void signIn(const QString &login, const QString &password)
    {
        account.device = DeviceId{login + QStringLiteral("-probe")};
        engine.signIn(account, login, password);
    }

    [[nodiscard]] bool isOnline() const { return session.link().state == LinkState::Online; }
    //! Online, with the list and the presence of everybody.
    [[nodiscard]] bool isHydrated()
    {
        return isOnline() && session.conversations().isLoaded() && session.presence().isComplete();
    }
    [[nodiscard]] Status statusOf(const UserId &user)
    {
        return session.presence().presence(user).status;
    }
    IdempotencyKey write(const ConversationId &conversation, const QString &text)
    {
        OutgoingMessage message;
        message.key = IdempotencyKey{makeUuidV7(m_clock.wallNow())};
        message.conversation = conversation;
        message.content = QStringLiteral("<p>%1</p>").arg(text);
        message.composedAt = m_clock.wallNow();
        session.submit(SendMessageCommand{message});
        return message.key;
    }
    //! The texts of a conversation as the log shows them, in order.
    [[nodiscard]] QStringList texts(const ConversationId &conversation)
    {
        QStringList texts;
        const MessageLog &log = session.messages(conversation);
        for (int row = 0; row < log.count(); ++row) {
            if (log.at(row).message.kind == MessageKind::User)
                texts.append(log.at(row).message.content);
        }
        return texts;
    }
    [[nodiscard]] QUrl server() const { return account.server; }

    net::Account account;
    net::Credentials credentials;
    QList<CommandFailedEvent> failures;
    QList<LinkStatus> links;
    QList<Error> signInNeeded;
    QList<Error> signInFailed;
    int hydrations = 0;

private:
    SystemClock m_clock;

public:
    Session session;
    net::Engine engine;
};

//! Deadlines for tests: the same machine, faster.
inline net::EngineOptions quickOptions()
{
    net::EngineOptions options;
    options.link.backoff = {Milliseconds{20}, Milliseconds{200}};
    options.link.windowScale = 0.05;
    options.resyncSpacing = Milliseconds{200};
    options.seed = 7;
    return options;
}

} // namespace presently::test
