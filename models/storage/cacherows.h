// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/message.h"

#include <QList>
#include <QString>

namespace presently {

// Lists inside one column, as JSON. Reading is total: what cannot be understood is left out, as a
// damaged file may hold anything.

[[nodiscard]] QString attachmentsToText(const QList<Attachment> &attachments);
[[nodiscard]] QList<Attachment> attachmentsFromText(const QString &text);
[[nodiscard]] QString uploadsToText(const QList<UploadedFile> &files);
[[nodiscard]] QList<UploadedFile> uploadsFromText(const QString &text);

//! A stored number as the enumerator it was; \a fallback for one that does not exist.
template <typename Enum>
[[nodiscard]] Enum storedEnum(qint64 value, Enum last, Enum fallback)
{
    return value >= 0 && value <= static_cast<qint64>(last) ? static_cast<Enum>(value) : fallback;
}

} // namespace presently
