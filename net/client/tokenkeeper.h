// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "net/client/account.h"
#include "net/client/apiclient.h"
#include "net/wire/mtchat/restpeople.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <vector>

namespace presently::net {

//! \brief The credentials in use, and their renewal: one at a time, however many ask for it.
//!
//! Errors:    Unauthenticated, InvalidCredentials and SessionRevoked are final; others may pass.
//! Ownership: borrows \a api, which must outlive it.
//! Threading: the network thread.
class TokenKeeper : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokenKeeper)

public:
    using Done = std::function<void(Expected<void, Error>)>;

    //! With \a asksFirst a refresh waits for refreshWith().
    TokenKeeper(ApiClient &api, bool asksFirst, Milliseconds patience, QObject *parent = nullptr);

    void use(const Account &account, const Credentials &credentials);
    void clear();
    [[nodiscard]] const Credentials &credentials() const { return m_credentials; }

    void signIn(const Account &account, const QString &login, const QString &password,
        std::function<void(Expected<mtchat::SessionGrant, Error>)> done);
    //! \a done is called once with the outcome, unless \a context is gone by then.
    void refresh(QObject *context, Done done);
    void refreshWith(const Credentials &credentials);

Q_SIGNALS:
    void credentialsChanged(const presently::net::Credentials &credentials);
    void tokenChanged(); //!< another access token is in use
    void refreshWanted();

private:
    void setCredentials(const Credentials &credentials);
    struct Waiter {
        QPointer<QObject> context;
        Done done;
    };
    void ask();
    void settle(const Expected<void, Error> &outcome);

    ApiClient &m_api;
    bool m_asksFirst;
    QTimer m_patience; //!< for the answer to refreshWanted
    Account m_account;
    Credentials m_credentials;
    std::vector<Waiter> m_waiters; //!< not empty: a refresh is under way
    quint64 m_generation = 0; //!< grows with each use(); an answer to an older one is dropped
};

} // namespace presently::net
