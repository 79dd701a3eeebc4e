// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/friends/friendspeer.h"

namespace presently::test {

//! \brief A client of `devices`: in the namespace `/chat` unless told otherwise.
class DevicesPeer : public SocketIoClient
{
public:
    explicit DevicesPeer(const QString &vocabulary = {}, const QString &space = Chat)
        : m_vocabulary(vocabulary)
        , m_space(space)
    {
    }

    bool open(
        TestServer &server, const QString &login, const QString &device = QStringLiteral("pc"))
    {
        QJsonObject auth{{QStringLiteral("token"), server.token(login, device)},
            {QStringLiteral("deviceId"), login + u'-' + device},
            {QStringLiteral("deviceType"), QStringLiteral("web")},
            {QStringLiteral("platform"), QStringLiteral("web")}};
        if (!m_vocabulary.isEmpty())
            auth.insert(QStringLiteral("presence"), m_vocabulary);
        return SocketIoClient::open(server.url(), {{"User-Agent", "TestBrowser/1"}})
            && enter(m_space, auth);
    }
    void say(const QString &name, const QJsonObject &payload) { sayIn(m_space, name, payload); }
    QJsonObject ask(const QString &name, const QJsonObject &payload)
    {
        const auto answer = askIn(m_space, name, {payload});
        return answer ? answer->first().toObject() : QJsonObject();
    }
    void beat() { say(QStringLiteral("user_heartbeat"), {}); }
    void wish(const QString &status, const QString &message = {})
    {
        say(QStringLiteral("update_presence"),
            {{QStringLiteral("status"), status}, {QStringLiteral("statusMessage"), message}});
    }
    bool settle() { return settleIn(m_space); }

    //! An event of this name about \a user; waits for it.
    std::optional<Heard> waitAbout(const QString &name, const QString &user, qsizetype from = 0)
    {
        return waitFor(
            [&](const Heard &heard) { return heard.name == name && isAbout(heard, user); }, from);
    }
    [[nodiscard]] qsizetype countAbout(const QString &user, qsizetype from = 0) const
    {
        return std::count_if(events.cbegin() + from, events.cend(),
            [&user](const Heard &heard) { return isAbout(heard, user); });
    }

    inline static const QString Chat = QStringLiteral("/chat");

private:
    [[nodiscard]] static bool isAbout(const Heard &heard, const QString &user)
    {
        return heard.payload.value(QLatin1String("userId")).toString() == user;
    }

    QString m_vocabulary;
    QString m_space;
};

} // namespace presently::test
