// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/common/profile.h"

#include "models/core/clock.h"
#include "models/core/uuid.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace presently::app {

namespace {

constexpr auto DeviceKey = "device_id"_L1;
constexpr auto AccountsKey = "accounts"_L1;
constexpr auto ServerKey = "server"_L1;
constexpr auto LoginKey = "login"_L1;
constexpr auto AddedKey = "added"_L1; //!< the place among the accounts in the order of adding

constexpr auto OwnerOnlyFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr auto OwnerOnlyDirectory = OwnerOnlyFile | QFile::ExeOwner;
constexpr qint64 MaximumSettingsSize = 1024 * 1024;
constexpr int MaximumAccounts = 100;

//! A file name for an account that says nothing and cannot leave the directory.
QString fileStem(const Account &account)
{
    const QByteArray name
        = (account.server.toString(QUrl::FullyEncoded) + u' ' + account.login).toUtf8();
    return QString::fromLatin1(
        QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().first(24));
}

Error storageError(const QFileDevice &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError
        || (file.error() == QFileDevice::WriteError && file.errorString().contains("space"_L1));
    return {isFull ? ErrorCode::StorageFull : ErrorCode::StorageFailed, file.fileName(),
        file.errorString(), {}};
}

} // namespace

Expected<Profile, Error> Profile::open(const QString &directory)
{
    Profile profile;
    profile.m_directory = QDir(directory.isEmpty()
            ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                + "/presently"_L1
            : directory)
                              .absolutePath();
    if (!QDir().mkpath(profile.m_directory)
        || !QFile::setPermissions(profile.m_directory, OwnerOnlyDirectory))
        return Unexpected{Error{
            ErrorCode::StorageFailed, profile.m_directory, u"the directory cannot be made"_s, {}}};

    if (QFileInfo::exists(profile.settingsFile()) && !profile.load()) {
        const QString aside = profile.settingsFile() + ".damaged"_L1;
        QFile::remove(aside);
        QFile::rename(profile.settingsFile(), aside);
        profile.m_wasReset = true;
    }
    if (profile.m_device.isEmpty()) {
        profile.m_device = DeviceId{makeUuidV7(SystemClock().wallNow())};
        if (const auto saved = profile.save(); !saved)
            return Unexpected{saved.error()};
    }
    return profile;
}

Profile Profile::inMemory()
{
    Profile profile;
    profile.m_device = DeviceId{makeUuidV7(SystemClock().wallNow())};
    return profile;
}

QString Profile::file(const QString &name) const
{
    return m_directory.isEmpty() ? QString() : m_directory + u'/' + name;
}

QString Profile::settingsFile() const
{
    return file(u"settings.json"_s);
}

QString Profile::cacheFile(const Account &account) const
{
    return file("cache-"_L1 + fileStem(account) + ".sqlite"_L1);
}

QString Profile::credentialLockFile(const Account &account) const
{
    return file("credentials-"_L1 + fileStem(account) + ".lock"_L1);
}

QString Profile::interfaceSettingsFile() const
{
    return file(u"interface.ini"_s);
}

Expected<void, Error> Profile::remember(const Account &account)
{
    if (!m_accounts.isEmpty() && m_accounts.first() == account)
        return {};
    m_accounts.removeAll(account);
    m_accounts.prepend(account);
    if (!m_asAdded.contains(account))
        m_asAdded.append(account);
    return save();
}

Expected<void, Error> Profile::forget(const Account &account)
{
    m_accounts.removeAll(account);
    m_asAdded.removeAll(account);
    return save();
}

bool Profile::load()
{
    QFile file(settingsFile());
    if (!file.open(QIODevice::ReadOnly) || file.size() > MaximumSettingsSize)
        return false;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    const QString device = document[DeviceKey].toString();
    if (!document.isObject() || !isUuid(device))
        return false;
    m_device = DeviceId{device};
    const QJsonArray accounts = document[AccountsKey].toArray();
    QList<std::pair<int, Account>> added;
    for (const QJsonValue &value : accounts) {
        const QUrl server(value[ServerKey].toString(), QUrl::StrictMode);
        const QString login = value[LoginKey].toString();
        const Account account{server, login};
        if (!server.isValid() || server.host().isEmpty() || login.isEmpty()
            || m_accounts.size() >= MaximumAccounts || m_accounts.contains(account))
            continue;
        m_accounts.append(account);
        added.append({value[AddedKey].toInt(MaximumAccounts), account});
    }
    std::ranges::stable_sort(added, {}, [](const auto &entry) { return entry.first; });
    for (const auto &[place, account] : std::as_const(added))
        m_asAdded.append(account);
    return true;
}

Expected<void, Error> Profile::save() const
{
    if (m_directory.isEmpty())
        return {};
    QJsonArray accounts;
    for (const Account &account : m_accounts)
        accounts.append(QJsonObject{{ServerKey, account.server.toString(QUrl::FullyEncoded)},
            {LoginKey, account.login}, {AddedKey, int(m_asAdded.indexOf(account))}});
    const QByteArray json
        = QJsonDocument(QJsonObject{{DeviceKey, m_device.value}, {AccountsKey, accounts}}).toJson();

    QSaveFile file(settingsFile());
    if (!file.open(QIODevice::WriteOnly))
        return Unexpected{storageError(file)};
    file.setPermissions(OwnerOnlyFile);
    if (file.write(json) != json.size() || !file.commit())
        return Unexpected{storageError(file)};
    return {};
}

} // namespace presently::app
