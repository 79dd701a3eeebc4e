// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/unit/wire/mtchat/hostiledocuments.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace presently::test {

//! The named values of tests/data/\a file; empty when it cannot be read.
inline QJsonObject goldenValues(const QString &file)
{
    QFile data(QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/") + file);
    if (!data.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(data.readAll()).object();
}

inline QByteArray compactJson(const QJsonValue &value)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("value"), value}})
        .toJson(QJsonDocument::Compact);
}

//! Each sample as its writer says it equals the golden event `["name",{…}]`, and its reader makes
//! the sample of it again.
template <typename Samples, typename Name, typename Write, typename Read>
void compareWithGolden(
    const QJsonObject &golden, const Samples &samples, Name name, Write write, Read read)
{
    QCOMPARE(golden.size(), samples.size());
    for (const auto &[title, event] : samples) {
        const QJsonArray expected = golden.value(title).toArray();
        QVERIFY2(expected.size() == 2, qPrintable(title));
        QCOMPARE(name(event), expected.first().toString());
        QCOMPARE(compactJson(write(event)), compactJson(expected.last()));
        const auto again = read(expected.first().toString(), QJsonArray{expected.last()});
        QVERIFY2(again.has_value(), qPrintable(title));
        QVERIFY2(*again == event, qPrintable(title));
    }
}

//! A spoilt field is an error with a path, or is read without it; it is never another event, and
//! what was read can be said and read again.
template <typename Samples, typename Name, typename Write, typename Read>
void spoilEveryField(const Samples &samples, Name name, Write write, Read read)
{
    for (const auto &[title, event] : samples) {
        const QJsonObject good = write(event);
        QStringList keys = good.keys();
        keys.append(QStringLiteral("unknown"));
        for (const QString &key : std::as_const(keys)) {
            for (const QJsonValue &wrong : wrongValues()) {
                QJsonObject spoilt = good;
                spoilt.insert(key, wrong);
                const auto got = read(name(event), QJsonArray{spoilt});
                if (!got) {
                    QVERIFY2(!got.error().field.isEmpty(), qPrintable(title + u' ' + key));
                    continue;
                }
                const auto again = read(name(*got), QJsonArray{write(*got)});
                QVERIFY2(again.has_value(), qPrintable(title + u' ' + key));
            }
        }
        for (const QJsonValue &wrong : wrongValues()) {
            const bool isBare = wrong.isUndefined() || wrong.isObject();
            const auto got = read(name(event), QJsonArray{wrong});
            if (!isBare)
                QVERIFY2(!got && got.error().field == u"payload", qPrintable(title));
        }
    }
}

} // namespace presently::test
