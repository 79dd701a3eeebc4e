// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/connectionmachine.h"

#include <algorithm>

namespace presently::net::link {

namespace {

template <typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

} // namespace

std::optional<SteadyTime> nextDeadline(const State &state)
{
    using Deadline = std::optional<SteadyTime>;
    return std::visit(
        Overloaded{
            [](const SignedOut &) { return Deadline{}; },
            [](const Stopped &) { return Deadline{}; },
            [](const Waiting &phase) { return Deadline{phase.tryAt}; },
            [](const Online &phase) {
                const SteadyTime liveness = phase.pongDeadline.value_or(phase.pingDueAt);
                return Deadline{std::min(liveness, phase.beatDueAt.value_or(liveness))};
            },
            [](const auto &phase) { return Deadline{phase.deadline}; },
        },
        state.phase);
}

LinkStatus statusOf(const State &state)
{
    return std::visit(Overloaded{
                          [](const SignedOut &phase) {
                              return LinkStatus{LinkState::SignedOut, phase.cause, {}, {}};
                          },
                          [](const Stopped &phase) {
                              return LinkStatus{LinkState::Stopped, phase.cause, {}, {}};
                          },
                          [](const Waiting &phase) {
                              return LinkStatus{LinkState::Waiting, phase.cause, phase.tryAt, {}};
                          },
                          [](const Online &) {
                              return LinkStatus{LinkState::Online, {}, {}, {}};
                          },
                          [](const Probing &phase) {
                              return LinkStatus{LinkState::Connecting, phase.refusal, {}, {}};
                          },
                          [](const auto &) {
                              return LinkStatus{LinkState::Connecting, {}, {}, {}};
                          },
                      },
        state.phase);
}

} // namespace presently::net::link
