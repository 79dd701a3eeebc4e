// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/dialects.h"

namespace presently::net {

std::vector<std::unique_ptr<DialectAdapter>> makeDialects(const DialectContext &)
{
    return {};
}

} // namespace presently::net
