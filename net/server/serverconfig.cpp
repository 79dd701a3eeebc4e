// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/serverconfig.h"

#include "net/server/serveroptionstable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <cmath>
#include <optional>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

//! Takes each known key out of the document; what is left afterwards nobody knows.
struct ConfigReader {
    QJsonObject groups;
    std::optional<Error> failure;

    void fail(const QString &key, const QString &reason)
    {
        if (!failure)
            failure = Error{ErrorCode::InvalidField, key, reason, {}};
    }

    QJsonValue take(const QString &key)
    {
        const QString group = key.section(u'.', 0, 0);
        QJsonObject members = groups.value(group).toObject();
        const QJsonValue value = members.take(key.section(u'.', 1));
        groups.insert(group, members);
        return value;
    }

    std::optional<qint64> integer(const QString &key, const QJsonValue &value)
    {
        constexpr double exact = 9007199254740992.0;
        if (value.isDouble() && std::trunc(value.toDouble()) == value.toDouble()
            && std::abs(value.toDouble()) <= exact)
            return value.toInteger();
        fail(key, u"is not a whole number"_s);
        return {};
    }

    std::optional<qint64> integer(
        const QString &key, const QJsonValue &value, qint64 from, qint64 to)
    {
        const std::optional<qint64> number = integer(key, value);
        if (!number || (*number >= from && *number <= to))
            return number;
        fail(key, u"%1 is outside %2 to %3"_s.arg(*number).arg(from).arg(to));
        return {};
    }

    template <typename Number>
    void number(const char *name, Number &target, qint64 from, qint64 to)
    {
        const QString key = QString::fromLatin1(name);
        const QJsonValue value = take(key);
        if (value.isUndefined())
            return;
        if (const auto read = integer(key, value, from, to))
            target = static_cast<Number>(*read);
    }

    void duration(const char *name, std::chrono::milliseconds &target, qint64 from, qint64 to)
    {
        qint64 count = target.count();
        number(name, count, from, to);
        target = std::chrono::milliseconds{count};
    }

    void rate(const char *name, RateLimit &target)
    {
        const QString key = QString::fromLatin1(name);
        const QJsonValue value = take(key);
        if (value.isUndefined())
            return;
        if (!value.isObject())
            return fail(key, u"is not an object with burst and every_ms"_s);
        QJsonObject members = value.toObject();
        const QJsonValue burst = members.take("burst"_L1);
        const QJsonValue every = members.take("every_ms"_L1);
        if (!members.isEmpty())
            return fail(key + u'.' + members.constBegin().key(), u"is not an option"_s);
        if (!burst.isUndefined())
            if (const auto read = integer(key + ".burst"_L1, burst, 1, maxRateBurst))
                target.burst = static_cast<int>(*read);
        if (!every.isUndefined())
            if (const auto read = integer(key + ".every_ms"_L1, every, 1, maxRateEveryMs))
                target.every = std::chrono::milliseconds{*read};
    }

    void text(const char *name, QString &target)
    {
        const QString key = QString::fromLatin1(name);
        const QJsonValue value = take(key);
        if (value.isString())
            target = value.toString();
        else if (!value.isUndefined())
            fail(key, u"is not a string"_s);
    }

    void list(const char *name, QStringList &target)
    {
        const QString key = QString::fromLatin1(name);
        const QJsonValue value = take(key);
        if (value.isUndefined())
            return;
        if (!value.isArray())
            return fail(key, u"is not a list of strings"_s);
        QStringList items;
        for (const QJsonValue &item : value.toArray()) {
            if (!item.isString())
                return fail(key, u"is not a list of strings"_s);
            items.append(item.toString());
        }
        target = items;
    }

    void flag(const char *name, bool &target)
    {
        const QString key = QString::fromLatin1(name);
        const QJsonValue value = take(key);
        if (value.isBool())
            target = value.toBool();
        else if (!value.isUndefined())
            fail(key, u"is neither true nor false"_s);
    }

    void refuseLeftovers()
    {
        for (auto group = groups.constBegin(); group != groups.constEnd(); ++group) {
            const QJsonObject members = group.value().toObject();
            for (auto member = members.constBegin(); member != members.constEnd(); ++member)
                fail(group.key() + u'.' + member.key(), u"is not an option"_s);
        }
    }
};

struct ConfigWriter {
    QJsonObject groups;

    void put(const char *name, const QJsonValue &value)
    {
        const QString key = QString::fromLatin1(name);
        const QString group = key.section(u'.', 0, 0);
        QJsonObject members = groups.value(group).toObject();
        members.insert(key.section(u'.', 1), value);
        groups.insert(group, members);
    }
    template <typename Number>
    void number(const char *name, const Number &value, qint64, qint64)
    {
        put(name, qint64(value));
    }
    void duration(const char *name, const std::chrono::milliseconds &value, qint64, qint64)
    {
        put(name, qint64(value.count()));
    }
    void rate(const char *name, const RateLimit &value)
    {
        put(name,
            QJsonObject{{u"burst"_s, value.burst}, {u"every_ms"_s, qint64(value.every.count())}});
    }
    void text(const char *name, const QString &value) { put(name, value); }
    void list(const char *name, const QStringList &value)
    {
        put(name, QJsonArray::fromStringList(value));
    }
    void flag(const char *name, bool value) { put(name, value); }
};

QSet<QString> groupNames()
{
    ConfigWriter writer;
    const ServerOptions defaults;
    visitOptions(defaults, writer);
    const QStringList names = writer.groups.keys();
    return {names.begin(), names.end()};
}

Error inFile(const QString &fileName, Error error)
{
    error.detail = error.field.isEmpty() ? u"%1: %2"_s.arg(fileName, error.detail)
                                         : u"%1: %2: %3"_s.arg(fileName, error.field, error.detail);
    return error;
}

} // namespace

Expected<ServerOptions, Error> readServerConfig(
    const QByteArray &json, const QString &fileName, const ServerOptions &options)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (!document.isObject()) {
        const QString reason = parseError.error == QJsonParseError::NoError
            ? u"is not a JSON object"_s
            : u"at byte %1: %2"_s.arg(parseError.offset).arg(parseError.errorString());
        return Unexpected{inFile(fileName, Error{ErrorCode::Malformed, {}, reason, {}})};
    }

    ConfigReader reader{document.object(), {}};
    const QSet<QString> known = groupNames();
    for (auto group = reader.groups.constBegin(); group != reader.groups.constEnd(); ++group) {
        if (!known.contains(group.key()))
            reader.fail(group.key(), u"is not a group of options"_s);
        else if (!group.value().isObject())
            reader.fail(group.key(), u"is not an object"_s);
    }
    ServerOptions result = options;
    visitOptions(result, reader);
    reader.refuseLeftovers();
    if (reader.failure)
        return Unexpected{inFile(fileName, *reader.failure)};
    return result;
}

QByteArray writeServerConfig(const ServerOptions &options)
{
    ConfigWriter writer;
    visitOptions(options, writer);
    return QJsonDocument(writer.groups).toJson(QJsonDocument::Indented);
}

} // namespace presently::net
