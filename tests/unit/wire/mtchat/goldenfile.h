// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace presently::test {

//! The named values of tests/data/mtchat/\a file; empty when it cannot be read.
inline QJsonObject goldenFile(const char *file)
{
    QFile data(
        QStringLiteral(PRESENTLY_SOURCE_DIR "/tests/data/mtchat/") + QString::fromLatin1(file));
    if (!data.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(data.readAll()).object();
}

inline QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace presently::test
