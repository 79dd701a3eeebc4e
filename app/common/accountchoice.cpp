// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/accountchoice.h"

#include <algorithm>

namespace presently::app {

std::optional<Account> chooseAccount(const ClientOptions &options, const Profile &profile)
{
    const bool hasToken = options.secretSource == SecretSource::TokenFile
        || options.secretSource == SecretSource::TokenOnStandardInput;
    if (options.server && (hasToken || !options.login.isEmpty()))
        return Account{*options.server, options.login};

    const QList<Account> known = profile.accounts();
    const auto fits = [&options](const Account &account) {
        return (!options.server || account.server == *options.server)
            && (options.login.isEmpty() || account.login == options.login);
    };
    const auto found = std::find_if(known.begin(), known.end(), fits);
    return found == known.end() ? std::nullopt : std::optional(*found);
}

RuntimeOptions runtimeOptions(const Profile &profile, const Account &account, DeviceType deviceType)
{
    RuntimeOptions options;
    options.account = account;
    options.device = profile.deviceId();
    options.deviceType = deviceType;
    options.cacheFile = profile.cacheFile(account);
    options.credentialLockFile = profile.credentialLockFile(account);
    return options;
}

} // namespace presently::app
