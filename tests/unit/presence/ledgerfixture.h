// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/presenceledger.h"
#include "tests/support/manualclock.h"

namespace presently::test {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr PersonKey Ada{1};
inline constexpr PersonKey Ben{2};

inline DeviceId device(const char *name)
{
    return {QString::fromLatin1(name)};
}

inline LedgerOptions withoutHoldBack()
{
    LedgerOptions options;
    options.holdBack = Milliseconds{0};
    options.epoch = 7;
    return options;
}

inline LeaseRequest desktop(
    PersonKey person, const char *name = "pc", ActivityState state = ActivityState::Active)
{
    LeaseRequest request;
    request.person = person;
    request.device = device(name);
    request.deviceType = DeviceType::Desktop;
    request.state = state;
    return request;
}

inline LeaseRequest over(Dialect dialect, Binding binding, const char *name = "pc")
{
    LeaseRequest request = desktop(Ada, name);
    request.dialect = dialect;
    request.binding = binding;
    return request;
}

inline Intent intent(
    IntentStatus status, const QString &message = {}, std::optional<WallTime> until = std::nullopt)
{
    return {status, message, until};
}

//! \brief A ledger whose time stands still until it is told otherwise.
struct LedgerFixture {
    explicit LedgerFixture(const LedgerOptions &options = withoutHoldBack())
        : ledger(clock, options)
    {
    }

    ManualClock clock;
    PresenceLedger ledger;

    //! Lets time pass in one leap, as after a late timer.
    void pass(Milliseconds by)
    {
        clock.advance(by);
        ledger.advance();
    }
    Status statusOf(PersonKey person) { return ledger.view(person).status; }
    bool isOnline(PersonKey person = Ada) { return ledger.view(person).isOnline(); }

    //! What others were told since the last look.
    std::vector<PresenceChange> told()
    {
        std::vector<PresenceChange> changes = ledger.takeChanges();
        std::erase_if(changes,
            [](const PresenceChange &change) { return change.audience != Audience::Everybody; });
        return changes;
    }
    void forget() { (void)ledger.takeChanges(); }
};

} // namespace presently::test
