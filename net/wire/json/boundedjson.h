// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

namespace presently::net {

//! \brief What is refused before a single value is built.
struct JsonLimits {
    qsizetype maxBytes = 64LL * 1024;
    int maxDepth = 32; //!< nested objects and arrays, the outermost counts as 1
};

//! \brief Reads one JSON document (RFC 8259) whose outermost value is an object or an array.
//!
//! Decoding is total. What RFC 8259 leaves open is settled so:
//! - duplicate keys: the last one wins, as in most readers (no security decision may rest on the
//! first);
//! - a lone surrogate (`"\ud800"`) becomes U+FFFD, so that no QString of ours holds half a
//! character;
//! - `"\u0000"` is kept as U+0000: whoever takes the text decides (names and messages refuse it);
//! - a number that a double cannot hold (`1e400`) is refused, never infinity.
//! Errors: TooLarge (`field` is "size" or "depth"), Malformed for everything else.
[[nodiscard]] Expected<QJsonDocument, Error> parseDocument(
    QByteArrayView bytes, const JsonLimits &limits = {});

//! The same for a document that must be an object.
[[nodiscard]] Expected<QJsonObject, Error> parseObject(
    QByteArrayView bytes, const JsonLimits &limits = {});

//! Compact JSON in ASCII alone: everything above U+007E is written as \uXXXX. A text frame may be
//! split inside a code point, and some peers decode each part by itself.
[[nodiscard]] QByteArray toAsciiJson(const QJsonObject &object);
[[nodiscard]] QByteArray toAsciiJson(const QJsonValue &value);

} // namespace presently::net
