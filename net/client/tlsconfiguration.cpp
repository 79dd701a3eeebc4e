// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/tlsconfiguration.h"

#include <QSslSocket>

namespace presently::net {

QSslConfiguration tlsConfiguration()
{
    static const QSslConfiguration configuration = [] {
        QSslConfiguration made;
        made.setProtocol(QSsl::TlsV1_2OrLater);
        made.setPeerVerifyMode(QSslSocket::VerifyPeer);
        // Named roots: loading them on demand is a default that is lost on the way to a socket.
        made.setCaCertificates(QSslConfiguration::systemCaCertificates());
        return made;
    }();
    return configuration;
}

} // namespace presently::net
