// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>

class QFile;
class QIODevice;
class QNetworkAccessManager;
class QNetworkReply;
class QSaveFile;

namespace presently::net {

//! \brief One call of the REST API.
struct RestCall {
    QByteArray method = QByteArrayLiteral("GET");
    QUrl url;
    QByteArray body; //!< JSON, unless `file` is set
    QList<std::pair<QByteArray, QByteArray>> headers;
    bool isAuthorised = true; //!< carries the token
    //! Opened for reading: sent as the body. Files go by deleteLater(), after the reply.
    std::shared_ptr<QFile> file;
    QByteArray contentType = QByteArrayLiteral("application/json");
    std::shared_ptr<QSaveFile> sink; //!< opened for writing: takes the body of a good reply
    std::function<void(qint64 done, qint64 total)> progress;
};

//! \brief A reply with a status of 200 to 299.
struct RestReply {
    int status = 200;
    QByteArray body;
};

//! \brief HTTP to one server: bounded, with deadlines of its own, redirects by hand.
//!
//! Errors:    a handler is called exactly once, never before send() has returned, and not at all
//!            once its context is gone or the call was cancelled. Statuses outside 200 to 299 are
//!            errors with what the server said of them.
//! Ownership: owns its QNetworkAccessManager, and makes a new one when the network changed.
//! Threading: the network thread.
class ApiClient : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiClient)

public:
    using Handler = std::function<void(Expected<RestReply, Error>)>;
    using CallId = quint64;
    static constexpr qint64 LargestBody = 4 * 1024 * 1024; //!< bytes, when there is no sink
    static constexpr int MostRedirects = 3;

    //! \a deadline is for a whole call, or with a file for the time without progress.
    ApiClient(Milliseconds deadline, Milliseconds transferDeadline, QObject *parent = nullptr);
    ~ApiClient() override;

    void setToken(const QByteArray &token) { m_token = token; }
    CallId send(const RestCall &request, QObject *context, Handler handler);
    void cancel(CallId id);
    //! Cancels everything and starts with fresh connections (after sleep, or on another network).
    //! Calls in flight fail with Unreachable.
    void renew();

private:
    struct Call;
    void launch(const std::shared_ptr<Call> &call);
    void watch(const std::shared_ptr<Call> &call);
    void onReadyRead(const std::shared_ptr<Call> &call);
    void onFinished(const std::shared_ptr<Call> &call);
    void redirect(const std::shared_ptr<Call> &call, const QUrl &target);
    void finish(const std::shared_ptr<Call> &call, Expected<RestReply, Error> result);
    void drop(const std::shared_ptr<Call> &call);

    Milliseconds m_deadline;
    Milliseconds m_transferDeadline;
    QByteArray m_token;
    QNetworkAccessManager *m_network; //!< a child
    QHash<CallId, std::shared_ptr<Call>> m_calls;
    CallId m_nextId = 1;
};

} // namespace presently::net
