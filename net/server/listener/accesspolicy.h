// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QList>

namespace presently::net {

//! Whether a request may name \a host (the value of the field, with or without a port). A web page
//! whose name was made to point at us (DNS rebinding) carries its own name here: only loopback, the
//! address we were reached at and configured names pass; "*" among them lets all pass.
[[nodiscard]] bool isHostAllowed(
    QByteArrayView host, const QHostAddress &local, const QList<QByteArray> &allowed);

//! Whether a WebSocket may be opened from a page of \a origin. Empty: not a browser.
[[nodiscard]] bool isOriginAllowed(QByteArrayView origin, const QList<QByteArray> &allowed);

//! Whether a page of \a origin came from the same name and port as \a host. The scheme may differ: a
//! proxy in front of us may speak TLS.
[[nodiscard]] bool isOwnOrigin(QByteArrayView origin, QByteArrayView host);

//! \brief How many connections each address has. Loopback is not counted; IPv6 counts by /64, which
//! one household or machine owns.
class AddressCensus
{
public:
    //! Counts one more; false, and not counted, when there are \a limit already (0: no limit).
    [[nodiscard]] bool enter(const QHostAddress &address, int limit);
    void leave(const QHostAddress &address);

private:
    QHash<QHostAddress, int> m_counts;
};

} // namespace presently::net
