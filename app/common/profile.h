// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/ids.h"

#include <QList>
#include <QString>
#include <QUrl>

namespace presently::app {

//! \brief One account as the settings remember it: no secret in it.
struct Account {
    QUrl server;
    QString login;

    bool operator==(const Account &) const = default;
};

//! \brief The directory in which one installation keeps what it remembers, and its settings file.
//!
//! The directory is 0700 and its files 0600. The settings are written to a new file that then
//! takes the place of the old one: a full disk leaves the old one whole.
//!
//! Errors:    StorageFailed (cannot be made or written), StorageFull.
//! Threading: the window's thread.
class Profile
{
public:
    //! Opens \a directory, or the standard place when it is empty; makes what is not there. A
    //! settings file that cannot be read is set aside and the profile starts anew.
    [[nodiscard]] static Expected<Profile, Error> open(const QString &directory);

    //! One that leaves nothing behind: for the demo, for a token without a login, and for a disk
    //! that takes nothing.
    [[nodiscard]] static Profile inMemory();

    [[nodiscard]] QString directory() const { return m_directory; }
    [[nodiscard]] DeviceId deviceId() const { return m_device; }
    //! Last used first.
    [[nodiscard]] QList<Account> accounts() const { return m_accounts; }
    //! The same in the order in which they were added, which using them does not change.
    [[nodiscard]] QList<Account> accountsAsAdded() const { return m_asAdded; }
    //! Whether the settings had to be set aside at open().
    [[nodiscard]] bool wasReset() const { return m_wasReset; }

    //! Empty when nothing is to be left behind; as are the other two.
    [[nodiscard]] QString cacheFile(const Account &account) const;
    //! The lock that the programs of one profile take while they rotate a token.
    [[nodiscard]] QString credentialLockFile(const Account &account) const;
    //! For what a front end remembers: sizes of windows, the theme.
    [[nodiscard]] QString interfaceSettingsFile() const;

    //! Puts \a account first in the list, which adds it if it is new, and saves.
    [[nodiscard]] Expected<void, Error> remember(const Account &account);
    [[nodiscard]] Expected<void, Error> forget(const Account &account);

private:
    Profile() = default;
    [[nodiscard]] QString settingsFile() const;
    bool load();
    [[nodiscard]] Expected<void, Error> save() const;

    [[nodiscard]] QString file(const QString &name) const;

    QString m_directory; //!< empty: in memory
    DeviceId m_device;
    QList<Account> m_accounts;
    QList<Account> m_asAdded;
    bool m_wasReset = false;
};

} // namespace presently::app
