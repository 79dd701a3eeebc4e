// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/responder.h"

#include <utility>

namespace presently::net {

Responder::Slot::~Slot()
{
    answer(
        HttpResponse::text(500, QByteArrayLiteral("The request was dropped without an answer.")));
}

void Responder::Slot::answer(HttpResponse response)
{
    if (Target *waiting = std::exchange(target, nullptr))
        waiting->respond(std::move(response));
}

void Responder::respond(HttpResponse response) const
{
    if (m_slot)
        m_slot->answer(std::move(response));
}

} // namespace presently::net
