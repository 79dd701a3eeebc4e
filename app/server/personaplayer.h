// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/seedapply.h"
#include "models/presence/lease.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace presently::net {
class Server;
struct HttpResponse;
} // namespace presently::net

namespace presently::app {

//! \brief Plays the personas of a seed, each over and over: they hold real leases, type and write
//! through the same routes as everybody else.
//!
//! Ownership: borrows the server, which must be running and outlive it.
//! Threading: the server's thread.
class PersonaPlayer : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PersonaPlayer)

public:
    PersonaPlayer(net::Server &server, const Clock &clock, QObject *parent = nullptr);
    ~PersonaPlayer() override;

    //! \a tokens are the access tokens of the people, by login.
    void start(const Seed &seed, const AppliedSeed &applied, const QHash<QString, QString> &tokens);

private:
    struct Actor;
    using Action = PersonaStep::Action;

    void addActor(const SeedPerson &person, const SeededPerson &seeded, const QString &token);
    void scheduleNext(Actor &actor);
    void play(Actor &actor);
    void come(Actor &actor, const PersonaStep &step);
    void leave(Actor &actor, const PersonaStep &step);
    void report(Actor &actor, const PersonaStep &step);
    void setStatus(Actor &actor, const PersonaStep &step);
    void say(Actor &actor, const PersonaStep &step);
    void read(Actor &actor, const PersonaStep &step);
    void beat();
    void call(const Actor &actor, const QByteArray &method, const QString &path,
        const QByteArray &body, std::function<void(const net::HttpResponse &)> done = {});

    net::Server &m_server;
    const Clock &m_clock;
    QHash<QString, ConversationId> m_conversations;
    std::vector<std::unique_ptr<Actor>> m_actors;
    QTimer m_beat;
};

} // namespace presently::app
