// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/commands.h"
#include "models/core/events.h"
#include "net/client/engineoptions.h"
#include "net/wire/mtchat/clientframes.h"

namespace presently::net {

class RestSession;

//! \brief What the parts of an Engine share with it.
class EngineHost
{
public:
    EngineHost() = default;
    EngineHost(const EngineHost &) = delete;
    EngineHost &operator=(const EngineHost &) = delete;
    virtual ~EngineHost() = default;

    [[nodiscard]] virtual const Clock &clock() const = 0;
    [[nodiscard]] virtual const EngineOptions &options() const = 0;
    [[nodiscard]] virtual RestSession &rest() = 0;
    [[nodiscard]] virtual const UserId &self() const = 0;
    //! Welcomed, and in sequence with the server.
    [[nodiscard]] virtual bool isOnline() const = 0;
    //! A number in [0, 1), for jitter.
    [[nodiscard]] virtual double random() = 0;
    virtual void say(const mtchat::ClientFrame &frame) = 0;
    virtual void tell(const Event &event) = 0;
    //! `action` is the name of the command; see CommandFailedEvent.
    void tellFailure(const QString &action, const Error &error)
    {
        tell(CommandFailedEvent{action, error});
    }
};

} // namespace presently::net
