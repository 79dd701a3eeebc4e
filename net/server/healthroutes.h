// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <functional>

namespace presently::net {

class Router;

//! Whether the server is alive, whether it is ready, and its figures (for the holder of the admin
//! token). Everything borrowed must outlive the router.
void addHealthRoutes(
    Router &router, std::function<bool()> isReady, std::function<QByteArray()> figures);

} // namespace presently::net
