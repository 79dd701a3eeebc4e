// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/userstatus/grpc/grpccredentials.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

Expected<QByteArray, Error> contentsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected{Error{ErrorCode::TlsFailed, path, u"cannot be read"_s, {}}};
    return file.readAll();
}

} // namespace

Expected<std::shared_ptr<grpc::ServerCredentials>, Error> makeGrpcCredentials(
    const NetworkOptions &options)
{
    if (options.tlsCertificate.isEmpty())
        return grpc::InsecureServerCredentials();
    const auto certificate = contentsOf(options.tlsCertificate);
    if (!certificate)
        return Unexpected{certificate.error()};
    const auto key = contentsOf(options.tlsKey);
    if (!key)
        return Unexpected{key.error()};
    // gRPC would take a file that is no certificate, and then refuse everybody.
    if (QSslCertificate::fromData(*certificate).isEmpty())
        return Unexpected{
            Error{ErrorCode::TlsFailed, options.tlsCertificate, u"holds no certificate"_s, {}}};
    if (QSslKey(*key, QSsl::Rsa).isNull() && QSslKey(*key, QSsl::Ec).isNull())
        return Unexpected{
            Error{ErrorCode::TlsFailed, options.tlsKey, u"holds no RSA or EC key"_s, {}}};
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
    tls.pem_key_cert_pairs.push_back({key->toStdString(), certificate->toStdString()});
    return grpc::SslServerCredentials(tls);
}

} // namespace presently::net
