// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/seed.h"
#include "app/server/seedjson.h"

namespace presently::app {

//! Reports to \a problem what does not fit together: names used twice, people, conversations and
//! messages that are spoken of and not there, messages out of order.
void checkSeed(const Seed &seed, SeedProblem &problem);

//! The logins that stand as `{@login}` in \a html.
[[nodiscard]] QStringList mentionedLogins(const QString &html);

} // namespace presently::app
