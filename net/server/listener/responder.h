// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/response.h"

#include <memory>

namespace presently::net {

//! \brief The one answer to one request, now or later.
//!
//! Copies answer the same request; the first answer counts, later ones do nothing. Does no harm
//! when the client has gone or the server is no more. When the last copy goes without an answer,
//! the client gets a 500. Threading: the listener's thread, also for the destruction of the last
//! copy.
class Responder
{
public:
    //! \brief Where the answer goes; implemented by the listener.
    class Target
    {
    public:
        virtual void respond(HttpResponse response) = 0;

    protected:
        ~Target() = default;
    };
    //! \brief The knot between the copies and the target; the target cuts it when it goes.
    struct Slot {
        Slot() = default;
        Q_DISABLE_COPY_MOVE(Slot)
        ~Slot();
        void answer(HttpResponse response);
        Target *target = nullptr;
    };

    Responder() = default;
    explicit Responder(std::shared_ptr<Slot> slot)
        : m_slot(std::move(slot))
    {
    }

    void respond(HttpResponse response) const;
    void operator()(HttpResponse response) const { respond(std::move(response)); }
    //! Whether somebody still waits for the answer.
    [[nodiscard]] bool isAwaited() const { return m_slot && m_slot->target; }

private:
    std::shared_ptr<Slot> m_slot;
};

} // namespace presently::net
