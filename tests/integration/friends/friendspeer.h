// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/server/peer.h"
#include "tests/support/socketioclient.h"

namespace presently::test {

//! \brief A client of `friends`: signed in by its cookie, in the namespace `/`.
class FriendsPeer : public SocketIoClient
{
public:
    bool open(
        TestServer &server, const QString &login, const QString &device = QStringLiteral("pc"))
    {
        return SocketIoClient::open(server.url(),
                   {{"Cookie",
                       "theme=dark; accessToken=" + server.token(login, device).toLatin1()}})
            && enter(MainSpace);
    }
    void beat() { say(QStringLiteral("heartbeat"), {}); }
    void say(const QString &name, const QJsonObject &payload) { sayIn(MainSpace, name, payload); }
    std::optional<QJsonArray> ask(const QString &name, const QJsonArray &arguments)
    {
        return askIn(MainSpace, name, arguments);
    }
    bool settle() { return settleIn(MainSpace); }

    //! A `friend_status_changed` about \a user; waits for it.
    std::optional<Heard> waitForStatus(
        const QString &user, const QString &status, qsizetype from = 0)
    {
        return waitFor(
            [&](const Heard &heard) {
                return isStatusOf(heard, user)
                    && heard.payload.value(QLatin1String("status")).toString() == status;
            },
            from);
    }
    [[nodiscard]] qsizetype countStatus(const QString &user, qsizetype from = 0) const
    {
        return std::count_if(events.cbegin() + from, events.cend(),
            [&user](const Heard &heard) { return isStatusOf(heard, user); });
    }

    inline static const QString MainSpace = QStringLiteral("/");

private:
    [[nodiscard]] static bool isStatusOf(const Heard &heard, const QString &user)
    {
        return heard.name == QStringLiteral("friend_status_changed")
            && heard.payload.value(QLatin1String("user_id")).toString() == user;
    }
};

//! How `friends` and `devices` call \a login.
inline QString objectId(TestServer &server, const QString &login)
{
    const auto person = server.database().people().find(server.key(login));
    return person ? person->ids.objectId : QString();
}

} // namespace presently::test
