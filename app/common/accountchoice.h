// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/clientruntime.h"
#include "app/common/commandline.h"
#include "app/common/profile.h"

#include <optional>

namespace presently::app {

//! The account that \a options name, or else the one last used; none: the person has to say.
//! A token needs no login: then it stays empty.
[[nodiscard]] std::optional<Account> chooseAccount(
    const ClientOptions &options, const Profile &profile);

[[nodiscard]] RuntimeOptions runtimeOptions(
    const Profile &profile, const Account &account, DeviceType deviceType);

} // namespace presently::app
