// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/httphead.h"

#include <QByteArrayView>

#include <optional>

namespace presently::net {

enum class PlusSign { Literal, IsSpace };

//! Percent-decodes UTF-8. None for a bad escape, invalid UTF-8 or U+0000.
[[nodiscard]] std::optional<QString> percentDecoded(QByteArrayView text, PlusSign plus);

//! The segments of an absolute path ("/a/b" is {"a", "b"}). None for a path that does not begin
//! with '/', for a bad escape, and for the segments "." and "..", which no client of ours sends.
[[nodiscard]] std::optional<QStringList> decodedSegments(QByteArrayView path);

//! The items of what stands behind '?'. A name without '=' has an empty value.
[[nodiscard]] std::optional<QueryItems> decodedQuery(
    QByteArrayView query, PlusSign plus = PlusSign::IsSpace);

} // namespace presently::net
