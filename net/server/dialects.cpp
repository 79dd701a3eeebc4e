// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/dialects.h"

#include "net/server/polling/pollingadapter.h"
#include "net/server/socketdialects/socketdialects.h"
#include "net/server/userstatus/userstatusadapter.h"

namespace presently::net {

std::vector<std::unique_ptr<DialectAdapter>> makeDialects(const DialectContext &context)
{
    std::vector<std::unique_ptr<DialectAdapter>> dialects;
    dialects.push_back(makePollingAdapter(context));
    dialects.push_back(makeUserStatusAdapter(context));
    dialects.push_back(makeSocketDialects(context));
    return dialects;
}

} // namespace presently::net
