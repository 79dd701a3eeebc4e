// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/framedecoder.h"
#include "tests/integration/reliability/conformancecases.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <optional>

namespace presently::test {

//! \brief One case over one connection that is upgraded already or about to be.
//!
//! Ownership: owns \a socket.
class CaseRun : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CaseRun)

public:
    //! \a role is the runner's own side: the tested endpoint has the other one.
    CaseRun(const ConformanceCase &testCase, QTcpSocket *socket, net::EndpointRole role);

    //! Sends the frames of the case; \a early are bytes that came with the upgrade.
    void begin(const QByteArray &early);
    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    //! Empty when the endpoint did as it should; otherwise what it did. An endpoint that may
    //! answer pings late is judged without regard to the order.
    [[nodiscard]] QByteArray verdict(bool inOrder) const;

Q_SIGNALS:
    void finished();

private:
    void send(const CaseFrame &frame, QByteArray &bytes) const;
    void read();
    void take(const net::FrameDecoder::Step &step);
    void close();
    void finish();

    const ConformanceCase m_case;
    const net::EndpointRole m_role;
    QTcpSocket *m_socket;
    net::FrameDecoder m_decoder;
    QTimer m_deadline;
    QList<CaseFrame> m_answers;
    std::optional<quint16> m_closeCode;
    bool m_hasBegun = false;
    bool m_hasClosed = false;
    bool m_isGarbled = false;
    bool m_isLate = false;
    bool m_isFinished = false;
};

} // namespace presently::test
