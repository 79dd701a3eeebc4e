// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/qaseeding.h"
#include "net/server/qa/qacontrol.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTest>
#include <QUrl>

#include <memory>

namespace presently::test {

//! \brief An answer of the control port.
struct QaAnswer {
    int status = 0; //!< 0: none came
    QByteArray body;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QJsonValue operator[](const char *key) const
    {
        return json().value(QLatin1String(key));
    }
};

//! \brief One call to the control port that may take its time: an expectation, for example.
class QaCall
{
public:
    explicit QaCall(QNetworkReply *reply)
        : m_reply(reply)
    {
    }
    [[nodiscard]] bool isAnswered() const { return m_reply->isFinished(); }
    //! Waits for the answer.
    QaAnswer answer(int deadline = 30'000)
    {
        (void)QTest::qWaitFor([this] { return m_reply->isFinished(); }, deadline);
        return {m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            m_reply->readAll()};
    }

private:
    std::unique_ptr<QNetworkReply> m_reply;
};

//! \brief The control port of a server under QA, in this process or another, as a test uses it.
//!
//! Needs a QCoreApplication.
class QaClient
{
public:
    //! \a world: "" for the server itself, else the name of a world.
    QaClient(const QUrl &url, const QByteArray &token, const QString &world = {})
        : m_url(url.toString()
            + (world.isEmpty() ? QStringLiteral("/qa") : QStringLiteral("/qa/worlds/") + world))
        , m_token(token)
    {
    }

    //! \a path below that of the world, "/clock".
    QaCall call(const QByteArray &verb, const QString &path, const QByteArray &body = {},
        const QList<QNetworkReply::RawHeaderPair> &headers = {})
    {
        QNetworkRequest request(QUrl(m_url + path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        request.setRawHeader("Authorization", "Bearer " + m_token);
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        return QaCall(m_network.sendCustomRequest(request, verb, body));
    }
    QaAnswer get(const QString &path) { return call("GET", path).answer(); }
    QaAnswer post(const QString &path, const QJsonObject &body = {})
    {
        return later(path, body).answer();
    }
    //! Asks and goes on: for what answers only once something has happened.
    QaCall later(const QString &path, const QJsonObject &body)
    {
        return call("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
    }
    QaAnswer remove(const QString &path) { return call("DELETE", path).answer(); }

    bool advance(std::chrono::milliseconds by)
    {
        return post(QStringLiteral("/clock/advance"), {{QStringLiteral("ms"), qint64(by.count())}})
                   .status
            == 200;
    }
    //! What others see of \a user now: "online", "away", "busy", "offline".
    QString statusOf(const QString &user)
    {
        return presence(user)
            .value(QLatin1String("seen_by_others"))
            .toObject()
            .value(QLatin1String("status"))
            .toString();
    }
    QJsonObject presence(const QString &user)
    {
        return get(QStringLiteral("/presence?user=") + user).json();
    }

private:
    const QString m_url;
    const QByteArray m_token;
    QNetworkAccessManager m_network;
};

//! \brief A server under QA in this process: the built-in seed, every port a free one.
class QaServer
{
public:
    QaServer()
    {
        options.listener.port = 0;
        options.auth.hashPasses = 1;
        options.auth.hashMemoryKib = 64;
        options.qa.enabled = true;
    }
    ~QaServer() { m_control.reset(); }

    net::ServerOptions options; //!< to be changed before start()

    //! False: see errorText().
    [[nodiscard]] bool start()
    {
        const auto seed = app::builtInSeed();
        if (!seed) {
            m_error = seed.error().field + u' ' + seed.error().detail;
            return false;
        }
        m_control = std::make_unique<net::QaControl>(options, app::qaSeeding(*seed), m_clock);
        const auto started = m_control->start();
        if (!started)
            m_error = started.error().field + u' ' + started.error().detail;
        return started.has_value();
    }
    [[nodiscard]] QString errorText() const { return m_error; }
    [[nodiscard]] net::QaControl &control() { return *m_control; }
    [[nodiscard]] net::QaWorld &world() { return m_control->mainWorld(); }
    //! The token of \a login in \a world.
    [[nodiscard]] static QString tokenOf(const net::QaWorld &world, const QString &login)
    {
        for (const net::QaAccount &account : world.accounts()) {
            if (account.person.login == login)
                return account.token;
        }
        return {};
    }

private:
    const SystemClock m_clock;
    QString m_error;
    std::unique_ptr<net::QaControl> m_control;
};

} // namespace presently::test
