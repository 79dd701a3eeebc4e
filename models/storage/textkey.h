// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace presently {

//! \a text as it is compared and searched: composed, and without regard to case in any script.
[[nodiscard]] inline QString textKey(const QString &text)
{
    return text.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

} // namespace presently
