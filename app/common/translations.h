// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QCoreApplication;

namespace presently::app {

//! Speaks the language of the system to \a application, or English, whose plurals come from a
//! catalogue too. Call it once, before any text is made; \a application owns what is loaded.
void installTranslations(QCoreApplication &application);

} // namespace presently::app
