// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/requesthandler.h"

namespace presently::net {

HttpResponse RequestHandler::failure(int status, const QByteArray &reason)
{
    return HttpResponse::text(status, reason);
}

} // namespace presently::net
