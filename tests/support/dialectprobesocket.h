// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobehttp.h"

#include <QWebSocket>

namespace presently::test {

//! \brief The WebSocket of a probe, with the ways in which one can end.
//!
//! Ownership: owns the socket.
//! Threading: the test's thread.
class ProbeSocket
{
    Q_DISABLE_COPY_MOVE(ProbeSocket)

public:
    using Take = std::function<void(const QByteArray &text)>;

    //! \a take gets every text message.
    explicit ProbeSocket(Take take);

    [[nodiscard]] bool open(const QUrl &url, const HttpFields &fields);
    void send(const QByteArray &text);
    //! Everything that the server said before it read this has been taken: a pong has come after it.
    [[nodiscard]] bool settle();
    [[nodiscard]] bool isOpen() const;
    //! The close code of the server; waits for it.
    [[nodiscard]] std::optional<int> waitForClose();

    void closeCleanly();
    void loseLink();
    //! Takes nothing any more, and so answers no ping.
    void fallSilent();

private:
    [[nodiscard]] QAbstractSocket *transport() const;

    QWebSocket m_socket;
    QByteArray m_lastPong;
    int m_pings = 0;
};

} // namespace presently::test
