// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/responder.h"

#include <functional>

namespace presently::net {

//! A responder whose one answer goes to \a done.
[[nodiscard]] Responder makeResponder(std::function<void(HttpResponse)> done);

} // namespace presently::net
