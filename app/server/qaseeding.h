// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/seedapply.h"
#include "net/server/qa/qaseed.h"

#include <functional>

namespace presently::app {

//! How the control port fills its worlds: with \a own, or with the seed that it is asked for.
//! \a ownApplied hears what \a own has become.
[[nodiscard]] net::QaSeeding qaSeeding(
    Seed own, std::function<void(const AppliedSeed &applied)> ownApplied = {});

} // namespace presently::app
