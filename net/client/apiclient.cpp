// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/apiclient.h"

#include "net/client/logging.h"
#include "net/client/tlsconfiguration.h"
#include "net/client/urlpolicy.h"
#include "net/wire/mtchat/errors.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSaveFile>
#include <QTimer>

namespace presently::net {

struct ApiClient::Call {
    CallId id = 0;
    RestCall request;
    QPointer<QObject> context;
    Handler handler;
    QNetworkReply *reply = nullptr;
    QTimer *timer = nullptr;
    QByteArray body;
    int redirects = 0;
};

namespace {

constexpr auto RetryAfter = "Retry-After";
constexpr qint64 LongestRetryAfter = 3600; //!< seconds; nobody is sent away for longer

bool isTransfer(const RestCall &request)
{
    return request.file || request.sink;
}

Error transportError(const QNetworkReply &reply)
{
    const QString detail = QString::number(int(reply.error()));
    switch (reply.error()) {
    case QNetworkReply::SslHandshakeFailedError:
        return Error{ErrorCode::TlsFailed, {}, detail, {}};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return Error{ErrorCode::Timeout, {}, detail, {}};
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return Error{ErrorCode::ProtocolViolation, QStringLiteral("http"), detail, {}};
    default:
        return Error{ErrorCode::Unreachable, {}, detail, {}};
    }
}

std::optional<Milliseconds> retryAfterOf(const QNetworkReply &reply)
{
    bool isNumber = false;
    const qint64 seconds = reply.rawHeader(RetryAfter).trimmed().toLongLong(&isNumber);
    if (!isNumber || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds{std::min(seconds, LongestRetryAfter)};
}

QNetworkRequest networkRequest(const RestCall &request, const QByteArray &token)
{
    QNetworkRequest made(request.url);
    made.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    if (request.url.scheme() == QLatin1StringView("https"))
        made.setSslConfiguration(tlsConfiguration());
    if (!request.body.isEmpty() || request.file)
        made.setRawHeader("Content-Type",
            request.contentType.isEmpty() ? QByteArrayLiteral("application/octet-stream")
                                          : request.contentType);
    if (request.isAuthorised && !token.isEmpty())
        made.setRawHeader("Authorization", "Bearer " + token);
    for (const auto &[name, value] : request.headers)
        made.setRawHeader(name, value);
    return made;
}

bool hasCleanHeaders(const RestCall &request, const QByteArray &token)
{
    return isHeaderValue(token) && isHeaderValue(request.contentType)
        && std::all_of(request.headers.cbegin(), request.headers.cend(),
            [](const auto &header) { return isHeaderValue(header.second); });
}

} // namespace

ApiClient::ApiClient(Milliseconds deadline, Milliseconds transferDeadline, QObject *parent)
    : QObject(parent)
    , m_deadline(deadline)
    , m_transferDeadline(transferDeadline)
    , m_network(new QNetworkAccessManager(this))
{
}

ApiClient::~ApiClient()
{
    for (const std::shared_ptr<Call> &call : std::as_const(m_calls))
        drop(call);
}

ApiClient::CallId ApiClient::send(const RestCall &request, QObject *context, Handler handler)
{
    auto call = std::make_shared<Call>();
    call->id = m_nextId++;
    call->request = request;
    call->context = context;
    call->handler = std::move(handler);
    m_calls.insert(call->id, call);
    call->timer = new QTimer(this);
    call->timer->setSingleShot(true);
    call->timer->setInterval(isTransfer(request) ? m_transferDeadline : m_deadline);
    connect(call->timer, &QTimer::timeout, this, [this, id = call->id] {
        if (const auto late = m_calls.value(id))
            finish(late, Unexpected{Error{ErrorCode::Timeout, {}, {}, {}}});
    });
    call->timer->start();
    if (isAllowed(request.url) && hasCleanHeaders(request, m_token)) {
        launch(call);
    } else {
        QTimer::singleShot(0, this, [this, id = call->id] {
            if (const auto refused = m_calls.value(id))
                finish(refused, Unexpected{Error{ErrorCode::InvalidUrl, {}, {}, {}}});
        });
    }
    return call->id;
}

void ApiClient::cancel(CallId id)
{
    if (const auto call = m_calls.take(id))
        drop(call);
}

void ApiClient::renew()
{
    const QList<std::shared_ptr<Call>> calls = m_calls.values();
    for (const std::shared_ptr<Call> &call : calls)
        finish(call, Unexpected{Error{ErrorCode::Unreachable, {}, {}, {}}});
    // The old one may be on the stack below us.
    m_network->deleteLater();
    m_network = new QNetworkAccessManager(this);
}

void ApiClient::launch(const std::shared_ptr<Call> &call)
{
    const RestCall &request = call->request;
    const QNetworkRequest made = networkRequest(request, m_token);
    call->body.clear();
    if (request.file)
        call->reply = m_network->sendCustomRequest(made, request.method, request.file.get());
    else
        call->reply = m_network->sendCustomRequest(made, request.method, request.body);
    watch(call);
}

void ApiClient::watch(const std::shared_ptr<Call> &call)
{
    // By id: a call that was dropped in the meantime is not found any more.
    const auto withCall = [this, id = call->id](auto action) {
        if (const auto known = m_calls.value(id))
            action(known);
    };
    QNetworkReply *reply = call->reply;
    connect(reply, &QNetworkReply::finished, this,
        [this, withCall] { withCall([this](const auto &known) { onFinished(known); }); });
    connect(reply, &QNetworkReply::readyRead, this,
        [this, withCall] { withCall([this](const auto &known) { onReadyRead(known); }); });
    const auto onProgress = [withCall](qint64 done, qint64 total) {
        withCall([&](const auto &known) {
            if (isTransfer(known->request))
                known->timer->start();
            if (known->request.progress)
                known->request.progress(done, total);
        });
    };
    if (call->request.file)
        connect(reply, &QNetworkReply::uploadProgress, this, onProgress);
    else if (call->request.sink)
        connect(reply, &QNetworkReply::downloadProgress, this, onProgress);
}

void ApiClient::onReadyRead(const std::shared_ptr<Call> &call)
{
    const int status = call->reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray bytes = call->reply->readAll();
    if (call->request.sink && status >= 200 && status < 300) {
        if (call->request.sink->write(bytes) != bytes.size())
            finish(call, Unexpected{Error{ErrorCode::StorageFull, {}, {}, {}}});
        return;
    }
    if (call->body.size() + bytes.size() > LargestBody) {
        finish(call, Unexpected{Error{ErrorCode::TooLarge, QStringLiteral("body"), {}, {}}});
        return;
    }
    call->body += bytes;
}

void ApiClient::onFinished(const std::shared_ptr<Call> &call)
{
    QNetworkReply *reply = call->reply;
    if (reply->bytesAvailable() > 0)
        onReadyRead(call);
    if (!m_calls.contains(call->id))
        return; // too large
    const QVariant statusAttribute = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    const int status = statusAttribute.toInt();
    qCDebug(apiLog) << call->request.method << call->request.url.path() << status;
    if (!statusAttribute.isValid()) {
        finish(call, Unexpected{transportError(*reply)});
        return;
    }
    if (status >= 300 && status < 400) {
        redirect(call, reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
        return;
    }
    if (status < 200 || status >= 300) {
        finish(call, Unexpected{mtchat::errorFromReply(status, call->body, retryAfterOf(*reply))});
        return;
    }
    // A body that was cut off ends with an error beside a good status.
    if (reply->error() != QNetworkReply::NoError)
        finish(call, Unexpected{transportError(*reply)});
    else
        finish(call, RestReply{status, call->body});
}

//! Only to the same origin: nothing of ours, least of all the token, goes anywhere else.
void ApiClient::redirect(const std::shared_ptr<Call> &call, const QUrl &target)
{
    const QUrl next = call->request.url.resolved(target);
    const bool isPlainFetch = call->request.method == "GET" && !call->request.file;
    if (target.isEmpty() || !isPlainFetch || ++call->redirects > MostRedirects
        || !isSameOrigin(call->request.url, next)) {
        finish(call,
            Unexpected{Error{ErrorCode::ProtocolViolation, QStringLiteral("redirect"), {}, {}}});
        return;
    }
    call->reply->disconnect(this);
    call->reply->deleteLater();
    call->request.url = next;
    launch(call);
}

void ApiClient::finish(const std::shared_ptr<Call> &call, Expected<RestReply, Error> result)
{
    if (!m_calls.remove(call->id))
        return;
    drop(call);
    if (call->context && call->handler)
        call->handler(std::move(result));
}

void ApiClient::drop(const std::shared_ptr<Call> &call)
{
    call->timer->stop();
    call->timer->deleteLater();
    if (!call->reply)
        return;
    QNetworkReply *reply = std::exchange(call->reply, nullptr);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

} // namespace presently::net
