// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/desktop/accounthub.h"

#include "app/common/accountchoice.h"

#include <algorithm>

namespace presently::app {

namespace {

//! What tells one server from another in a few letters.
QString shortName(const QUrl &server)
{
    return server.port() > 0 ? server.host() + u':' + QString::number(server.port())
                             : server.host();
}

} // namespace

AccountHub::AccountHub(
    const Profile &profile, net::CredentialStore &credentials, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_credentials(credentials)
    , m_clock(clock)
{
}

AccountHub::~AccountHub() = default;

ClientRuntime *AccountHub::find(const Account &account) const
{
    const auto found = std::find_if(m_runtimes.begin(), m_runtimes.end(),
        [&account](const auto &runtime) { return runtime->account() == account; });
    return found == m_runtimes.end() ? nullptr : found->get();
}

ClientRuntime *AccountHub::runtimeOf(const Session &session) const
{
    const auto found = std::find_if(m_runtimes.begin(), m_runtimes.end(),
        [&session](const auto &runtime) { return &runtime->session() == &session; });
    return found == m_runtimes.end() ? nullptr : found->get();
}

ClientRuntime *AccountHub::current() const
{
    return m_list.current() ? runtimeOf(*m_list.current()) : nullptr;
}

bool AccountHub::isEnlisted(const ClientRuntime &runtime) const
{
    for (int row = 0; row < m_list.count(); ++row) {
        if (runtimeOf(m_list.session(row)) == &runtime)
            return true;
    }
    return false;
}

QList<ClientRuntime *> AccountHub::runtimes() const
{
    QList<ClientRuntime *> all;
    for (const auto &runtime : m_runtimes)
        all.append(runtime.get());
    return all;
}

ClientRuntime &AccountHub::open(const Account &account)
{
    Q_ASSERT(!find(account));
    m_runtimes.push_back(std::make_unique<ClientRuntime>(
        runtimeOptions(m_profile, account, DeviceType::Desktop), m_credentials, m_clock));
    return *m_runtimes.back();
}

int AccountHub::rowFor(const Account &account) const
{
    const QList<Account> order = m_profile.accountsAsAdded();
    const qsizetype place = order.indexOf(account);
    if (place < 0)
        return m_list.count();
    int row = 0;
    while (row < m_list.count()) {
        const qsizetype other = order.indexOf(runtimeOf(m_list.session(row))->account());
        if (other < 0 || other > place)
            break;
        ++row;
    }
    return row;
}

void AccountHub::enlist(ClientRuntime &runtime)
{
    if (!isEnlisted(runtime))
        m_list.insert(rowFor(runtime.account()), runtime.session(), runtime.account().login,
            shortName(runtime.account().server));
}

void AccountHub::close(ClientRuntime &runtime)
{
    const auto found = std::find_if(m_runtimes.begin(), m_runtimes.end(),
        [&runtime](const auto &each) { return each.get() == &runtime; });
    if (found == m_runtimes.end())
        return;
    m_list.remove(runtime.session());
    found->release()->deleteLater();
    m_runtimes.erase(found);
}

void AccountHub::quit()
{
    m_stillSpeaking = int(m_runtimes.size());
    if (m_stillSpeaking == 0) {
        QMetaObject::invokeMethod(this, &AccountHub::finished, Qt::QueuedConnection);
        return;
    }
    for (const auto &runtime : m_runtimes) {
        connect(
            runtime.get(), &ClientRuntime::finished, this,
            [this] {
                if (--m_stillSpeaking == 0)
                    Q_EMIT finished();
            },
            Qt::QueuedConnection);
        runtime->quit();
    }
}

} // namespace presently::app
