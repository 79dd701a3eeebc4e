// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/socketio/socketiobench.h"

#include <QList>

namespace presently::test {

//! \brief One thing that the published protocol documents ask of a server.
struct ConformanceCase {
    const char *name;
    void (*run)(SocketIoBench &bench); //!< fails by QVERIFY and its like
};

//! 24 cases: opening, messages, heartbeats, closing, the change to a WebSocket.
[[nodiscard]] QList<ConformanceCase> engineIoCases();
//! 16 cases: entering and leaving namespaces, events, answers, binary, packets that close.
[[nodiscard]] QList<ConformanceCase> socketIoCases();

} // namespace presently::test
