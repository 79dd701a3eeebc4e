// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/databaseplace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace presently::app {

using namespace Qt::Literals::StringLiterals;

Expected<std::unique_ptr<ServerDatabase>, Error> openDatabase(const net::StorageOptions &storage)
{
    const QString directory = storage.dataDirectory;
    if (!directory.isEmpty() && !QFileInfo::exists(directory)) {
        if (!QDir().mkpath(directory))
            return Unexpected{Error{ErrorCode::StorageFailed, directory, u"cannot be made"_s, {}}};
        QFile::setPermissions(directory, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    auto database = ServerDatabase::open(databasePath(storage));
    if (!database) {
        Error error = database.error();
        error.field = databasePath(storage);
        return Unexpected{error};
    }
    return database;
}

QString databasePath(const net::StorageOptions &storage)
{
    return storage.database.isEmpty() ? QDir(storage.dataDirectory).filePath(u"presently.sqlite"_s)
                                      : storage.database;
}

} // namespace presently::app
