// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QStringView>

#include <optional>

namespace presently::net {

//! \brief Writes compact ASCII JSON straight into bytes, for what is said very often: a list of
//! people costs a tenth of what it costs through QJsonObject. The bytes are those of toAsciiJson()
//! when the keys of each object come in alphabetical order.
//!
//! Units:     times as RFC 3339 in UTC with milliseconds.
//! Errors:    none; whoever calls closes what was opened, and gives keys that need no escape.
//! Threading: none; a plain value holder.
class JsonWriter
{
public:
    //! \a expectedBytes: room that is taken at once.
    explicit JsonWriter(qsizetype expectedBytes = 256) { m_bytes.reserve(expectedBytes); }

    // The outermost value, or an item of an array
    void beginObject() { begin('{'); }
    void beginArray() { begin('['); }
    void text(QStringView value);
    void text(QLatin1StringView value); //!< that needs no escape
    // Under a key of an object
    void beginObject(QLatin1StringView key);
    void beginArray(QLatin1StringView key);
    void text(QLatin1StringView key, QStringView value);
    void text(QLatin1StringView key, QLatin1StringView value); //!< that needs no escape
    void number(QLatin1StringView key, qint64 value);
    void boolean(QLatin1StringView key, bool value);
    void null(QLatin1StringView key);
    void time(QLatin1StringView key, WallTime value);
    void timeOrNull(QLatin1StringView key, const std::optional<WallTime> &value);

    void endObject() { end('}'); }
    void endArray() { end(']'); }

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    void begin(char bracket);
    void end(char bracket);
    void separate();
    void key(QLatin1StringView name);
    void quoted(QLatin1StringView value);
    void escaped(QStringView value);

    QByteArray m_bytes;
    bool m_isFirst = true; //!< of the innermost object or array
};

} // namespace presently::net
