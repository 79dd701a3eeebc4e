// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/qtacceptor.h"

#include "net/transport/qtconnection.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace presently::net {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ReadBufferBytes = 64LL * 1024;

Unexpected<Error> tlsFailure(const QString &file, const QString &detail)
{
    return Unexpected{Error{ErrorCode::TlsFailed, file, detail, {}}};
}

std::optional<QByteArray> contentsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

} // namespace

//! \brief QTcpServer with its hook turned into a call.
class QtAcceptor::Server final : public QTcpServer
{
public:
    explicit Server(QtAcceptor &owner)
        : m_owner(owner)
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_owner.takeDescriptor(descriptor); }

private:
    QtAcceptor &m_owner;
};

QtAcceptor::QtAcceptor(
    ConnectionTaker &taker, DeadlineQueue &deadlines, const AcceptorOptions &options)
    : GatedAcceptor(taker, deadlines, options)
    , m_server(std::make_unique<Server>(*this))
    , m_readBuffer(ReadBufferBytes, Qt::Uninitialized)
{
    m_server->setListenBacklogSize(options.backlog);
    QObject::connect(m_server.get(), &QTcpServer::acceptError, m_server.get(), [this] {
        // Qt asks again at once, for ever, when descriptors have run out.
        outOfDescriptors();
    });
}

QtAcceptor::~QtAcceptor() = default;

Expected<quint16, Error> QtAcceptor::listen(const QHostAddress &address, quint16 port)
{
    close();
    if (const auto loaded = loadTls(); !loaded)
        return Unexpected{loaded.error()};
    if (!m_server->listen(address, port)) {
        const bool isTaken = m_server->serverError() == QAbstractSocket::AddressInUseError;
        return Unexpected{Error{isTaken ? ErrorCode::Conflict : ErrorCode::Unreachable, {},
            m_server->errorString(), {}}};
    }
    watchBacklog(isOpen());
    return m_server->serverPort();
}

Expected<void, Error> QtAcceptor::loadTls()
{
    const TlsFiles &files = options().tls;
    if (files.isEmpty())
        return {};
    const auto certificate = contentsOf(files.certificate);
    if (!certificate)
        return tlsFailure(files.certificate, u"cannot be read"_s);
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificate);
    if (chain.isEmpty())
        return tlsFailure(files.certificate, u"holds no certificate"_s);
    const auto keyBytes = contentsOf(files.key);
    if (!keyBytes)
        return tlsFailure(files.key, u"cannot be read"_s);
    QSslKey key(*keyBytes, QSsl::Rsa);
    if (key.isNull())
        key = QSslKey(*keyBytes, QSsl::Ec);
    if (key.isNull())
        return tlsFailure(files.key, u"holds no RSA or EC key"_s);
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setLocalCertificateChain(chain);
    m_tls.setPrivateKey(key);
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    m_tls.setPeerVerifyMode(QSslSocket::VerifyNone); // clients show no certificate
    return {};
}

void QtAcceptor::takeDescriptor(qintptr descriptor)
{
    const bool secure = !options().tls.isEmpty();
    std::unique_ptr<QTcpSocket> socket
        = secure ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>();
    connectionOpened();
    // Qt takes the whole backlog in one go, past the cap: those are closed.
    const bool isOverCap = connectionCount() > options().maxConnections;
    if (!socket->setSocketDescriptor(descriptor) || isOverCap) {
        connectionClosed();
        return;
    }
    auto *tls = qobject_cast<QSslSocket *>(socket.get());
    if (tls)
        tls->setSslConfiguration(m_tls);
    handOver(std::make_unique<QtConnection>(std::move(socket), m_readBuffer, *this, deadlines()));
    if (tls && tls->state() == QAbstractSocket::ConnectedState)
        tls->startServerEncryption();
}

void QtAcceptor::close()
{
    m_server->close();
}

void QtAcceptor::watchBacklog(bool on)
{
    if (!m_server->isListening())
        return;
    if (on)
        m_server->resumeAccepting();
    else
        m_server->pauseAccepting();
}

} // namespace presently::net
