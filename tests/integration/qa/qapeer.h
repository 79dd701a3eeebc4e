// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/qacontrol.h"

#include <QJsonArray>
#include <QWebSocket>

#include <algorithm>

namespace presently::test {

//! \brief A device of somebody in a world: a real socket, and everything it heard.
class QaPeer
{
public:
    //! Connects and waits for the first frame.
    bool open(const QString &http, const QString &token)
    {
        QObject::connect(
            &socket, &QWebSocket::textMessageReceived, &socket, [this](const QString &text) {
                frames.append(QJsonDocument::fromJson(text.toUtf8()).object());
            });
        QUrl url(http + QStringLiteral("/api/v1/ws"));
        url.setScheme(QStringLiteral("ws"));
        QNetworkRequest request(url);
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        socket.open(request);
        return QTest::qWaitFor([this] { return !frames.isEmpty(); }, 5000);
    }
    bool open(net::QaWorld &world, const QString &login)
    {
        return open(world.server().url().toString(), QaServer::tokenOf(world, login));
    }

    void say(const QJsonObject &frame)
    {
        socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }
    void ping() { say({{QStringLiteral("type"), QStringLiteral("ping")}}); }
    //! Everything that was on its way has arrived when this returns.
    bool settle()
    {
        const qsizetype pongs = count(QStringLiteral("pong"));
        ping();
        return QTest::qWaitFor([&] { return count(QStringLiteral("pong")) > pongs; }, 5000);
    }
    [[nodiscard]] qsizetype count(const QString &type) const
    {
        return std::count_if(frames.cbegin(), frames.cend(), [&type](const QJsonObject &frame) {
            return frame.value(QLatin1String("type")).toString() == type;
        });
    }
    //! What was heard of \a user, oldest first.
    [[nodiscard]] QList<QJsonObject> heardOf(const UserId &user) const
    {
        QList<QJsonObject> heard;
        for (const QJsonObject &frame : frames) {
            if (frame.value(QLatin1String("type")).toString() == QLatin1String("presence.update")
                && frame.value(QLatin1String("user_id")).toString() == user.value)
                heard.append(frame);
        }
        return heard;
    }
    [[nodiscard]] bool isConnected() const
    {
        return socket.state() == QAbstractSocket::ConnectedState;
    }

    QList<QJsonObject> frames;
    QWebSocket socket; //!< goes first
};

//! A REST call in a world, waited for.
inline QaAnswer rest(
    const QByteArray &verb, const QString &url, const QString &token, const QJsonObject &body = {})
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(url)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    const QByteArray bytes
        = verb == "GET" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    return QaCall(network.sendCustomRequest(request, verb, bytes)).answer();
}

//! The conversations of somebody, each as "id last-message unread".
inline QStringList dialogsOf(const QString &http, const QString &token)
{
    const QJsonArray dialogs
        = rest("GET", http + QStringLiteral("/api/v1/dialogs"), token)["data"].toArray();
    QStringList told;
    for (const QJsonValue &value : dialogs) {
        const QJsonObject dialog = value.toObject();
        const QJsonObject last = dialog.value(QLatin1String("last_message")).toObject();
        told.append(QStringLiteral("%1 %2 %3")
                        .arg(dialog.value(QLatin1String("id")).toString(),
                            last.value(QLatin1String("id")).toString())
                        .arg(dialog.value(QLatin1String("unread_count")).toInt()));
    }
    return told;
}

inline UserId idOf(const net::QaWorld &world, const QString &login)
{
    for (const net::QaAccount &account : world.accounts()) {
        if (account.person.login == login)
            return account.person.ids.mtchat;
    }
    return {};
}

} // namespace presently::test
