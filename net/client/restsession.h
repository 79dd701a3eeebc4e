// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/client/apiclient.h"
#include "net/client/tokenkeeper.h"

#include <QJsonObject>
#include <QObject>
#include <QUrlQuery>

namespace presently::net {

//! \brief One question to the API of the account's server.
struct RestQuestion {
    QByteArray method = QByteArrayLiteral("GET");
    QString path; //!< under /api/v1, percent-encoded
    QUrlQuery query;
    std::optional<QJsonObject> body;
    QList<std::pair<QByteArray, QByteArray>> headers;
};

//! \brief The REST API as one person: an expired token is renewed once, and the call made again.
//!
//! Errors:    as ApiClient; a session that cannot be renewed is also told by `sessionLost`.
//! Ownership: borrows \a api and \a tokens.
//! Threading: the network thread.
class RestSession : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RestSession)

public:
    using Handler = ApiClient::Handler;

    RestSession(ApiClient &api, TokenKeeper &tokens, QObject *parent = nullptr);

    void setServer(const QUrl &server) { m_server = server; }
    //! The published server wants to be told who asks, on every call.
    void setUserParameter(const UserId &user) { m_user = user; }
    void ask(const RestQuestion &question, QObject *context, Handler handler);
    [[nodiscard]] ApiClient &api() { return m_api; }

    //! \a id as one segment of a path.
    [[nodiscard]] static QString segment(const QString &id);

Q_SIGNALS:
    void sessionLost(const presently::Error &error);

private:
    enum class Attempt { First, Second };
    void send(const RestQuestion &question, const QPointer<QObject> &context,
        const Handler &handler, Attempt attempt);
    [[nodiscard]] RestCall callFor(const RestQuestion &question) const;

    ApiClient &m_api;
    TokenKeeper &m_tokens;
    QUrl m_server;
    UserId m_user;
};

//! Whether \a error means that nobody but the person can help.
[[nodiscard]] bool endsSession(const Error &error);

} // namespace presently::net
