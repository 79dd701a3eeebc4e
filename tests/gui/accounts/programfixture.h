// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/desktop/desktopprogram.h"
#include "models/items/roles.h"
#include "net/client/credentialstorememory.h"
#include "tests/support/testserver.h"
#include "ui/desktop/mainwindow.h"
#include "ui/desktop/signindialog.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace presently::test {

//! \brief What a computer keeps between two runs of the program: a profile and a keychain.
struct Computer {
    QTemporaryDir directory;
    net::MemoryCredentialStore keychain;
};

//! \brief The whole desktop client in this process, used through its window as a person does.
class ProgramFixture
{
public:
    explicit ProgramFixture(Computer &computer)
        : m_program(*qApp, options(computer), {}, &computer.keychain)
    {
        m_program.start();
    }
    //! Quits as a person does; the destructor alone is as if the process had been killed.
    [[nodiscard]] bool quit()
    {
        bool hasEnded = false;
        QObject::connect(
            &m_program, &app::DesktopProgram::ended, &m_program, [&hasEnded] { hasEnded = true; });
        m_program.quit();
        return QTest::qWaitFor([&hasEnded] { return hasEnded; });
    }

    [[nodiscard]] ui::MainWindow *window() const { return topLevel<ui::MainWindow>(); }
    [[nodiscard]] ui::SignInDialog *dialog() const { return topLevel<ui::SignInDialog>(); }

    void fillDialog(const QUrl &server, const QString &login, const QString &password) const
    {
        QVERIFY(QTest::qWaitFor([this] { return dialog() != nullptr; }));
        dialog()->findChild<QLineEdit *>(QStringLiteral("serverField"))->setText(server.toString());
        dialog()->findChild<QLineEdit *>(QStringLiteral("loginField"))->setText(login);
        auto *field = dialog()->findChild<QLineEdit *>(QStringLiteral("passwordField"));
        field->clear();
        QTest::keyClicks(field, password);
        dialog()->findChild<QPushButton *>(QStringLiteral("signInButton"))->click();
    }
    void signIn(const TestServer &server, const QString &login) const
    {
        fillDialog(server.url(), login, TestServer::password(login));
        QVERIFY(QTest::qWaitFor([this] { return !dialog(); }, 10'000));
        QVERIFY(QTest::qWaitFor([this] { return window() != nullptr; }));
    }
    void addAccount(const TestServer &server, const QString &login) const
    {
        openMenu()->findChild<QAction *>(QStringLiteral("addAccount"))->trigger();
        closeMenu();
        signIn(server, login);
    }
    //! By its key.
    void switchTo(int row) const
    {
        window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window()));
        QTest::keyClick(window(), Qt::Key(Qt::Key_1 + row), Qt::ControlModifier);
    }

    [[nodiscard]] QWidget *page() const
    {
        return static_cast<QStackedWidget *>(window()->centralWidget())->currentWidget();
    }
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return page()->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString ownWords() const
    {
        return find<QAbstractButton>("ownStatusButton")->accessibleName();
    }
    [[nodiscard]] QString buttonWords() const
    {
        return find<QToolButton>("accountButton")->accessibleName();
    }
    [[nodiscard]] QStringList conversationTitles() const
    {
        const QAbstractItemModel *model = find<QAbstractItemView>("conversationView")->model();
        QStringList titles;
        for (int row = 0; row < model->rowCount(); ++row)
            titles << model->index(row, 0).data().toString();
        titles.sort();
        return titles;
    }
    //! One line an account, as a screen reader says it.
    [[nodiscard]] QStringList accountWords() const
    {
        QStringList words;
        const QList<QAbstractButton *> rows
            = openMenu()->findChildren<QAbstractButton *>(QStringLiteral("accountRow"));
        for (const QAbstractButton *row : rows)
            words << row->accessibleName();
        closeMenu();
        return words;
    }
    [[nodiscard]] QMenu *openMenu() const
    {
        find<QToolButton>("accountButton")->click();
        return find<QMenu>("accountMenu");
    }
    void closeMenu() const
    {
        if (auto *menu = find<QMenu>("accountMenu")) {
            menu->close();
            delete menu;
        }
    }

private:
    static app::ClientOptions options(const Computer &computer)
    {
        app::ClientOptions options;
        options.profileDirectory = computer.directory.path();
        return options;
    }
    template <typename Widget>
    [[nodiscard]] static Widget *topLevel()
    {
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget *widget : all) {
            auto *found = qobject_cast<Widget *>(widget);
            if (found && found->isVisible())
                return found;
        }
        return nullptr;
    }

    app::DesktopProgram m_program;
};

} // namespace presently::test
