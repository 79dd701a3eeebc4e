// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/presence/policy.h"

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace presently {

namespace {

constexpr Milliseconds None{0};

constexpr Policy Mtchat{
    .heartbeat = seconds{30},
    .timeToLive = seconds{60},
    .slack = seconds{15},
    .transportCheck = seconds{25},
    .closeGrace = seconds{3},
    .lostGrace = seconds{10},
    .streamEndMax = None,
    .idleTimeToLive = None,
};

constexpr Policy Friends{
    .heartbeat = seconds{30},
    .timeToLive = seconds{60},
    .slack = seconds{15},
    .transportCheck = seconds{45},
    .closeGrace = seconds{3},
    .lostGrace = seconds{10},
    .streamEndMax = None,
    .idleTimeToLive = None,
};

constexpr Policy UserStatus{
    .heartbeat = seconds{15},
    .timeToLive = seconds{30},
    .slack = None,
    .transportCheck = seconds{30},
    .closeGrace = None,
    .lostGrace = None,
    .streamEndMax = seconds{15},
    .idleTimeToLive = seconds{600},
    .beatAfterOff = BeatAfterOff::Refused,
};

constexpr Policy Polling{
    .heartbeat = seconds{120},
    .timeToLive = seconds{300},
    .slack = None,
    .transportCheck = None,
    .closeGrace = None,
    .lostGrace = None,
    .streamEndMax = None,
    .idleTimeToLive = None,
    .boundary = Boundary::Inclusive,
};

constexpr Policy Devices{
    .heartbeat = seconds{30},
    .timeToLive = seconds{120},
    .slack = None,
    .transportCheck = seconds{45},
    .closeGrace = seconds{3},
    .lostGrace = seconds{10},
    .streamEndMax = None,
    .idleTimeToLive = None,
};

constexpr std::array DialectNames{
    "mtchat"_L1, "friends"_L1, "userstatus"_L1, "polling"_L1, "devices"_L1};

Unexpected<Error> refused(std::size_t dialect, QLatin1StringView number, const QString &why)
{
    return Unexpected{
        Error{ErrorCode::InvalidField, DialectNames[dialect] + u'.' + number, why, std::nullopt}};
}

} // namespace

const PolicyTable &defaultPolicies()
{
    static constexpr PolicyTable Table{Mtchat, Friends, UserStatus, Polling, Devices};
    return Table;
}

Expected<void, Error> checkPolicies(const PolicyTable &policies)
{
    for (std::size_t dialect = 0; dialect < policies.size(); ++dialect) {
        const Policy &policy = policies[dialect];
        if (policy.heartbeat <= None)
            return refused(dialect, "heartbeat"_L1, u"must be positive"_s);
        if (2 * policy.heartbeat > policy.timeToLive) {
            return refused(dialect, "timeToLive"_L1, u"must be at least two heartbeats"_s);
        }
        if (policy.transportCheck > policy.timeToLive) {
            return refused(dialect, "transportCheck"_L1, u"must not be longer than timeToLive"_s);
        }
        for (const Milliseconds duration : {policy.slack, policy.transportCheck, policy.closeGrace,
                 policy.lostGrace, policy.streamEndMax, policy.idleTimeToLive}) {
            if (duration < None)
                return refused(dialect, "durations"_L1, u"must not be negative"_s);
        }
    }
    return {};
}

} // namespace presently
