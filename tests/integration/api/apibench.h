// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/serverdatabase.h"
#include "net/server/api/chatapi.h"
#include "net/server/api/router.h"
#include "net/wire/http/percentcoding.h"
#include "recordingbroadcaster.h"
#include "tests/support/manualclock.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QUrl>

namespace presently::test {

//! \brief What one call came back with.
struct ApiAnswer {
    int status = 0;
    net::HeaderList headers;
    QByteArray body;

    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QJsonObject data() const { return object().value(u"data").toObject(); }
    [[nodiscard]] QJsonArray rows() const { return object().value(u"data").toArray(); }
    [[nodiscard]] QString code() const
    {
        return object().value(u"error").toObject().value(u"code").toString();
    }
};

//! \brief The routes of the API over a database in memory, without sockets: people are signed in by
//! name. Person n of people() has the key n.
class ApiBench
{
public:
    ApiBench()
        : m_database(std::move(*ServerDatabase::open(QStringLiteral(":memory:"))))
        , context{*m_database, broadcaster, clock, m_files.path(), QByteArray(32, 'k'), {},
              1024 * 1024, 256 * 1024, {}}
    {
        net::addChatRoutes(router, context);
        net::addManagementRoutes(router, context);
        context.hashPassword = [](const QString &password, const auto &done) {
            done(Expected<QString, Error>(QStringLiteral("hash of ") + password));
        };
    }

    [[nodiscard]] ServerDatabase &database() { return *m_database; }

    PersonKey person(const char *name)
    {
        NewPerson person;
        person.login = QString::fromLatin1(name);
        person.displayName = QString::fromLatin1(name).toUpper();
        person.ids.mtchat = UserId{QString::fromLatin1(name)};
        const auto made = m_database->people().add(person, clock.wallNow());
        Q_ASSERT(made);
        return made->key;
    }

    struct Call {
        QByteArray method = "GET";
        QByteArray target; //!< below /api/v1, or a whole address of ours
        QByteArray who; //!< the mtchat id; empty: nobody (open and admin routes)
        std::optional<QJsonObject> body;
        net::HeaderList headers;
        QByteArray rawBody; //!< sent as a file when the route streams
    };

    ApiAnswer call(const Call &call)
    {
        net::HttpRequest http = request(call);
        const auto found = router.match(http.head);
        if (const auto *refused = std::get_if<net::HttpResponse>(&found))
            return {refused->status, refused->headers, refused->body};
        const auto &match = std::get<net::Router::Match>(found);
        if (match.route->plan) {
            const auto plan = match.route->plan(http.head, match.arguments);
            if (const auto *refused = std::get_if<net::RefuseRequest>(&plan))
                return {
                    refused->response.status, refused->response.headers, refused->response.body};
            http.bodyFile = streamed(std::get<net::StreamBody>(plan), call.rawBody);
            http.bodySize = call.rawBody.size();
        }
        net::ApiRequest asked{http, match.arguments, {}};
        if (match.route->access == net::RouteAccess::Person)
            asked.caller = caller(call.who);
        return answer(*match.route, asked);
    }

    ApiAnswer get(const QByteArray &who, const QByteArray &target, net::HeaderList headers = {})
    {
        return call({"GET", target, who, {}, std::move(headers), {}});
    }
    ApiAnswer post(const QByteArray &who, const QByteArray &target,
        const std::optional<QJsonObject> &body = {}, net::HeaderList headers = {})
    {
        return call({"POST", target, who, body, std::move(headers), {}});
    }
    ApiAnswer put(const QByteArray &who, const QByteArray &target, const QJsonObject &body)
    {
        return call({"PUT", target, who, body, {}, {}});
    }
    ApiAnswer remove(const QByteArray &who, const QByteArray &target)
    {
        return call({"DELETE", target, who, {}, {}, {}});
    }

    //! A conversation made by the Management API; its id.
    QByteArray conversation(const QList<QByteArray> &people, const QJsonArray &scopes = {})
    {
        QJsonArray participants;
        for (const QByteArray &who : people) {
            participants.append(QJsonObject{{QStringLiteral("user_id"), QString::fromUtf8(who)},
                {QStringLiteral("display_name"), QString::fromUtf8(who).toUpper()},
                {QStringLiteral("company"), QStringLiteral("Firm of ") + QString::fromUtf8(who)},
                {QStringLiteral("email"), QString::fromUtf8(who) + QStringLiteral("@a.example")}});
        }
        const ApiAnswer made = post({}, "/management/dialogs",
            QJsonObject{{QStringLiteral("object_id"), QStringLiteral("7")},
                {QStringLiteral("object_type"), QStringLiteral("tender")},
                {QStringLiteral("title"), QStringLiteral("The tender")},
                {QStringLiteral("participants"), participants},
                {QStringLiteral("access_scopes"), scopes}});
        (void)broadcaster.take();
        return made.data().value(u"id").toString().toLatin1();
    }

    //! Sends \a text; the id of the message.
    QByteArray message(const QByteArray &who, const QByteArray &conversation, const QString &text)
    {
        clock.advance(Milliseconds{10});
        const ApiAnswer sent = post(who, "/dialogs/" + conversation + "/messages",
            QJsonObject{{QStringLiteral("content"), text}});
        (void)broadcaster.take();
        return sent.data().value(u"id").toString().toLatin1();
    }

    ManualClock clock;
    RecordingBroadcaster broadcaster;

private:
    class Target final : public net::Responder::Target
    {
    public:
        void respond(net::HttpResponse response) override { answer = std::move(response); }
        std::optional<net::HttpResponse> answer;
    };

    [[nodiscard]] net::HttpRequest request(const Call &call) const
    {
        net::HttpRequest http;
        http.head.method = call.method;
        http.head.target
            = call.target.startsWith("http") ? call.target.mid(16) : "/api/v1" + call.target;
        const qsizetype mark = http.head.target.indexOf('?');
        http.head.rawPath = mark < 0 ? http.head.target : http.head.target.left(mark);
        http.head.segments = *net::decodedSegments(http.head.rawPath);
        if (mark >= 0)
            http.head.query = *net::decodedQuery(http.head.target.mid(mark + 1));
        http.head.headers = call.headers;
        http.head.headers.set("Host", "chat.test");
        if (call.body) {
            http.head.headers.set("Content-Type", "application/json");
            http.body = QJsonDocument(*call.body).toJson(QJsonDocument::Compact);
        } else if (!call.rawBody.isEmpty()) {
            http.body = call.rawBody;
            http.head.framing = net::BodyFraming::Length;
            http.head.contentLength = call.rawBody.size();
        }
        return http;
    }

    [[nodiscard]] net::Caller caller(const QByteArray &who)
    {
        const auto person
            = m_database->people().findById(PersonIdKind::Mtchat, QString::fromUtf8(who));
        Q_ASSERT(person);
        return {person->key, person->ids.mtchat, person->displayName, {}};
    }

    static QString streamed(const net::StreamBody &plan, const QByteArray &bytes)
    {
        QFile file(plan.directory + QStringLiteral("/body"));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return file.fileName();
    }

    static ApiAnswer answer(const net::Route &route, const net::ApiRequest &asked)
    {
        Target target;
        auto slot = std::make_shared<net::Responder::Slot>();
        slot->target = &target;
        route.handler(asked, net::Responder(slot));
        slot->target = nullptr;
        if (!target.answer)
            return {};
        ApiAnswer answer{target.answer->status, target.answer->headers, target.answer->body};
        if (target.answer->file) {
            QFile file(target.answer->file->path);
            if (file.open(QIODevice::ReadOnly))
                answer.body = file.readAll();
        }
        return answer;
    }

    QTemporaryDir m_files;
    std::unique_ptr<ServerDatabase> m_database;

public:
    net::ApiContext context;
    net::Router router;
};

} // namespace presently::test
