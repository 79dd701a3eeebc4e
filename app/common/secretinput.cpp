// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/secretinput.h"

#include <QFile>

#include <cstdio>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr qint64 MaximumSecretSize = 16 * 1024;

} // namespace

Expected<QByteArray, Error> readSecret(const ClientOptions &options)
{
    QFile file;
    bool isOpen = false;
    if (options.secretSource == SecretSource::TokenFile) {
        file.setFileName(options.tokenFile);
        isOpen = file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    } else {
        isOpen = file.open(stdin, QIODevice::ReadOnly);
    }
    if (!isOpen)
        return Unexpected{Error{ErrorCode::NotFound, options.tokenFile, file.errorString(), {}}};

    QByteArray line = file.readLine(MaximumSecretSize + 1);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty() || line.size() > MaximumSecretSize)
        return Unexpected{
            Error{ErrorCode::InvalidField, options.tokenFile, u"an empty or endless line"_s, {}}};
    return line;
}

} // namespace presently::app
