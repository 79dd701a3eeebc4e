// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/linksocket.h"

#include "net/client/logging.h"
#include "net/client/tlsconfiguration.h"
#include "net/client/urlpolicy.h"
#include "net/wire/mtchat/closecodes.h"

#include <QAbstractSocket>
#include <QNetworkRequest>
#include <QWebSocket>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace presently::net {

namespace {

//! Written data that nobody acknowledges for so long ends the connection.
[[maybe_unused]] constexpr unsigned int UserTimeoutMs = 20'000;

QByteArray stateHeader(ActivityState activity)
{
    switch (activity) {
    case ActivityState::Hidden:
        return QByteArrayLiteral("hidden");
    case ActivityState::Locked:
        return QByteArrayLiteral("locked");
    case ActivityState::Active:
    case ActivityState::Idle:
        break;
    }
    return QByteArrayLiteral("active");
}

ErrorCode codeFor(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return ErrorCode::TlsFailed;
    case QAbstractSocket::SocketTimeoutError:
        return ErrorCode::Timeout;
    default:
        return ErrorCode::Unreachable;
    }
}

} // namespace

LinkSocket::LinkSocket(Milliseconds closeDeadline, QObject *parent)
    : QObject(parent)
{
    m_closeTimer.setSingleShot(true);
    m_closeTimer.setInterval(closeDeadline);
    connect(&m_closeTimer, &QTimer::timeout, this, [this] {
        qCInfo(linkLog) << "the peer does not answer our close; aborting";
        abort();
    });
}

LinkSocket::~LinkSocket()
{
    m_isDead = true;
}

void LinkSocket::open(const QUrl &url, const QByteArray &token, ActivityState activity)
{
    Q_ASSERT(!m_socket);
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    // All before open(): a cap that is set later does not hold for what has already come.
    m_socket->setMaxAllowedIncomingFrameSize(LargestIncoming);
    m_socket->setMaxAllowedIncomingMessageSize(LargestIncoming);
    m_socket->setOutgoingFrameSize(LargestIncoming);
    if (url.scheme() == QLatin1StringView("wss"))
        m_socket->setSslConfiguration(tlsConfiguration());
    connect(m_socket, &QWebSocket::connected, this, [this] {
        if (m_isDead)
            return;
        m_isOpen = true;
        Q_EMIT opened();
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (!m_isDead)
            Q_EMIT textReceived(text.toUtf8());
    });
    connect(m_socket, &QWebSocket::pong, this, [this] {
        if (!m_isDead)
            Q_EMIT pongReceived();
    });
    connect(m_socket, &QWebSocket::disconnected, this, &LinkSocket::onDisconnected);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(m_socket, &QWebSocket::errorOccurred, this, &LinkSocket::onError);
#else
    connect(m_socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), this,
        &LinkSocket::onError);
#endif
    if (!isHeaderValue(token)) {
        m_isDead = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                Q_EMIT failed(Error{ErrorCode::Internal, QStringLiteral("token"), {}, {}}, false);
            },
            Qt::QueuedConnection);
        return;
    }
    QNetworkRequest request(url);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    request.setRawHeader("X-Presently-State", stateHeader(activity));
    m_socket->open(request);
    watchInnerSocket();
}

//! The signal for "TCP is up" and the socket options are only to be had from the inner socket.
void LinkSocket::watchInnerSocket()
{
    auto *inner = m_socket->findChild<QAbstractSocket *>();
    if (!inner)
        return;
    connect(inner, &QAbstractSocket::connected, this, [this, inner] {
        if (m_isDead)
            return;
        m_isTcpUp = true;
        inner->setSocketOption(QAbstractSocket::LowDelayOption, 1);
#ifdef Q_OS_LINUX
        setsockopt(int(inner->socketDescriptor()), IPPROTO_TCP, TCP_USER_TIMEOUT, &UserTimeoutMs,
            sizeof UserTimeoutMs);
#endif
        Q_EMIT tcpUp();
    });
}

void LinkSocket::sendText(const QByteArray &text)
{
    if (m_isDead || !m_isOpen)
        return;
    if (m_socket->bytesToWrite() > DropMark) {
        qCWarning(linkLog) << "the peer does not read; dropping the link";
        m_isDead = true;
        m_socket->abort();
        Q_EMIT closed(mtchat::CloseCode::Abnormal);
        return;
    }
    m_socket->sendTextMessage(QString::fromLatin1(text));
}

void LinkSocket::sendPing()
{
    if (!m_isDead && m_isOpen)
        m_socket->ping();
}

bool LinkSocket::isCongested() const
{
    return m_socket && m_socket->bytesToWrite() > HighMark;
}

void LinkSocket::close(quint16 code)
{
    if (m_isDead || m_isClosing)
        return;
    m_isClosing = true;
    m_closeTimer.start();
    m_socket->close(QWebSocketProtocol::CloseCode(code));
}

void LinkSocket::abort()
{
    if (m_isDead || !m_socket)
        return;
    m_isDead = true;
    m_closeTimer.stop();
    m_socket->abort();
    if (m_isClosing)
        Q_EMIT closed(mtchat::CloseCode::Normal);
}

void LinkSocket::onError()
{
    // While connecting Qt stops here without a word more; once open, `disconnected` follows.
    if (m_isDead || m_isOpen)
        return;
    const Error error = errorNow();
    m_isDead = true;
    m_closeTimer.stop();
    const bool wasAnswered = m_isTcpUp && error.code != ErrorCode::TlsFailed;
    m_socket->abort();
    Q_EMIT failed(error, wasAnswered);
}

void LinkSocket::onDisconnected()
{
    if (m_isDead)
        return;
    const quint16 code = quint16(m_socket->closeCode());
    if (!m_isOpen) {
        onError();
        return;
    }
    m_isDead = true;
    m_closeTimer.stop();
    // Qt says 1000 when the peer just vanished; a frame of the peer's without a code is 1005.
    const bool isLost = code == mtchat::CloseCode::Normal && !m_isClosing;
    Q_EMIT closed(isLost ? mtchat::CloseCode::Abnormal : code);
}

Error LinkSocket::errorNow() const
{
    return Error{codeFor(m_socket->error()), {}, m_socket->errorString().left(200), {}};
}

} // namespace presently::net
