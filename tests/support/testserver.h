// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/serverdatabase.h"
#include "net/server/server.h"
#include "tests/support/manualclock.h"

#include <QCoreApplication>
#include <QHash>
#include <QNetworkRequest>
#include <QUrl>

#include <memory>

namespace presently::test {

//! Whose time a TestServer lives in.
enum class ServerTime { System, Manual };

//! \brief A real server in this process on a free port of loopback, with a few people.
//!
//! ana and bao are contacts and share the conversation "Team" with chi. dan shares only "Lunch" with
//! ana. eve shares nothing with anybody. Each password is `<login>-password`, each id `<login>-id`.
//! By default nothing is kept, graces and the hold-back are zero, and no limit of sign-ins is in the
//! way; change `options` before start().
//! Needs a QCoreApplication.
class TestServer
{
public:
    explicit TestServer(ServerTime time = ServerTime::System)
        : m_time(time)
    {
        options.listener.port = 0;
        options.auth.hashPasses = 1;
        options.auth.hashMemoryKib = 64;
        options.presence.graceClean = Milliseconds::zero();
        options.presence.graceLost = Milliseconds::zero();
        options.dialects.friends.graceClean = Milliseconds::zero();
        options.dialects.friends.graceLost = Milliseconds::zero();
        options.dialects.devices.graceClean = Milliseconds::zero();
        options.dialects.devices.graceLost = Milliseconds::zero();
        options.presence.holdBack = Milliseconds::zero();
        options.limits.login = {1000, Milliseconds{1}};
        options.limits.intent = {1000, Milliseconds{1}};
    }

    net::ServerOptions options;
    QStringList logins{QStringLiteral("ana"), QStringLiteral("bao"), QStringLiteral("chi"),
        QStringLiteral("dan"), QStringLiteral("eve")};

    //! Makes the people and listens. False: see errorText().
    [[nodiscard]] bool start()
    {
        if (!m_database && !makeDatabase())
            return false;
        m_server = std::make_unique<net::Server>(options, *m_database, clock());
        for (const QString &login : logins)
            m_server->setInitialPassword(key(login), password(login));
        const auto port = m_server->start();
        if (!port)
            m_error = port.error().field + u' ' + port.error().detail;
        return port.has_value();
    }
    //! Ends the server at once and starts it anew over the same database, on the same port.
    [[nodiscard]] bool restart()
    {
        options.listener.port = m_server ? m_server->port() : options.listener.port;
        kill();
        return start();
    }
    //! As if the process had died: connections break, nothing is said.
    void kill()
    {
        m_server.reset();
        m_tokens.clear();
    }

    [[nodiscard]] QString errorText() const { return m_error; }
    [[nodiscard]] net::Server &server() { return *m_server; }
    [[nodiscard]] ServerDatabase &database() { return *m_database; }
    [[nodiscard]] const Clock &clock() const
    {
        return m_time == ServerTime::Manual ? static_cast<const Clock &>(m_manual)
                                            : static_cast<const Clock &>(m_system);
    }
    //! Only with ServerTime::Manual: moves the time and does what is due then.
    void advance(Milliseconds by)
    {
        m_manual.advance(by);
        if (m_server)
            m_server->runDeadlines();
    }
    //! The same in steps of a second, as time really passes: pings are answered in between.
    void advanceSlowly(Milliseconds by)
    {
        const Milliseconds step{1000};
        for (Milliseconds left = by; left > Milliseconds::zero(); left -= step) {
            advance(std::min(step, left));
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        }
    }
    [[nodiscard]] ManualClock &manualClock() { return m_manual; }

    [[nodiscard]] static QString password(const QString &login)
    {
        return login + QStringLiteral("-password");
    }
    [[nodiscard]] UserId id(const QString &login) const
    {
        return UserId{login + QStringLiteral("-id")};
    }
    [[nodiscard]] PersonKey key(const QString &login) const { return m_keys.value(login); }
    //! The conversation of ana, bao and chi, and the one of ana and dan.
    [[nodiscard]] ConversationId team() const { return m_team; }
    [[nodiscard]] ConversationId lunch() const { return m_lunch; }

    //! A token of a device of \a login, the same one each time for the same device.
    [[nodiscard]] QString token(const QString &login, const QString &device = QStringLiteral("pc"))
    {
        QString &token = m_tokens[login + u'/' + device];
        if (token.isEmpty())
            token = grant(login, device).token;
        return token;
    }
    //! A new sign-in of a device of \a login.
    [[nodiscard]] net::mtchat::SessionGrant grant(
        const QString &login, const QString &device = QStringLiteral("pc"))
    {
        const DeviceInfo info{
            DeviceId{login + u'-' + device}, DeviceType::Desktop, device, QStringLiteral("TestOS")};
        const auto grant = m_server->grantSession(key(login), info, std::chrono::hours{1});
        return grant ? *grant : net::mtchat::SessionGrant{};
    }

    //! "http://127.0.0.1:PORT/api/v1/..." for \a path "/api/v1/...", with or without a query.
    [[nodiscard]] QUrl url(const QString &path = {}) const
    {
        return QUrl(m_server->url().toString() + path);
    }
    [[nodiscard]] QUrl webSocketUrl(const QString &query = {}) const
    {
        QUrl url = this->url(QStringLiteral("/api/v1/ws"));
        url.setScheme(QStringLiteral("ws"));
        if (!query.isEmpty())
            url.setQuery(query);
        return url;
    }
    [[nodiscard]] QNetworkRequest request(const QString &path, const QString &token = {}) const
    {
        QNetworkRequest request(url(path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        return request;
    }

private:
    bool makeDatabase()
    {
        auto opened = ServerDatabase::open(QStringLiteral(":memory:"));
        if (!opened) {
            m_error = opened.error().detail;
            return false;
        }
        m_database = *std::move(opened);
        const WallTime now = clock().wallNow();
        for (const QString &login : logins) {
            NewPerson person;
            person.login = login;
            person.displayName = login.left(1).toUpper() + login.mid(1);
            person.company = QStringLiteral("Acme");
            person.ids.mtchat = id(login);
            const auto added = m_database->people().add(person, now);
            if (!added) {
                m_error = added.error().detail;
                return false;
            }
            m_keys.insert(login, added->key);
        }
        return m_keys.size() < 5 || makeConversations(now);
    }

    bool makeConversations(WallTime now)
    {
        const auto make = [this, now](const QString &title, const QStringList &members) {
            NewConversation conversation;
            conversation.title = title;
            for (const QString &login : members) {
                NewParticipant participant;
                participant.person = key(login);
                conversation.participants.append(participant);
            }
            const auto added = m_database->conversations().add(conversation, now);
            if (!added)
                m_error = added.error().detail;
            return added ? added->id : ConversationId{};
        };
        m_team = make(QStringLiteral("Team"), logins.mid(0, 3));
        m_lunch = make(QStringLiteral("Lunch"), {logins.at(0), logins.at(3)});
        return !m_team.isEmpty() && !m_lunch.isEmpty()
            && m_database->people().addContact(key(logins.at(0)), key(logins.at(1)));
    }

    ServerTime m_time;
    SystemClock m_system;
    ManualClock m_manual;
    QString m_error;
    QHash<QString, PersonKey> m_keys;
    QHash<QString, QString> m_tokens;
    ConversationId m_team;
    ConversationId m_lunch;
    std::unique_ptr<ServerDatabase> m_database;
    std::unique_ptr<net::Server> m_server;
};

} // namespace presently::test
