// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/terminal/terminalstyle.h"
#include "models/core/conversation.h"
#include "models/core/link.h"
#include "models/core/presence.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace presently {
class Session;
}

namespace presently::app {

//! \brief One person as `who` and `watch` tell of them.
struct PersonLine {
    Person person;
    Presence presence;
    std::optional<WallTime> asOf; //!< since when nothing is known

    bool operator==(const PersonLine &) const = default;
};

//! Everybody else whom this account may see: those who are there first, then by name.
[[nodiscard]] QList<PersonLine> peopleOf(Session &session);
[[nodiscard]] PersonLine personLine(Session &session, const UserId &user);

//! A table, one person a row, after a line that says what it is true of.
[[nodiscard]] QString whoText(Session &session, const TerminalStyle &style);
//! {"as_of","link","people":[...]}: scripts rely on this shape; exact, nothing cleaned.
[[nodiscard]] QByteArray whoJson(Session &session);

//! "14:02:05 ● Ana Belova  Online (2 devices)"
[[nodiscard]] QString changeText(const PersonLine &line, WallTime now, const TerminalStyle &style);
[[nodiscard]] QByteArray changeJson(const PersonLine &line);
//! "14:02:31 -- Connection lost: ..."
[[nodiscard]] QString linkText(const LinkStatus &link, WallTime now, const TerminalStyle &style);

} // namespace presently::app
