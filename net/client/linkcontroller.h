// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/connectionmachine.h"
#include "net/client/linksocket.h"

#include <QObject>
#include <QRandomGenerator>
#include <QTimer>
#include <QUrl>

namespace presently::net {

//! \brief Runs the connection machine: one timer for its next deadline, one socket at a time.
//!
//! Ownership: owns its sockets; borrows \a clock.
//! Threading: the network thread.
class LinkController : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LinkController)

public:
    //! \a seed of the jitter; 0: from the system.
    LinkController(const Clock &clock, const LinkTerms &terms, Milliseconds closeDeadline,
        quint32 seed, QObject *parent = nullptr);
    ~LinkController() override;

    //! Where the next attempt goes and what it carries.
    void setTarget(const QUrl &socketUrl, const QByteArray &token);
    void setToken(const QByteArray &token) { m_token = token; }
    void feed(const link::Event &event);
    void send(const QByteArray &text);
    //! When the server said goodbye and how long to stay away.
    void setRetryAfter(std::optional<Milliseconds> retryAfter) { m_retryAfter = retryAfter; }

    [[nodiscard]] const link::State &state() const { return m_state; }
    [[nodiscard]] bool isWelcomed() const;
    [[nodiscard]] bool isCongested() const { return m_socket && m_socket->isCongested(); }
    [[nodiscard]] bool hasSockets() const { return m_socket || m_leaving > 0; }

Q_SIGNALS:
    void textReceived(const QByteArray &text);
    void stateChanged(); //!< after each step that changed what statusOf() says
    void linkLeft(); //!< was welcomed, is no longer
    void whyWanted(); //!< answer with ProbeAnswered
    void tokenWanted(); //!< answer with TokenRefreshed or RefreshFailed
    void signInWanted(const presently::Error &error);
    void beatWanted(presently::ActivityState activity);
    void goodbyeWanted();
    void socketsGone(); //!< the last closing socket has ended

private:
    void run(const link::Action &action);
    void openSocket();
    void letGo(LinkSocket *socket);
    void closeSocket(quint16 code);
    void abortSocket();
    void arm();
    [[nodiscard]] link::Moment moment();

    const Clock &m_clock;
    const LinkTerms m_terms;
    const Milliseconds m_closeDeadline;
    QRandomGenerator m_random;
    QTimer m_timer;
    link::State m_state;
    LinkSocket *m_socket = nullptr; //!< a child; null between attempts
    int m_leaving = 0; //!< sockets that are still saying goodbye
    QUrl m_url;
    QByteArray m_token;
    std::optional<Milliseconds> m_retryAfter;
};

} // namespace presently::net
