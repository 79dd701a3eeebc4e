// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/socketdialects/socketidentity.h"

#include "net/server/logging.h"
#include "net/server/sessionservice.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

Expected<SocketIdentity, Error> identify(SessionService &sessions, const QList<QByteArray> &tokens)
{
    Error refusal{ErrorCode::MissingField, u"token"_s, u"no token was sent"_s, {}};
    for (const QByteArray &token : tokens) {
        if (token.isEmpty())
            continue;
        const auto checked = sessions.check(token);
        if (!checked) {
            qCDebug(serverLog) << "socket token refused:" << checked.error().detail;
            refusal = checked.error();
            continue;
        }
        SocketIdentity identity;
        identity.person = checked->person;
        if (const auto &session = checked->session) {
            identity.session = session->id;
            identity.device = session->device.id;
            identity.deviceType = session->device.type;
        } else {
            identity.expiresAt = checked->claims.expiresAt;
        }
        return identity;
    }
    return Unexpected{refusal};
}

} // namespace presently::net
