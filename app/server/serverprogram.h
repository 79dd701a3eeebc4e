// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/personaplayer.h"
#include "app/server/qaprogram.h"
#include "app/server/serverarguments.h"
#include "models/storage/serverdatabase.h"
#include "net/server/server.h"

#include <QByteArray>
#include <QJsonValue>
#include <QLockFile>
#include <QObject>

#include <memory>

namespace presently::app {

//! \brief `presently-server` from its arguments to its end.
//!
//! Errors:    start() says which file, option or port it stumbled over.
//! Ownership: owns database and server.
//! Threading: the main thread.
class ServerProgram : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerProgram)

public:
    explicit ServerProgram(net::ServerOptions options, QObject *parent = nullptr);
    ~ServerProgram() override;

    //! Returns the line that tells whoever started us where we are and who can sign in.
    [[nodiscard]] Expected<QByteArray, Error> start();
    //! Goodbyes first; finished() when everybody has gone, or after a few seconds.
    void stop();

Q_SIGNALS:
    void finished();

private:
    [[nodiscard]] Expected<void, Error> applySeedTo(ServerDatabase &database);
    [[nodiscard]] Expected<QByteArray, Error> readyLine();
    [[nodiscard]] QJsonValue grpcAddress() const; //!< null: off
    [[nodiscard]] Expected<void, Error> lockData();

    net::ServerOptions m_options;
    SystemClock m_clock;
    Seed m_seed;
    AppliedSeed m_applied;
    std::unique_ptr<QLockFile> m_lock; //!< nobody else serves the same people
    std::unique_ptr<ServerDatabase> m_database;
    std::unique_ptr<net::Server> m_server;
    std::unique_ptr<PersonaPlayer> m_personas;
    std::unique_ptr<QaProgram> m_qa; //!< does it all, where QA was asked for
};

} // namespace presently::app
