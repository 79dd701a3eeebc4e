// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobe.h"
#include "tests/support/dialectprobesocket.h"

#include <QJsonObject>

namespace presently::test {

//! \brief A client of `mtchat`: REST and one WebSocket, with the fields that ours adds.
class MtchatProbe final : public DialectProbe
{
public:
    MtchatProbe(TestServer &server, const QString &login, const QString &device);

    bool signIn() override { return signInOverMtchat(); }
    bool connect() override;
    bool beat() override;
    bool setStatus(IntentStatus status, const QString &text) override;
    bool sayOff() override;
    void closeCleanly() override { m_socket->closeCleanly(); }
    void loseLink() override { m_socket->loseLink(); }
    void fallSilent() override { m_socket->fallSilent(); }
    bool settle() override { return m_socket->settle(); }
    std::optional<Sighting> ask(const QString &login) override;
    QByteArrayList readEverything(const QString &login) override;
    bool isOpen() const override { return m_socket && m_socket->isOpen(); }

    //! A frame of any kind, as it is.
    void say(const QJsonObject &frame);
    [[nodiscard]] ProbeSocket &socket() { return *m_socket; }

private:
    void take(const QByteArray &text);
    [[nodiscard]] QString idOf(const QString &login) const;

    std::unique_ptr<ProbeSocket> m_socket;
    bool m_isGreeted = false;
    int m_pongs = 0;
    std::optional<QJsonObject> m_snapshot;
};

} // namespace presently::test
