// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "models/store/liststore.h"

#include <QList>
#include <QString>

namespace presently {

class Session;

//! \brief How one account stands, as coarse as a row of a list needs it.
enum class AccountState { Connecting, Online, Offline, SignInNeeded };

//! \brief The accounts that run in this program, in the order in which they were added, and which
//! one the window shows.
//!
//! While there are accounts one of them is current; the first one added begins as it.
//! Ownership: borrows the sessions; each must be removed before it goes.
//! Threading: the window's thread.
class AccountList : public ListStore
{
    Q_OBJECT

public:
    using ListStore::ListStore;

    //! \a login and \a server are what the person signed in with and to, for the words shown.
    void add(Session &session, const QString &login, const QString &server);
    //! Puts it at \a row instead of at the end.
    void insert(int row, Session &session, const QString &login, const QString &server);
    //! When it was current its neighbour is afterwards.
    void remove(const Session &session);
    void setCurrent(Session &session);

    [[nodiscard]] int count() const override { return int(m_entries.size()); }
    [[nodiscard]] int rowOf(const Session &session) const; //!< -1: not there
    [[nodiscard]] Session &session(int row) const { return *m_entries.at(row).session; }
    [[nodiscard]] Session *current() const { return m_current; } //!< null: no accounts
    [[nodiscard]] int currentRow() const;

    //! The person's name as the server has it, before that the login.
    [[nodiscard]] QString nameOf(int row) const;
    [[nodiscard]] QString serverOf(int row) const { return m_entries.at(row).server; }
    [[nodiscard]] AccountState stateOf(int row) const;
    [[nodiscard]] int unreadOf(int row) const;
    [[nodiscard]] int totalUnread() const { return m_totalUnread; }
    //! Of all but the current one.
    [[nodiscard]] int unreadElsewhere() const;

Q_SIGNALS:
    void currentChanged();
    void totalUnreadChanged(int unread);

private:
    struct Entry {
        Session *session = nullptr;
        QString login;
        QString server;
    };
    void watch(Session &session);
    void noteChange(const Session &session);
    void recount();

    QList<Entry> m_entries;
    Session *m_current = nullptr;
    int m_totalUnread = 0;
};

} // namespace presently
