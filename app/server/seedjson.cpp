// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/seedjson.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {
namespace {

constexpr qint64 MaximumDays = 3650;

std::optional<Milliseconds> readDuration(const QString &text)
{
    static const QRegularExpression form(
        u"^(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,7})s)?$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (text.isEmpty() || !match.hasMatch())
        return std::nullopt;
    const auto part = [&](int index) { return match.captured(index).toLongLong(); };
    const std::chrono::seconds total = std::chrono::hours{part(1) * 24 + part(2)}
        + std::chrono::minutes{part(3)} + std::chrono::seconds{part(4)};
    if (total > std::chrono::hours{24 * MaximumDays})
        return std::nullopt;
    return total;
}

} // namespace

void SeedProblem::report(ErrorCode code, const QString &path, const QString &expected)
{
    if (!m_error)
        m_error = Error{code, u"%1: %2"_s.arg(m_fileName, path), expected, {}};
}

void SeedJson::report(const QString &expected) const
{
    m_problem->report(ErrorCode::InvalidField, m_path, u"expected "_s + expected);
}

void SeedJson::reportOneOf(const QStringList &words) const
{
    report(u"one of "_s + words.join(u", "_s));
}

void SeedJson::expectObject(std::initializer_list<QLatin1StringView> keys) const
{
    if (!m_value.isObject()) {
        report(u"an object"_s);
        return;
    }
    for (const QString &key : this->keys()) {
        if (std::ranges::none_of(keys, [&](QLatin1StringView known) { return key == known; }))
            at(key).report(u"no such key here"_s);
    }
}

bool SeedJson::has(QLatin1StringView key) const
{
    return m_value.toObject().contains(key);
}

SeedJson SeedJson::at(QLatin1StringView key) const
{
    return at(QString(key));
}

SeedJson SeedJson::at(const QString &key) const
{
    return {m_value.toObject().value(key), m_path + u'.' + key, *m_problem};
}

QStringList SeedJson::keys() const
{
    return m_value.toObject().keys();
}

QString SeedJson::text() const
{
    if (!m_value.isString())
        report(u"a string"_s);
    return m_value.toString();
}

qint64 SeedJson::number(qint64 lowest, qint64 highest) const
{
    const double value = m_value.toDouble(std::nan(""));
    if (!(value >= double(lowest) && value <= double(highest)) || value != std::floor(value)) {
        report(u"a whole number from %1 to %2"_s.arg(lowest).arg(highest));
        return lowest;
    }
    return static_cast<qint64>(value);
}

QString SeedJson::text(QLatin1StringView key) const
{
    return has(key) ? at(key).text() : QString();
}

QString SeedJson::requiredText(QLatin1StringView key) const
{
    if (!has(key))
        m_problem->report(ErrorCode::MissingField, at(key).path(), u"expected a string"_s);
    const QString found = text(key);
    if (found.isEmpty())
        at(key).report(u"some text"_s);
    return found;
}

QStringList SeedJson::texts(QLatin1StringView key) const
{
    QStringList list;
    for (const SeedJson &item : items(key))
        list.append(item.text());
    return list;
}

QList<SeedJson> SeedJson::items(QLatin1StringView key) const
{
    QList<SeedJson> list;
    if (!has(key))
        return list;
    const SeedJson member = at(key);
    if (!member.m_value.isArray())
        member.report(u"a list"_s);
    int index = 0;
    for (const QJsonValue &value : member.m_value.toArray())
        list.append(SeedJson(value, u"%1[%2]"_s.arg(member.m_path).arg(index++), *m_problem));
    return list;
}

std::optional<Milliseconds> SeedJson::duration(QLatin1StringView key) const
{
    if (!has(key))
        return std::nullopt;
    const auto read = readDuration(text(key));
    if (!read)
        at(key).report(u"a duration such as \"1d4h30m\", at most ten years"_s);
    return read;
}

} // namespace presently::app
