// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QUrl>

namespace presently {

enum class LinkVerdict {
    Open, //!< the text said where it goes
    Confirm, //!< allowed, but the text names another place, or the host looks like another
    Refuse, //!< not http, https or mailto, or no address at all
};

//! \brief What may be done with a link that somebody sent.
struct LinkDecision {
    LinkVerdict verdict = LinkVerdict::Refuse;
    QUrl url; //!< strictly parsed; empty when refused
    QString shownHost; //!< in punycode, for the question; for mailto the address
};

//! Judges \a href under the text \a shownText that people saw.
[[nodiscard]] LinkDecision judgeLink(QStringView href, QStringView shownText);

//! \a href as it may be stored in a message: its canonical form, or nothing when it is refused.
[[nodiscard]] QString allowedHref(QStringView href);

} // namespace presently
