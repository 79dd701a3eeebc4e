// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/polling/pollingadapter.h"

#include "net/server/api/router.h"
#include "net/server/polling/pollingpresence.h"
#include "net/server/polling/pollingsignin.h"

namespace presently::net {

namespace {

class PollingAdapter final : public DialectAdapter
{
public:
    explicit PollingAdapter(const DialectContext &context)
        : m_presence(context)
        , m_signIn(context)
    {
    }

    void addRoutes(Router &router, UpgradeRoutes &upgrades) override;
    [[nodiscard]] QSet<SessionId> openSessions() const override
    {
        return m_presence.devices().sessions();
    }
    void closeSession(const SessionId &session) override
    {
        m_presence.devices().endSession(session);
    }
    void closePerson(PersonKey person) override { m_presence.devices().endPerson(person); }

private:
    PollingPresence m_presence;
    PollingSignIn m_signIn;
};

// A redirect would lose the body of a POST, so a path is served with and without the slash.
void PollingAdapter::addRoutes(Router &router, UpgradeRoutes &)
{
    for (const char *path : {"/api/chat/online-users", "/api/chat/online-users/",
             "/api/chat/rooms/online_users", "/api/chat/rooms/online_users/"}) {
        router.add("GET", path, RouteAccess::Open,
            [this](const ApiRequest &request) { return m_presence.list(request.http); });
    }
    for (const char *path : {"/api/chat/heartbeat", "/api/chat/heartbeat/"}) {
        router.add("POST", path, RouteAccess::Open,
            [this](const ApiRequest &request) { return m_presence.beat(request.http); });
    }
    for (const char *path : {"/api/chat/mark-offline", "/api/chat/mark-offline/"}) {
        router.add("POST", path, RouteAccess::Open,
            [this](const ApiRequest &request) { return m_presence.leave(request.http); });
    }
    for (const char *path : {"/api/auth/login", "/api/auth/login/"}) {
        router.add("POST", path, RouteAccess::Open,
            [this](const ApiRequest &request, const Responder &responder) {
                m_signIn.signIn(request.http, responder);
            });
    }
    for (const char *path : {"/api/auth/token/refresh", "/api/auth/token/refresh/"}) {
        router.add("POST", path, RouteAccess::Open,
            [this](const ApiRequest &request) { return m_signIn.refresh(request.http); });
    }
}

} // namespace

std::unique_ptr<DialectAdapter> makePollingAdapter(const DialectContext &context)
{
    return std::make_unique<PollingAdapter>(context);
}

} // namespace presently::net
