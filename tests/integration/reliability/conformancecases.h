// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/websocket/frame.h"

#include <QByteArray>
#include <QList>

//! \file
//! What RFC 6455 asks of an endpoint that echoes messages, as data: frames to send, and what must
//! come back. The masks are left to the runner, so that one table serves both roles.

namespace presently::test {

//! One frame of a case; `first` has FIN, reserved bits and the opcode.
struct CaseFrame {
    quint8 first = 0;
    QByteArray payload;
};

//! What has to come back after the echoes.
enum class CaseEnd {
    Open, //!< the connection lives: the runner closes it with 1000 and is answered
    Closed, //!< the peer's close is answered, whatever the code
    Failed, //!< the endpoint ends it, with the code below
};

struct ConformanceCase {
    QByteArray group; //!< of the kind that such suites are divided in
    QByteArray name;
    QList<CaseFrame> frames;
    QList<CaseFrame> answers;
    CaseEnd end = CaseEnd::Open;
    quint16 code = 0; //!< of Failed
    qsizetype chop = 0; //!< bytes a write; 0: all in one
};

QList<ConformanceCase> conformanceCases();

} // namespace presently::test
