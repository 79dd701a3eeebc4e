// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/clientruntime.h"
#include "app/common/profile.h"
#include "models/store/accountlist.h"

#include <QObject>

#include <memory>
#include <vector>

namespace presently::app {

//! \brief The accounts at work: a ClientRuntime each, all connected at once, and the list of them
//! that the window shows.
//!
//! An account is opened first and enlisted when it is one of the person's: a sign-in that leads
//! nowhere never shows.
//! Ownership: owns the runtimes; borrows all that it is given, which must outlive it. One that is
//! closed goes later, as it may be telling us something right now.
//! Threading: the window's thread.
class AccountHub : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountHub)

public:
    AccountHub(const Profile &profile, net::CredentialStore &credentials, const Clock &clock,
        QObject *parent = nullptr);
    ~AccountHub() override;

    [[nodiscard]] AccountList &list() { return m_list; }
    [[nodiscard]] ClientRuntime *find(const Account &account) const; //!< null: not open
    [[nodiscard]] ClientRuntime *current() const; //!< null: none is enlisted
    [[nodiscard]] bool isEnlisted(const ClientRuntime &runtime) const;
    [[nodiscard]] QList<ClientRuntime *> runtimes() const;

    //! \a account must not be open yet.
    ClientRuntime &open(const Account &account);
    //! Puts it where the profile has it among the others, or at the end.
    void enlist(ClientRuntime &runtime);
    void close(ClientRuntime &runtime);
    //! Says goodbye for all; `finished` comes within a second.
    void quit();

Q_SIGNALS:
    void finished();

private:
    [[nodiscard]] int rowFor(const Account &account) const;
    [[nodiscard]] ClientRuntime *runtimeOf(const Session &session) const;

    const Profile &m_profile;
    net::CredentialStore &m_credentials;
    const Clock &m_clock;
    std::vector<std::unique_ptr<ClientRuntime>> m_runtimes;
    AccountList m_list; //!< borrows the runtimes' sessions: goes first
    int m_stillSpeaking = 0; //!< since quit()
};

} // namespace presently::app
