// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/bench/load/people.h"
#include "tests/bench/load/speaker.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace presently::bench {

//! \brief A server under load: a process that prints one line of JSON with its address when it is
//! ready, and can be killed and started again on the same port.
//!
//! Errors:    start() and restart() say why not in errorText().
//! Ownership: owns the process, which ends with this object.
class Subject
{
public:
    virtual ~Subject();

    //! Waits until it is ready.
    [[nodiscard]] virtual bool start();
    //! SIGKILL, and the same again at once; returns without waiting for it to be ready.
    [[nodiscard]] bool killAndRestart();

    [[nodiscard]] qint64 pid() const { return m_process->processId(); }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &errorText() const { return m_error; }
    //! Made when the server is up: it may need what the server told.
    [[nodiscard]] virtual std::unique_ptr<Speaker> makeSpeaker() const = 0;

protected:
    explicit Subject(QString name)
        : m_name(std::move(name))
    {
    }
    struct Command {
        QString program;
        QStringList arguments;
    };
    enum class Start { First, Again };
    [[nodiscard]] virtual Command command(Start start, quint16 port) const = 0;
    //! The first line of a process that has become ready.
    virtual void ready(const QByteArray &line);
    [[nodiscard]] bool launch(Start start);
    [[nodiscard]] bool waitUntilReady();
    void end();

private:
    void fail(const QString &text) { m_error = text; }

    QString m_name;
    QString m_error;
    std::unique_ptr<QProcess> m_process = std::make_unique<QProcess>();
    quint16 m_port = 0;
};

//! \brief `presently-server` with a database in a directory of its own.
class PresentlySubject final : public Subject
{
public:
    enum class Face {
        Published, //!< mtchat as the published client speaks it: `?user_id=`, no numbers
        SignedIn, //!< mtchat with tokens and numbered events, as our own clients speak it
        Devices, //!< Socket.IO
    };
    PresentlySubject(const Population &population, Face face);
    ~PresentlySubject() override;

    //! Twice: the first process fills the database, the second one is measured.
    [[nodiscard]] bool start() override;
    [[nodiscard]] std::unique_ptr<Speaker> makeSpeaker() const override;

private:
    [[nodiscard]] Command command(Start start, quint16 port) const override;
    void ready(const QByteArray &line) override;

    QTemporaryDir m_directory;
    Face m_face;
    std::vector<QByteArray> m_tokens;
};

//! \brief A real Redis on a free port of loopback that keeps nothing.
class Redis
{
public:
    ~Redis();
    [[nodiscard]] bool start();
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
};

//! \brief One of the servers of tests/bench/peers, on Node and Redis.
class PeerSubject final : public Subject
{
public:
    enum class Kind { WebSocket, SocketIo };
    PeerSubject(const Population &population, Kind kind, quint16 redis);

    //! What is missing on this machine; empty: nothing.
    [[nodiscard]] static QString whatIsMissing();
    [[nodiscard]] std::unique_ptr<Speaker> makeSpeaker() const override;

private:
    [[nodiscard]] Command command(Start start, quint16 port) const override;

    Population m_population;
    Kind m_kind;
    quint16 m_redis;
};

} // namespace presently::bench
