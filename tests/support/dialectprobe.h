// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "tests/support/dialectprobehttp.h"

#include <QByteArrayList>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace presently::test {

class TestServer;
struct DialectFace;

//! \brief What one dialect says of somebody; what it cannot say, or did not say, is left out.
struct Sighting {
    Status status = Status::Unknown;
    std::optional<QString> text = std::nullopt;
    std::optional<bool> autoAway = std::nullopt;
    std::optional<int> devices = std::nullopt;
    std::optional<WallTime> lastSeen = std::nullopt; //!< Never stands for "never, or not told"
    std::optional<OfflineReason> reason = std::nullopt;

    static constexpr WallTime Never{};
    bool operator==(const Sighting &) const = default;
};

//! For messages of tests: "away \"lunch\", 2 devices".
[[nodiscard]] QString toText(const Sighting &sighting);

//! \brief One push: whom it is about, and what it says.
struct Told {
    QString person; //!< as the dialect names people
    Sighting what;
};

//! \brief An honest client of one dialect, over real sockets and through the dialect's own sign-in.
//!
//! As somebody who is there: signIn(), connect(), beat(), setStatus(), sayOff() and three ways to
//! lose a connection. As somebody who watches: takeTold() has what was pushed, ask() reads. Where a
//! dialect lacks something (see DialectFace), the call does nothing and says so with false.
//! Errors:    false or none, after at most five seconds; error() says more.
//! Ownership: borrows the server, which may be restarted; connect() then connects anew.
//! Threading: the test's thread, whose event loop must turn.
class DialectProbe
{
    Q_DISABLE_COPY_MOVE(DialectProbe)

public:
    DialectProbe(TestServer &server, const QString &login, const QString &device);
    virtual ~DialectProbe();

    //! Through the sign-in that the dialect has; userstatus, which has none, takes the one of mtchat.
    [[nodiscard]] virtual bool signIn() = 0;
    //! In place of signIn(): a token of whatever origin.
    void useToken(const QByteArray &token) { m_token = token; }
    //! Opens what the dialect has to be open, and waits until the server has taken it.
    [[nodiscard]] virtual bool connect() { return true; }
    //! "I am here", taken by the server when this returns.
    [[nodiscard]] virtual bool beat() = 0;
    [[nodiscard]] virtual bool setStatus(IntentStatus, const QString & = {}) { return false; }
    //! The explicit end of this device.
    [[nodiscard]] virtual bool sayOff() { return false; }
    [[nodiscard]] bool arrive() { return signIn() && connect() && beat(); }

    virtual void closeCleanly() { } //!< as a program that ends
    virtual void loseLink() { } //!< the connection breaks
    virtual void fallSilent() { } //!< the machine stands still; the connection stays

    //! Everything that was on its way here has arrived when this returns, unless toldByStream().
    [[nodiscard]] virtual bool settle() { return true; }
    //! Whether pushes come on another way than settle() can wait for: await another one instead.
    [[nodiscard]] virtual bool toldByStream() const { return false; }
    //! Reads what the dialect has to say of \a login. None: it leaves the person out.
    [[nodiscard]] virtual std::optional<Sighting> ask(const QString &login) = 0;
    //! Everything that can be read of \a login, one answer after the other, as the bytes that came.
    [[nodiscard]] virtual QByteArrayList readEverything(const QString &login) = 0;

    [[nodiscard]] QList<Told> takeTold()
    {
        pull();
        return std::exchange(m_told, {});
    }
    [[nodiscard]] const QList<Told> &told()
    {
        pull();
        return m_told;
    }
    //! What was pushed since the last call, as the bytes that came.
    [[nodiscard]] QByteArrayList takePushed()
    {
        pull();
        return std::exchange(m_pushed, {});
    }
    [[nodiscard]] const QString &error() const { return m_error; }

    [[nodiscard]] const QString &login() const { return m_login; }
    [[nodiscard]] const QString &device() const { return m_device; }
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    [[nodiscard]] virtual bool isOpen() const { return false; }

protected:
    bool fail(const QString &what)
    {
        m_error = what;
        return false;
    }
    //! Takes over what has come on other threads.
    virtual void pull() { }
    void note(const QByteArray &pushed) { m_pushed.append(pushed); }
    void note(const Told &told) { m_told.append(told); }
    [[nodiscard]] HttpAnswer call(const QByteArray &method, const QString &path,
        const QByteArray &body = {}, const HttpFields &fields = {}) const;
    //! "Authorization: Bearer ..."
    [[nodiscard]] HttpFields bearer() const;
    [[nodiscard]] bool signInOverMtchat();

    TestServer &m_server;
    const QString m_login;
    const QString m_device;
    QByteArray m_token;

private:
    QList<Told> m_told;
    QByteArrayList m_pushed;
    QString m_error;
};

[[nodiscard]] std::unique_ptr<DialectProbe> makeProbe(
    const DialectFace &face, TestServer &server, const QString &login, const QString &device);

} // namespace presently::test
