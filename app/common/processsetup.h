// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace presently::app {

//! First thing in main(): names the program to Qt, makes every new file the owner's only, and in
//! release builds keeps tokens out of core dumps.
void prepareProcess();

//! Clients report to a person, not to a log: only warnings, unless QT_LOGGING_RULES asks for more.
void keepLogsQuiet();

} // namespace presently::app
