// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QMenu;

namespace presently {
class Session;
}

namespace presently::ui {

//! Adds the person's lasting choices about their own presence to \a menu, where the server keeps
//! such choices.
void addPreferenceMenus(QMenu &menu, Session &session);

} // namespace presently::ui
