// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/tokenservice.h"
#include "tests/integration/server/peer.h"

#include <QJsonArray>
#include <QTemporaryFile>
#include <QUrlQuery>

namespace presently::test {

//! What a host application and our server share.
inline const QByteArray hostSecret = "the secret of the host application";

//! \brief A server that trusts the tokens of a host application and serves its web pages.
class HostedServer : public TestServer
{
public:
    explicit HostedServer(ServerTime time = ServerTime::System)
        : TestServer(time)
    {
        if (m_secrets.open())
            m_secrets.write(hostSecret + '\n');
        m_secrets.close();
        options.auth.jwtSecretFile = m_secrets.fileName();
        options.listener.allowedOrigins = {origin()};
    }
    [[nodiscard]] static QString origin() { return QStringLiteral("https://crm.example"); }

private:
    QTemporaryFile m_secrets;
};

//! \brief The published web client, as the server meets it: what it sends, header by header and
//! frame by frame, written down from its contract and from nothing of ours.
//!
//! It lives in a page of the host application, which signs its token. Every tab is a socket of its
//! own. It sends `user_id` beside the token, a content type also where there is no content, and the
//! scope with each call.
class PublishedClient
{
public:
    PublishedClient(TestServer &server, const QString &user, const QStringList &scope = {})
        : m_server(server)
        , m_user(user)
        , m_scope(scope)
    {
        const WallTime now = server.clock().wallNow();
        m_token = net::TokenService(hostSecret, {}, QStringLiteral("sub"))
                      .issue(UserId{user}, {}, {}, now, now + std::chrono::hours{8});
    }

    [[nodiscard]] QString user() const { return m_user; }

    //! A tab: the socket and, when it is not the first connection of the tab, the reload.
    std::unique_ptr<Peer> openTab()
    {
        auto tab = std::make_unique<Peer>(Peer::Kind::Published);
        QUrl url = m_server.url(QStringLiteral("/api/v1/ws?token=") + QString::fromLatin1(m_token));
        url.setScheme(QStringLiteral("ws"));
        QNetworkRequest request(url);
        request.setRawHeader("Origin", HostedServer::origin().toLatin1());
        request.setRawHeader("User-Agent", userAgent());
        tab->socket->open(request);
        return tab->waitForType(QStringLiteral("connected")) ? std::move(tab) : nullptr;
    }
    //! Opening a conversation: a frame that real servers ignore, and the two requests.
    void show(Peer &tab, const QString &dialog)
    {
        tab.say(QJsonObject{{QStringLiteral("type"), QStringLiteral("subscribe")},
            {QStringLiteral("dialog_id"), dialog}});
    }
    void turnAway(Peer &tab, const QString &dialog)
    {
        tab.say(QJsonObject{{QStringLiteral("type"), QStringLiteral("unsubscribe")},
            {QStringLiteral("dialog_id"), dialog}});
    }

    RestReply get(const QString &path, const QUrlQuery &query = {})
    {
        return send("GET", path, {}, query);
    }
    //! Actions without a body have none, not an empty object.
    RestReply post(const QString &path) { return send("POST", path, {}, {}); }
    RestReply post(const QString &path, const QJsonObject &body)
    {
        return send("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact), {});
    }
    RestReply put(const QString &path, const QJsonObject &body)
    {
        return send("PUT", path, QJsonDocument(body).toJson(QJsonDocument::Compact), {});
    }
    RestReply remove(const QString &path) { return send("DELETE", path, {}, {}); }

    //! Three steps: a place, the raw file into it, and what a message then says of it.
    QJsonObject upload(
        const QString &dialog, const QString &name, const QString &type, const QByteArray &content)
    {
        const QJsonObject place = post(QStringLiteral("/upload/presign"),
            {{QStringLiteral("dialog_id"), dialog}, {QStringLiteral("filename"), name},
                {QStringLiteral("content_type"), type},
                {QStringLiteral("size"), qint64(content.size())}})
                                      .data()
                                      .toObject();
        QNetworkRequest request(QUrl(place.value(QLatin1String("upload_url")).toString()));
        request.setRawHeader("Content-Type", type.toLatin1());
        request.setRawHeader("Origin", HostedServer::origin().toLatin1());
        if (Rest(m_server).send(request, "PUT", content).status != 200)
            return {};
        return {{QStringLiteral("s3_key"), place.value(QLatin1String("s3_key"))},
            {QStringLiteral("filename"), name}, {QStringLiteral("content_type"), type},
            {QStringLiteral("size"), qint64(content.size())}};
    }
    //! Without any header of the API, as an image or a link of the page asks for it.
    RestReply download(const QString &url)
    {
        return Rest(m_server).send(QNetworkRequest(QUrl(url)), "GET");
    }

    //! `is_online` of the participants of \a dialog, by user: where its dots come from.
    QHash<QString, bool> dots(const QString &dialog)
    {
        QHash<QString, bool> result;
        const QJsonArray people
            = get(QStringLiteral("/dialogs/%1/participants").arg(dialog)).data().toArray();
        for (const QJsonValue &person : people)
            result.insert(person[QLatin1String("user_id")].toString(),
                person[QLatin1String("is_online")].toBool());
        return result;
    }

private:
    static QByteArray userAgent() { return "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"; }

    RestReply send(
        const QByteArray &verb, const QString &path, const QByteArray &body, QUrlQuery query)
    {
        query.addQueryItem(QStringLiteral("user_id"), m_user);
        QUrl url = m_server.url(QStringLiteral("/api/v1") + path);
        url.setQuery(query);
        QNetworkRequest request(url);
        request.setRawHeader("Content-Type", "application/json");
        request.setRawHeader("Authorization", "Bearer " + m_token);
        request.setRawHeader("X-Scope-Config", scopeHeader());
        request.setRawHeader("Origin", HostedServer::origin().toLatin1());
        request.setRawHeader("User-Agent", userAgent());
        return Rest(m_server).send(request, verb, body);
    }
    [[nodiscard]] QByteArray scopeHeader() const
    {
        const QJsonObject scope{
            {QStringLiteral("scope_level0"), QJsonArray::fromStringList(m_scope)},
            {QStringLiteral("scope_level1"), QJsonArray()},
            {QStringLiteral("scope_level2"), QJsonArray()}};
        return QJsonDocument(scope).toJson(QJsonDocument::Compact).toBase64();
    }

    TestServer &m_server;
    QString m_user;
    QStringList m_scope;
    QByteArray m_token;
};

} // namespace presently::test
