// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/client/engine.h"

#include <QThread>

#include "net/client/engine_p.h"
#include "net/client/logging.h"
#include "net/client/urlpolicy.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

namespace {

void registerTypes()
{
    qRegisterMetaType<Account>();
    qRegisterMetaType<Credentials>();
    qRegisterMetaType<presently::Event>();
    qRegisterMetaType<presently::Command>();
    qRegisterMetaType<Error>();
}

} // namespace

Engine::Engine(const Clock &clock, EngineOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, clock, options))
{
    registerTypes();
    d->setParent(this); // so that the parts move to the network thread with us
}

Engine::~Engine()
{
    d->setParent(nullptr); // owned by the pointer
}

void Engine::signIn(const Account &account, const QString &login, const QString &password)
{
    Q_ASSERT(thread() == QThread::currentThread());
    if (!isAllowed(account.server)) {
        Q_EMIT signInFailed(Error{ErrorCode::InvalidUrl, u"server"_s, {}, {}});
        return;
    }
    d->m_tokens.signIn(account, login, password,
        [this, account](const Expected<mtchat::SessionGrant, Error> &grant) {
            if (!grant) {
                Q_EMIT signInFailed(grant.error());
                return;
            }
            d->begin(account);
            d->m_self = grant->user.person;
            d->m_link.feed(link::Start{});
        });
}

void Engine::start(const Account &account, const Credentials &credentials)
{
    Q_ASSERT(thread() == QThread::currentThread());
    if (!isAllowed(account.server)) {
        Q_EMIT signInNeeded(Error{ErrorCode::InvalidUrl, u"server"_s, {}, {}});
        return;
    }
    d->m_tokens.use(account, credentials);
    d->begin(account);
    d->m_link.feed(link::Start{});
}

void Engine::handle(const Command &command)
{
    Q_ASSERT(thread() == QThread::currentThread());
    std::visit([this](const auto &specific) { d->handle(specific); }, command);
}

void Engine::setActivity(ActivityState state, std::chrono::milliseconds idleFor)
{
    d->m_idleFor = idleFor;
    d->m_idleAt = d->m_clock.now();
    d->m_link.feed(link::ActivityChanged{state});
}

void Engine::networkChanged()
{
    d->m_api.renew();
    d->m_link.feed(link::Hint{});
}

void Engine::aboutToSleep()
{
    d->m_link.feed(link::Sleep{});
}

void Engine::woke()
{
    networkChanged();
}

void Engine::refreshWith(const Credentials &credentials)
{
    d->m_tokens.refreshWith(credentials);
}

void Engine::quit()
{
    d->m_isQuitting = true;
    d->m_link.feed(link::Quit{});
    d->finishWhenGone();
}

} // namespace presently::net
