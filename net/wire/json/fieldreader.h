// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <type_traits>

namespace presently::net {

//! \brief Reads the fields of one JSON object and remembers the first that could not be taken.
//!
//! Reading goes on after a failure with empty values; finish() gives the failure in place of the
//! value. So a shape is read field by field, and nothing of it is used unless all of it was good.
class FieldReader
{
public:
    using Key = QLatin1StringView;
    static constexpr qsizetype MaxIdBytes = 255;

    explicit FieldReader(const QJsonObject &object, const QString &path = {});

    [[nodiscard]] bool has(Key key) const; //!< present and not null
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    //! Names \a key as the one that cannot be taken.
    void refuse(Key key, const QString &detail, ErrorCode code = ErrorCode::InvalidField);

    [[nodiscard]] QString text(Key key);
    [[nodiscard]] QString textOr(Key key, const QString &fallback = {});
    [[nodiscard]] std::optional<QString> optionalText(Key key);
    [[nodiscard]] bool boolean(Key key);
    [[nodiscard]] std::optional<bool> optionalBoolean(Key key);
    //! Whole numbers within \a least and 2^53.
    [[nodiscard]] qint64 integer(Key key, qint64 least = 0);
    [[nodiscard]] std::optional<qint64> optionalInteger(Key key, qint64 least = 0);
    [[nodiscard]] Milliseconds milliseconds(Key key);
    [[nodiscard]] std::optional<Milliseconds> optionalMilliseconds(Key key);
    [[nodiscard]] WallTime time(Key key);
    [[nodiscard]] std::optional<WallTime> optionalTime(Key key);
    //! A time as whole milliseconds since 1970, up to the year 9999.
    [[nodiscard]] WallTime epochTime(Key key);
    [[nodiscard]] std::optional<WallTime> optionalEpochTime(Key key);
    [[nodiscard]] QJsonObject object(Key key);
    [[nodiscard]] QJsonArray array(Key key);
    [[nodiscard]] QStringList texts(Key key); //!< an absent list is an empty one

    template <typename IdType>
    [[nodiscard]] IdType id(Key key)
    {
        return IdType{idText(key)};
    }
    template <typename IdType>
    [[nodiscard]] std::optional<IdType> optionalId(Key key)
    {
        if (!has(key))
            return std::nullopt;
        return IdType{idText(key)};
    }

    //! An id of exactly 24 lower-case hexadecimal digits.
    template <typename IdType>
    [[nodiscard]] IdType objectId(Key key)
    {
        return IdType{objectIdText(key)};
    }

    //! The value under \a key by its own reader; its path is put behind this one's.
    template <typename Read>
    auto nested(Key key, Read read) -> typename std::invoke_result_t<Read, QJsonObject>::value_type
    {
        auto value = read(object(key));
        if (value)
            return *std::move(value);
        fail(value.error(), QString(key));
        return {};
    }
    //! Every element of the array under \a key; an absent array is an empty one.
    template <typename Read>
    auto each(Key key, Read read, qsizetype most)
        -> QList<typename std::invoke_result_t<Read, QJsonObject>::value_type>
    {
        QList<typename std::invoke_result_t<Read, QJsonObject>::value_type> values;
        const QJsonArray elements = has(key) ? array(key) : QJsonArray();
        if (elements.size() > most) {
            refuseSize(key);
            return values;
        }
        for (qsizetype i = 0; i < elements.size(); ++i) {
            const QString place = QStringLiteral("%1[%2]").arg(key).arg(i);
            auto value = readElement(elements[i], read);
            if (!value) {
                fail(value.error(), place);
                break;
            }
            values.append(*std::move(value));
        }
        return values;
    }

    //! \a value, unless a field could not be taken.
    template <typename T>
    [[nodiscard]] Expected<T, Error> finish(T value) const
    {
        if (m_error)
            return Unexpected{*m_error};
        return value;
    }

private:
    template <typename Read>
    static auto readElement(const QJsonValue &element, Read read)
        -> std::invoke_result_t<Read, QJsonObject>
    {
        if (!element.isObject())
            return Unexpected{
                Error{ErrorCode::InvalidField, {}, QStringLiteral("not an object"), {}}};
        return read(element.toObject());
    }

    [[nodiscard]] QString idText(Key key);
    [[nodiscard]] QString objectIdText(Key key);
    [[nodiscard]] QJsonValue required(Key key);
    [[nodiscard]] qint64 integerIn(const QJsonValue &value, Key key, qint64 least);
    [[nodiscard]] WallTime timeIn(const QJsonValue &value, Key key);
    [[nodiscard]] QString pathOf(const QString &field) const;
    void refuseSize(Key key);
    void fail(const Error &error, const QString &place);
    void set(ErrorCode code, const QString &field, const QString &detail);

    const QJsonObject m_object;
    QString m_path;
    std::optional<Error> m_error;
};

//! Whether \a text is 24 lower-case hexadecimal digits: the ids of `friends` and `devices`.
[[nodiscard]] bool isObjectId(QStringView text);

} // namespace presently::net
