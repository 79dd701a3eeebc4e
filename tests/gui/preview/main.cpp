// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// Grabs the windows with demo values to PNG files, to be looked at: preview OUTPUT_FOLDER

#include "tests/gui/demosession.h"
#include "ui/desktop/mainwindow.h"
#include "ui/desktop/signindialog.h"
#include "ui/desktop/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QMenu>

using namespace presently;
using namespace presently::ui;
using namespace Qt::Literals::StringLiterals;

namespace {

void turn(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!timer.hasExpired(milliseconds))
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

class Preview
{
public:
    explicit Preview(const QString &folder)
        : m_folder(folder)
    {
        m_theme.setMotion(Motion::Reduced);
        m_theme.applyTo(*qApp);
    }

    void save(QWidget &widget, const QString &name)
    {
        turn(60);
        widget.grab().save(m_folder.filePath(name + u".png"_s));
    }

    void windows(const QString &suffix)
    {
        test::DemoSession demo;
        demo.signIn();
        demo.fill();
        MainWindow window(demo.session, m_theme, demo.clock);
        window.show();
        save(window, u"nothing-open-"_s + suffix);
        window.openConversation(test::DemoSession::conversation(1));
        save(window, u"main-"_s + suffix);
        OutgoingMessage waiting{{u"k1"_s}, test::DemoSession::conversation(1),
            u"<p>I can open at eight.</p>"_s, {}, {}, demo.clock.wallNow(), {}};
        demo.session.submit(SendMessageCommand{waiting});
        waiting.key = {u"k2"_s};
        waiting.content = u"<p>And bring the keys.</p>"_s;
        demo.session.submit(SendMessageCommand{waiting});
        demo.session.apply(MessageFailedEvent{{u"k2"_s}, Error{ErrorCode::Forbidden, {}, {}, {}}});
        demo.loseLink();
        demo.clock.advance(Milliseconds{1600});
        demo.session.presence().checkLink();
        demo.session.presence().flush();
        turn(1700);
        save(window, u"outage-"_s + suffix);
        demo.goOnline();
        demo.completeSnapshot();
        window.resize(900, 700);
        save(window, u"two-columns-"_s + suffix);
        window.resize(420, 720);
        save(window, u"one-column-"_s + suffix);
        window.openConversation({});
        save(window, u"one-column-list-"_s + suffix);
        window.resize(1240, 800);
        MessagePage unread;
        unread.conversation = test::DemoSession::conversation(3);
        for (int i = 0; i < 40; ++i)
            unread.messages << demo.text(5000 + i, unread.conversation,
                i % 3 ? u"linh"_s : u"mia"_s,
                u"<p>%1</p>"_s.arg(u"Some words to read. "_s.repeated(1 + i % 9)),
                std::chrono::minutes(400 - i * 9));
        unread.firstUnread = test::DemoSession::message(5020);
        unread.hasMoreBefore = true;
        demo.session.apply(MessagePageEvent{unread, PagePlacement::Latest});
        window.openConversation(unread.conversation);
        save(window, u"unread-"_s + suffix);
        window.openConversation(test::DemoSession::conversation(2));
        demo.session.apply(
            MessagePageEvent{MessagePage{test::DemoSession::conversation(2), {}, false, false, {}},
                PagePlacement::Latest});
        window.showNotice(u"Saved as /home/mia/Downloads/floor-plan.pdf"_s);
        save(window, u"no-messages-"_s + suffix);
    }

    void empty(const QString &suffix)
    {
        test::DemoSession demo;
        demo.signIn();
        demo.session.apply(ConversationListEvent{{}, true});
        MainWindow window(demo.session, m_theme, demo.clock);
        window.show();
        save(window, u"no-conversations-"_s + suffix);
    }

    void signIn(const QString &suffix)
    {
        SignInDialog dialog(m_theme);
        dialog.setServer(QUrl(u"https://chat.example.com"_s));
        dialog.setLogin(u"mia"_s);
        dialog.show();
        save(dialog, u"sign-in-"_s + suffix);
        dialog.showError(Error{ErrorCode::InvalidCredentials, {}, {}, {}});
        save(dialog, u"sign-in-error-"_s + suffix);
        dialog.setBusy(true);
        save(dialog, u"sign-in-busy-"_s + suffix);
        dialog.offerSessionOnly(Error{ErrorCode::KeychainAbsent, {}, {}, {}});
        save(dialog, u"sign-in-keychain-"_s + suffix);
    }

    void menus(const QString &suffix)
    {
        test::DemoSession demo;
        demo.signIn();
        demo.fill();
        MainWindow window(demo.session, m_theme, demo.clock);
        window.show();
        turn(30);
        if (auto *button = window.findChild<QWidget *>(u"ownStatusButton"_s))
            QMetaObject::invokeMethod(button, "click");
        turn(60);
        if (auto *menu = window.findChild<QMenu *>(u"ownStatusMenu"_s)) {
            save(*menu, u"status-menu-"_s + suffix);
            menu->close();
        }
    }

    void everything()
    {
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            m_theme.setAppearance(appearance);
            const QString suffix = appearance == Appearance::Dark ? u"dark"_s : u"light"_s;
            windows(suffix);
            empty(suffix);
            signIn(suffix);
            menus(suffix);
        }
    }

private:
    QDir m_folder;
    Theme m_theme;
};

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const QString folder = app.arguments().value(1, u"."_s);
    QDir().mkpath(folder);
    Preview(folder).everything();
    return 0;
}
