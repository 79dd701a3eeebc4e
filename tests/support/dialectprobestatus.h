// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/dialectprobe.h"

#include <memory>

namespace presently::test {

//! \brief A client of `userstatus` over gRPC, with a stream that watches everybody it may see.
//!
//! Threading: calls and callbacks of gRPC end on threads of its own; what they bring is taken over
//! in the test's thread.
class StatusProbe final : public DialectProbe
{
public:
    StatusProbe(TestServer &server, const QString &login, const QString &device);
    ~StatusProbe() override;

    bool signIn() override { return signInOverMtchat(); }
    bool connect() override;
    bool beat() override;
    bool setStatus(IntentStatus status, const QString &text) override;
    bool sayOff() override;
    void closeCleanly() override; //!< the stream
    void loseLink() override { closeCleanly(); } //!< the server cannot tell the two
    bool toldByStream() const override { return true; }
    std::optional<Sighting> ask(const QString &login) override;
    QByteArrayList readEverything(const QString &login) override;
    bool isOpen() const override;

    //! The last heartbeat was understood and refused.
    [[nodiscard]] bool wasRefused() const { return m_wasRefused; }
    //! The status of the last call that failed, as gRPC numbers it.
    [[nodiscard]] int failure() const { return m_failure; }
    //! Asks for ids, known or not; the bytes of the answer, or of the error.
    [[nodiscard]] QByteArray askMany(const QStringList &ids);
    [[nodiscard]] QByteArray askOne(const QString &id);
    //! Writes for somebody else.
    [[nodiscard]] bool beatFor(const QString &userId);
    [[nodiscard]] bool setFor(const QString &userId, int status);
    //! Waits for the end of the stream; its status.
    [[nodiscard]] std::optional<int> waitForEnd();

private:
    class Channel;
    struct Stream;

    static void keepCallbackThreads();
    [[nodiscard]] QString ownId() const;
    void pull() override;

    std::unique_ptr<Channel> m_channel;
    std::shared_ptr<Stream> m_stream;
    bool m_wasRefused = false;
    int m_failure = 0;
};

} // namespace presently::test
