// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/common/clientruntime.h"
#include "app/desktop/activitywatch.h"
#include "models/items/roles.h"
#include "models/presence/presencestore.h"
#include "net/client/credentialstorememory.h"
#include "tests/support/testserver.h"
#include "ui/desktop/mainwindow.h"
#include "ui/desktop/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QTemporaryDir>

#include <memory>

namespace presently::test {

//! \brief Somebody's desktop: the real window over the real runtime, signed in to a TestServer.
//!
//! Wired as the program wires it; only the keychain is a memory. Leaving it is as if the process had
//! been killed, unless quit() was called and waited for.
class Desk
{
public:
    Desk(TestServer &server, const QString &login, const QString &cacheFile = {})
        : Desk(
            server.url(), login, server.token(login, QStringLiteral("desk")).toLatin1(), cacheFile)
    {
    }
    //! At any server, for example one that runs as a process.
    Desk(const QUrl &server, const QString &login, const QByteArray &token,
        const QString &cacheFile = {})
        : m_runtime(options(server, login, cacheFile), m_credentials, m_clock)
    {
        m_theme.setMotion(ui::Motion::Reduced);
        m_runtime.startWithToken(token);
        m_window = std::make_unique<ui::MainWindow>(m_runtime.session(), m_theme, m_clock);
        m_activity.watchWindow(m_window->activity());
        QObject::connect(&m_activity, &app::ActivityWatch::changed, m_window.get(),
            [this] { m_runtime.setActivity(m_activity.state(), m_activity.idleFor()); });
        m_window->resize(1280, 800);
        m_window->show();
    }
    ~Desk() { m_window.reset(); }

    [[nodiscard]] Session &session() { return m_runtime.session(); }
    [[nodiscard]] app::ClientRuntime &runtime() { return m_runtime; }
    [[nodiscard]] ui::MainWindow &window() { return *m_window; }
    [[nodiscard]] bool isOnline() { return session().link().state == LinkState::Online; }

    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QAbstractItemModel *people() const { return modelOf("participantView"); }
    [[nodiscard]] QAbstractItemModel *messages() const { return modelOf("messageView"); }
    [[nodiscard]] QAbstractItemModel *conversations() const { return modelOf("conversationView"); }

    //! What the participant list shows of \a user; none: no such row.
    [[nodiscard]] std::optional<Status> dotInList(const UserId &user) const
    {
        return statusIn(people(), user);
    }
    //! What stands beside the sender's name of the last message of \a user.
    [[nodiscard]] std::optional<Status> dotBesideSender(const UserId &user) const
    {
        return statusIn(messages(), user);
    }
    [[nodiscard]] QStringList shownTexts() const
    {
        QStringList texts;
        for (int row = 0; row < messages()->rowCount(); ++row)
            texts << messages()->index(row, 0).data(ContentRole).toString();
        return texts;
    }

private:
    static app::RuntimeOptions options(
        const QUrl &server, const QString &login, const QString &cacheFile)
    {
        app::RuntimeOptions options;
        options.account.server = server;
        options.account.login = login;
        options.device = DeviceId{login + QStringLiteral("-desk")};
        options.cacheFile = cacheFile;
        return options;
    }

    [[nodiscard]] QAbstractItemModel *modelOf(const char *view) const
    {
        return find<QAbstractItemView>(view)->model();
    }
    [[nodiscard]] static std::optional<Status> statusIn(
        const QAbstractItemModel *model, const UserId &user)
    {
        if (!model)
            return std::nullopt;
        for (int row = model->rowCount() - 1; row >= 0; --row) {
            const QModelIndex index = model->index(row, 0);
            if (index.data(UserIdRole).toString() == user.value)
                return static_cast<Status>(index.data(StatusRole).toInt());
        }
        return std::nullopt;
    }

    const SystemClock m_clock;
    net::MemoryCredentialStore m_credentials;
    app::ClientRuntime m_runtime;
    ui::Theme m_theme;
    app::ActivityWatch m_activity;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace presently::test
