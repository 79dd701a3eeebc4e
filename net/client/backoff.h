// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

namespace presently::net {

//! \brief Full jitter: net/README.md, "Close codes".
struct BackoffTerms {
    Milliseconds base{500};
    Milliseconds cap{30'000};
};

//! The longest wait before try number \a attempt + 1, where \a attempt tries have failed:
//! min(cap, base * 2^attempt).
[[nodiscard]] Milliseconds backoffCeiling(const BackoffTerms &terms, int attempt);

//! A point between \a from and \a until, chosen by \a random in [0, 1).
[[nodiscard]] Milliseconds pickBetween(Milliseconds from, Milliseconds until, double random);

} // namespace presently::net
