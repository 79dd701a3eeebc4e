// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/callbackresponder.h"

namespace presently::net {

namespace {

struct CallbackTarget final : Responder::Target {
    explicit CallbackTarget(std::function<void(HttpResponse)> done)
        : done(std::move(done))
    {
    }
    void respond(HttpResponse response) override { done(std::move(response)); }
    std::function<void(HttpResponse)> done;
};

//! The slot goes first: without an answer it still calls its target.
struct Knot {
    explicit Knot(std::function<void(HttpResponse)> done)
        : target(std::move(done))
    {
        slot.target = &target;
    }
    CallbackTarget target;
    Responder::Slot slot;
};

} // namespace

Responder makeResponder(std::function<void(HttpResponse)> done)
{
    const auto knot = std::make_shared<Knot>(std::move(done));
    return Responder(std::shared_ptr<Responder::Slot>(knot, &knot->slot));
}

} // namespace presently::net
