// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/store/accountlist.h"

#include "models/store/session.h"

#include <algorithm>
#include <utility>

namespace presently {

void AccountList::add(Session &session, const QString &login, const QString &server)
{
    insert(count(), session, login, server);
}

void AccountList::insert(int row, Session &session, const QString &login, const QString &server)
{
    Q_ASSERT(rowOf(session) < 0);
    const int at = std::clamp(row, 0, count());
    Q_EMIT aboutToInsert(at, at);
    m_entries.insert(at, {&session, login, server});
    watch(session);
    Q_EMIT inserted(at, at);
    recount();
    if (!m_current)
        setCurrent(session);
}

void AccountList::remove(const Session &session)
{
    const int row = rowOf(session);
    if (row < 0)
        return;
    Q_EMIT aboutToRemove(row, row);
    m_entries[row].session->disconnect(this);
    m_entries[row].session->conversations().disconnect(this);
    m_entries.removeAt(row);
    const bool wasCurrent = m_current == &session;
    if (wasCurrent)
        m_current = m_entries.isEmpty() ? nullptr : m_entries[std::min(row, count() - 1)].session;
    Q_EMIT removed(row, row);
    recount();
    if (wasCurrent)
        Q_EMIT currentChanged();
}

void AccountList::setCurrent(Session &session)
{
    Q_ASSERT(rowOf(session) >= 0);
    Session *before = std::exchange(m_current, &session);
    if (before == &session)
        return;
    if (before)
        noteChange(*before);
    noteChange(session);
    Q_EMIT currentChanged();
}

int AccountList::rowOf(const Session &session) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
        [&session](const Entry &entry) { return entry.session == &session; });
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

int AccountList::currentRow() const
{
    return m_current ? rowOf(*m_current) : -1;
}

QString AccountList::nameOf(int row) const
{
    const Entry &entry = m_entries.at(row);
    const QString &name = entry.session->self().displayName;
    return name.isEmpty() ? entry.login : name;
}

AccountState AccountList::stateOf(int row) const
{
    const LinkStatus &link = session(row).link();
    switch (link.state) {
    case LinkState::Online:
        return AccountState::Online;
    case LinkState::Connecting:
        return link.cause ? AccountState::Offline : AccountState::Connecting;
    case LinkState::SignedOut:
        return link.cause ? AccountState::SignInNeeded : AccountState::Connecting;
    case LinkState::Waiting:
    case LinkState::Stopped:
        break;
    }
    return AccountState::Offline;
}

int AccountList::unreadOf(int row) const
{
    return session(row).conversations().totalUnread();
}

int AccountList::unreadElsewhere() const
{
    return m_totalUnread - (m_current ? m_current->conversations().totalUnread() : 0);
}

void AccountList::watch(Session &session)
{
    const auto note = [this, &session] { noteChange(session); };
    connect(&session, &Session::selfChanged, this, note);
    connect(&session, &Session::linkChanged, this, note);
    connect(&session, &Session::ownStatusChanged, this, note);
    connect(
        &session.conversations(), &ConversationList::totalUnreadChanged, this, [this, &session] {
            noteChange(session);
            recount();
        });
}

void AccountList::noteChange(const Session &session)
{
    const int row = rowOf(session);
    if (row >= 0)
        Q_EMIT changed(row, row);
}

void AccountList::recount()
{
    int unread = 0;
    for (const Entry &entry : std::as_const(m_entries))
        unread += entry.session->conversations().totalUnread();
    if (std::exchange(m_totalUnread, unread) != unread)
        Q_EMIT totalUnreadChanged(unread);
}

} // namespace presently
