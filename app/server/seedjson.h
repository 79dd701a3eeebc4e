// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/clock.h"
#include "models/core/error.h"

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <optional>
#include <span>

namespace presently::app {

//! \brief The first mistake of a seed; what comes after it is not looked at any more.
class SeedProblem
{
public:
    explicit SeedProblem(QString fileName)
        : m_fileName(std::move(fileName))
    {
    }

    void report(ErrorCode code, const QString &path, const QString &expected);
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    QString m_fileName;
    std::optional<Error> m_error;
};

//! A word of the file and what it means.
template <typename Value>
struct SeedWord {
    QLatin1StringView word;
    Value value;
};

//! \brief A value of the seed's JSON that knows where it stands, so that a mistake can be named.
//!
//! Reading never fails: a mistake is reported once and an empty value goes on.
class SeedJson
{
public:
    SeedJson(QJsonValue value, QString path, SeedProblem &problem)
        : m_value(std::move(value))
        , m_path(std::move(path))
        , m_problem(&problem)
    {
    }

    [[nodiscard]] const QString &path() const { return m_path; }
    void report(const QString &expected) const;
    //! This must be an object that has nothing but these keys.
    void expectObject(std::initializer_list<QLatin1StringView> keys) const;

    [[nodiscard]] bool has(QLatin1StringView key) const;
    [[nodiscard]] SeedJson at(QLatin1StringView key) const;
    [[nodiscard]] QStringList keys() const;
    [[nodiscard]] SeedJson at(const QString &key) const;

    // This value itself
    [[nodiscard]] QString text() const;
    [[nodiscard]] qint64 number(qint64 lowest, qint64 highest) const;

    // What it has under a key; left out means empty, unless it is required
    [[nodiscard]] QString text(QLatin1StringView key) const;
    [[nodiscard]] QString requiredText(QLatin1StringView key) const;
    [[nodiscard]] QStringList texts(QLatin1StringView key) const;
    [[nodiscard]] QList<SeedJson> items(QLatin1StringView key) const;
    //! "1d4h30m10s" or any part of it.
    [[nodiscard]] std::optional<Milliseconds> duration(QLatin1StringView key) const;

    template <typename Value>
    [[nodiscard]] Value word(
        QLatin1StringView key, std::span<const SeedWord<Value>> words, Value otherwise) const
    {
        if (!has(key))
            return otherwise;
        const QString found = text(key);
        QStringList known;
        for (const SeedWord<Value> &one : words) {
            if (found == one.word)
                return one.value;
            known.append(one.word);
        }
        at(key).reportOneOf(known);
        return otherwise;
    }

private:
    void reportOneOf(const QStringList &words) const;

    QJsonValue m_value;
    QString m_path;
    SeedProblem *m_problem; //!< never null
};

} // namespace presently::app
