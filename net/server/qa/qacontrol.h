// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/qa/qahandler.h"
#include "net/server/qa/qaworld.h"

#include <QObject>
#include <QUrl>

#include <map>
#include <memory>

namespace presently::net {

class HttpServer;

//! \brief A server under QA: itself, further worlds beside it, and the port that controls them.
//!
//! See net/server/qa/README.md. The program makes one in place of its Server when QA is asked for.
//! Errors:    start() says in words what is in the way: a listener that others can reach, a data
//!            directory, a port in use.
//! Ownership: owns its worlds; borrows \a real, which must outlive it.
//! Threading: one thread with an event loop.
class QaControl : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QaControl)

public:
    static constexpr qsizetype MaxWorlds = 64;

    QaControl(
        ServerOptions options, QaSeeding seeding, const Clock &real, QObject *parent = nullptr);
    ~QaControl() override;

    [[nodiscard]] Expected<void, Error> start();
    //! Says goodbye in every world and closes the control port; stopped() when the server itself
    //! has no connection any more.
    void stop();

    //! "http://127.0.0.1:PORT".
    [[nodiscard]] QUrl url() const;
    //! Made at each start; told to nobody but who started us.
    [[nodiscard]] const QByteArray &token() const { return m_token; }

    //! The server itself. After start().
    [[nodiscard]] QaWorld &mainWorld() { return *m_main; }
    //! None: there is no such world. "main" is the server itself.
    [[nodiscard]] QaWorld *world(const QString &name);
    //! All but the server itself, in the order of their making.
    [[nodiscard]] QList<QaWorld *> worlds() const;
    //! Errors: Conflict when there are too many; else as the reader of seeds, or for the port.
    [[nodiscard]] Expected<QaWorld *, Error> makeWorld(const QByteArray &seed);
    //! False: there is no such world, or it is the server itself.
    bool endWorld(const QString &name);

Q_SIGNALS:
    void stopped();

private:
    [[nodiscard]] Expected<std::unique_ptr<QaWorld>, Error> startWorld(
        const QString &name, const ServerOptions &options, const QByteArray &seed);

    const ServerOptions m_options;
    const Clock &m_real;
    const QByteArray m_token;
    QaSeeds m_seeds;
    QaHandler m_handler;
    std::unique_ptr<QaWorld> m_main;
    std::map<quint64, std::unique_ptr<QaWorld>> m_worlds;
    quint64 m_lastWorld = 0;
    std::unique_ptr<HttpServer> m_listener; //!< goes first: nobody asks any more
};

} // namespace presently::net
