// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/presence.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>
#include <QUrl>

class QAbstractSocket;
class QWebSocket;

namespace presently::net {

//! \brief One attempt at a WebSocket, from its opening to its end; never opened twice.
//!
//! Guards what QWebSocket leaves open: errors while connecting end the attempt, a close that the
//! peer does not answer is aborted, sizes are bounded both ways, a peer that does not read is
//! dropped. After `failed` or `closed` (exactly one of them, once) nothing more is said.
//! Ownership: owns the QWebSocket; go by deleteLater().
//! Threading: the network thread.
class LinkSocket : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LinkSocket)

public:
    static constexpr qint64 LargestIncoming = 1024 * 1024; //!< bytes, a frame or a message
    static constexpr qint64 HighMark = 256 * 1024; //!< queued bytes that pause what can wait
    static constexpr qint64 DropMark = 1024 * 1024; //!< queued bytes that end the link

    explicit LinkSocket(Milliseconds closeDeadline, QObject *parent = nullptr);
    ~LinkSocket() override;

    //! \a url must have passed isAllowed(); \a token stands in a header, never in the URL.
    void open(const QUrl &url, const QByteArray &token, ActivityState activity);
    void sendText(const QByteArray &text);
    void sendPing();
    [[nodiscard]] bool isCongested() const; //!< above HighMark: leave out what can wait
    void close(quint16 code);
    void abort(); //!< at once and without a word

Q_SIGNALS:
    void tcpUp();
    void opened();
    void textReceived(const QByteArray &text);
    void pongReceived();
    //! It never opened. \a wasAnswered: TCP was up and the server said something else than yes.
    void failed(const presently::Error &error, bool wasAnswered);
    //! It was open. 1006 without a close frame of the peer's.
    void closed(quint16 code);

private:
    void watchInnerSocket();
    void onError();
    void onDisconnected();
    [[nodiscard]] Error errorNow() const;

    QWebSocket *m_socket = nullptr;
    QTimer m_closeTimer;
    bool m_isDead = false; //!< queued signals of a socket on its way out say nothing
    bool m_isTcpUp = false;
    bool m_isOpen = false;
    bool m_isClosing = false;
};

} // namespace presently::net
