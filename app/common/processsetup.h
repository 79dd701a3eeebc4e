// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently::app {

//! First thing in main(): names the program to Qt, keeps its logs quiet, makes every new file the owner's only, and in
//! release builds keeps tokens out of core dumps.
void prepareProcess();

} // namespace presently::app
