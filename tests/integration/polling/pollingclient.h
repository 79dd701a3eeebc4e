// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/server/peer.h"

#include <QJsonArray>

namespace presently::test {

//! \brief An answer with its headers, names in lower case.
struct PollingAnswer {
    int status = 0;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QString text(QLatin1StringView key) const { return json().value(key).toString(); }
    [[nodiscard]] QList<qint64> users() const
    {
        QList<qint64> users;
        for (const QJsonValue &user : json().value(QLatin1String("online_users")).toArray())
            users.append(user.toInteger());
        return users;
    }
};

//! \brief A client of the dialect `polling`: each call is waited for, no redirect is followed.
class PollingClient
{
public:
    using Headers = QList<QNetworkReply::RawHeaderPair>;

    explicit PollingClient(TestServer &server)
        : m_server(server)
    {
        m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }

    [[nodiscard]] static Headers bearer(const QString &token)
    {
        return {{"Authorization", "Bearer " + token.toLatin1()}};
    }
    [[nodiscard]] static Headers cookie(const QString &token)
    {
        return {{"Cookie", "theme=dark; auth-token=" + token.toLatin1()}};
    }
    //! A device of \a login, signed in.
    [[nodiscard]] Headers as(const QString &login, const QString &device = QStringLiteral("pc"))
    {
        return bearer(m_server.token(login, device));
    }

    PollingAnswer call(const QByteArray &verb, const QString &path, const Headers &headers = {},
        const QByteArray &body = {})
    {
        QNetworkRequest request = m_server.request(path);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        // A clock that jumps ends connections that are kept for later.
        request.setRawHeader("Connection", "close");
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        const std::unique_ptr<QNetworkReply> reply(
            m_network.sendCustomRequest(request, verb, body));
        (void)QTest::qWaitFor([&] { return reply->isFinished(); }, 10'000);
        PollingAnswer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        for (const auto &[name, value] : reply->rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        return answer;
    }
    PollingAnswer beat(const Headers &headers, const QByteArray &body = "{}")
    {
        return call("POST", QStringLiteral("/api/chat/heartbeat/"), headers, body);
    }
    PollingAnswer leave(const Headers &headers)
    {
        return call("POST", QStringLiteral("/api/chat/mark-offline/"), headers, "{}");
    }
    PollingAnswer list(const Headers &headers, const QString &query = {})
    {
        return call("GET", QStringLiteral("/api/chat/online-users/") + query, headers);
    }

    //! How \a login is named in this dialect.
    [[nodiscard]] qint64 number(const QString &login) const
    {
        const auto person = m_server.database().people().find(m_server.key(login));
        return person ? person->ids.polling : 0;
    }
    [[nodiscard]] QList<qint64> numbers(const QStringList &logins) const
    {
        QList<qint64> numbers;
        for (const QString &login : logins)
            numbers.append(number(login));
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

private:
    TestServer &m_server;
    QNetworkAccessManager m_network;
};

} // namespace presently::test
