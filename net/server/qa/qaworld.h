// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/qa/expectations.h"
#include "net/server/qa/framelog.h"
#include "net/server/qa/offsetclock.h"
#include "net/server/qa/qaseed.h"
#include "net/server/qa/worldtime.h"
#include "net/server/server.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace presently::net {

//! \brief Somebody who can sign in to a world.
struct QaAccount {
    PersonRecord person;
    QString password;
    QString token; //!< of a device of its own; stays good over a reset
};

//! \brief One server under QA with a database, a clock and a port of its own.
//!
//! Its sockets live in real time, everything else by clock(): peers that answer pings are not lost
//! when the time is moved.
//! Errors:    start() and reset(), in words.
//! Ownership: owns database and server; borrows the real clock.
//! Threading: one thread with an event loop.
class QaWorld : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QaWorld)

public:
    QaWorld(QString name, ServerOptions options, std::shared_ptr<const QaTemplate> seed,
        const Clock &real, QObject *parent = nullptr);
    //! Ends at once, without goodbyes.
    ~QaWorld() override;

    [[nodiscard]] Expected<void, Error> start();
    //! Back to the seed on the same port: people, conversations, presence and clock. Connections
    //! break; tokens of accounts() stay good.
    [[nodiscard]] Expected<std::chrono::microseconds, Error> reset();

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] Server &server() { return *m_server; }
    [[nodiscard]] ServerDatabase &database() { return *m_database; }
    [[nodiscard]] AdjustableClock &clock() { return m_clock; }
    [[nodiscard]] WorldTime &time() { return m_time; }
    [[nodiscard]] const FrameLog &frames() const { return m_frames; }
    [[nodiscard]] Expectations &expectations() { return m_expectations; }
    [[nodiscard]] const QList<QaAccount> &accounts() const { return m_accounts; }
    //! By login, or by the id in any dialect. Errors: NotFound.
    [[nodiscard]] Expected<PersonRecord, Error> find(const QString &name);

Q_SIGNALS:
    //! server() goes: whatever works with it has to let go.
    void aboutToReset();
    //! server() is another one.
    void wasReset();

private:
    [[nodiscard]] Expected<void, Error> build();
    [[nodiscard]] Expected<std::unique_ptr<ServerDatabase>, Error> takeDatabase();
    void tearDown();
    [[nodiscard]] Expected<void, Error> makeAccounts();
    [[nodiscard]] Expected<void, Error> restoreSessions();
    void noteFrame(const FrameRecord &record);

    const QString m_name;
    ServerOptions m_options;
    const std::shared_ptr<const QaTemplate> m_seed;
    const Clock &m_real;
    const QByteArray m_secret; //!< signs the tokens, also after a reset
    AdjustableClock m_clock;
    FrameLog m_frames;
    Expectations m_expectations;
    WorldTime m_time;
    QList<QaAccount> m_accounts;
    QList<SessionRecord> m_sessions; //!< of the accounts
    std::unique_ptr<ServerDatabase> m_spare; //!< for the next reset; made when there is time
    QTimer m_spareDue;
    std::unique_ptr<ServerDatabase> m_database;
    std::unique_ptr<Server> m_server;
};

} // namespace presently::net
