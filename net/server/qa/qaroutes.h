// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently::net {

class QaControl;
class Router;

//! The routes of the control port: those of a world twice, below `/qa` for the server itself and
//! below `/qa/worlds/{}`. See net/server/qa/README.md.
void addQaRoutes(Router &router, QaControl &control);

} // namespace presently::net
