// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/socketiosettings.h"
#include "net/transport/deadlinequeue.h"

#include <QString>

#include <vector>

namespace presently::net::socketio {

class EngineSession;
class NamespaceHandler;

//! \brief A namespace and who decides about it, in their order.
struct Space {
    QString name;
    int index = 0;
    std::vector<NamespaceHandler *> handlers;
};

//! \brief What sessions and connections ask of the server that owns them.
class EngineHost
{
public:
    [[nodiscard]] virtual const SocketIoSettings &settings() const = 0;
    [[nodiscard]] virtual DeadlineQueue &deadlines() const = 0;
    //! Null: there is no such namespace. Good for the life of the server.
    [[nodiscard]] virtual const Space *space(const QString &name) const = 0;
    [[nodiscard]] virtual quint64 nextSocketId() = 0;
    //! A session entered its first namespace (-1), or left its last one, or began (+1).
    virtual void countUnconnected(int change) = 0;
    //! Forgets it. Whoever calls holds a share of it.
    virtual void sessionEnded(EngineSession &session) = 0;

protected:
    ~EngineHost() = default;
};

} // namespace presently::net::socketio
