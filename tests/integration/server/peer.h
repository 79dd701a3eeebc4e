// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/mtchat/frames.h"
#include "tests/support/testserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <functional>
#include <memory>
#include <optional>

namespace presently::test {

//! \brief A client of the tests: a real socket, and everything it heard.
class Peer
{
public:
    enum class Kind {
        Ours, //!< Authorization on the handshake: numbered frames, can resume
        Published, //!< ?token=, as the published client
    };

    explicit Peer(Kind kind = Kind::Ours)
        : m_kind(kind)
        , socket(std::make_unique<QWebSocket>())
    {
        QObject::connect(socket.get(), &QWebSocket::textMessageReceived, socket.get(),
            [this](const QString &text) {
                frames.append(QJsonDocument::fromJson(text.toUtf8()).object());
            });
    }

    //! Connects and waits for the first frame.
    bool open(TestServer &server, const QString &login,
        const QString &device = QStringLiteral("pc"), const QByteArray &state = {})
    {
        const QString token = server.token(login, device);
        return openWith(server, token, state);
    }
    bool openWith(TestServer &server, const QString &token, const QByteArray &state = {})
    {
        if (m_kind == Kind::Published)
            return openUrl(server.webSocketUrl(QStringLiteral("token=") + token));
        QNetworkRequest request(server.webSocketUrl());
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        if (!state.isEmpty())
            request.setRawHeader("X-Presently-State", state);
        socket->open(request);
        return waitForType(QStringLiteral("connected")).has_value();
    }
    bool openUrl(const QUrl &url)
    {
        socket->open(url);
        return waitForType(QStringLiteral("connected")).has_value();
    }

    void say(const QJsonObject &frame)
    {
        socket->sendTextMessage(
            QString::fromLatin1(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }
    void say(const net::mtchat::ClientFrame &frame)
    {
        socket->sendTextMessage(QString::fromLatin1(net::mtchat::encode(frame)));
    }
    void ping() { say(net::mtchat::PingRequest{}); }

    using Matches = std::function<bool(const QJsonObject &)>;
    //! The first frame from place \a from on that matches; waits for it.
    std::optional<QJsonObject> waitFor(
        const Matches &matches, qsizetype from = 0, int deadline = 5000)
    {
        const auto find = [&] {
            return std::find_if(
                       frames.cbegin() + std::min(from, frames.size()), frames.cend(), matches)
                - frames.cbegin();
        };
        (void)QTest::qWaitFor([&] { return find() < frames.size(); }, deadline);
        const auto place = find();
        return place < frames.size() ? std::optional(frames.at(place)) : std::nullopt;
    }
    std::optional<QJsonObject> waitForType(const QString &type, qsizetype from = 0)
    {
        return waitFor([&type](const QJsonObject &frame) { return isType(frame, type); }, from);
    }
    //! A presence.update about \a user with this boolean.
    std::optional<QJsonObject> waitForPresence(const UserId &user, bool online, qsizetype from = 0)
    {
        return waitFor(
            [&](const QJsonObject &frame) {
                return isPresenceOf(frame, user)
                    && frame.value(QLatin1String("is_online")).toBool() == online;
            },
            from);
    }
    //! Everything that was on its way has arrived when this returns: a pong has come after it.
    bool settle()
    {
        const qsizetype from = frames.size();
        ping();
        return waitForType(QStringLiteral("pong"), from).has_value();
    }
    bool waitForClose(int deadline = 5000)
    {
        return QTest::qWaitFor(
            [this] { return socket->state() == QAbstractSocket::UnconnectedState; }, deadline);
    }

    [[nodiscard]] qsizetype countPresence(const UserId &user, qsizetype from = 0) const
    {
        return std::count_if(frames.cbegin() + from, frames.cend(),
            [&user](const QJsonObject &frame) { return isPresenceOf(frame, user); });
    }
    [[nodiscard]] qsizetype countType(const QString &type, qsizetype from = 0) const
    {
        return std::count_if(frames.cbegin() + from, frames.cend(),
            [&type](const QJsonObject &frame) { return isType(frame, type); });
    }
    //! Breaks the connection without a close frame.
    void drop()
    {
        if (auto *tcp = socket->findChild<QAbstractSocket *>())
            tcp->abort();
    }

    [[nodiscard]] static bool isType(const QJsonObject &frame, const QString &type)
    {
        return frame.value(QLatin1String("type")).toString() == type;
    }
    [[nodiscard]] static bool isPresenceOf(const QJsonObject &frame, const UserId &user)
    {
        return isType(frame, QStringLiteral("presence.update"))
            && frame.value(QLatin1String("user_id")).toString() == user.value;
    }

private:
    Kind m_kind;

public:
    std::unique_ptr<QWebSocket> socket;
    QList<QJsonObject> frames;
};

//! \brief One finished REST call.
struct RestReply {
    int status = 0;
    QByteArray body;
    QByteArray retryAfter;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QJsonValue data() const { return json().value(QLatin1String("data")); }
};

//! \brief REST calls that are waited for.
class Rest
{
public:
    explicit Rest(TestServer &server)
        : m_server(server)
    {
    }

    RestReply get(const QString &path, const QString &token = {})
    {
        return finish(m_network.get(m_server.request(path, token)));
    }
    RestReply post(const QString &path, const QJsonObject &body, const QString &token = {})
    {
        return finish(m_network.post(m_server.request(path, token), bytes(body)));
    }
    RestReply put(const QString &path, const QJsonObject &body, const QString &token = {})
    {
        return finish(m_network.put(m_server.request(path, token), bytes(body)));
    }
    RestReply remove(const QString &path, const QString &token = {})
    {
        return finish(m_network.deleteResource(m_server.request(path, token)));
    }
    RestReply send(
        const QNetworkRequest &request, const QByteArray &verb, const QByteArray &body = {})
    {
        return finish(m_network.sendCustomRequest(request, verb, body));
    }

private:
    static QByteArray bytes(const QJsonObject &body)
    {
        return QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    static RestReply finish(QNetworkReply *reply)
    {
        const std::unique_ptr<QNetworkReply> owner(reply);
        (void)QTest::qWaitFor([reply] { return reply->isFinished(); }, 10'000);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            reply->readAll(), reply->rawHeader("Retry-After"), reply->error()};
    }

    TestServer &m_server;
    QNetworkAccessManager m_network;
};

} // namespace presently::test
