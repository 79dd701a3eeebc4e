// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"

#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace presently::app {

//! \brief A server of one's own for `--demo`: `presently-server` as a child with people who come
//! and go. It ends with this object, and also when this program dies.
//!
//! Errors:    `failed`, once: the program is missing, ends early, or is not ready in ten seconds.
//! Threading: the window's thread; never waits for the child.
class EmbeddedServer : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmbeddedServer)

public:
    //! What to tell a person when it failed.
    [[nodiscard]] static QString failureText(const Error &error);

    //! Who one is in the demo: the first person of the seed.
    struct Person {
        QUrl server;
        QString login;
        QString password;
        QByteArray token;
    };

    explicit EmbeddedServer(QObject *parent = nullptr);
    ~EmbeddedServer() override;

    void start();

Q_SIGNALS:
    void ready(const presently::app::EmbeddedServer::Person &person);
    void failed(const presently::Error &error);

private:
    void onOutput();
    void fail(const QString &detail);
    [[nodiscard]] static QString programPath();

    QProcess m_process;
    QTimer m_deadline;
    bool m_isDecided = false;
};

} // namespace presently::app
