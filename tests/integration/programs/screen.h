// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/integration/programs/xserver.h"

#include <QColor>
#include <QElapsedTimer>
#include <QList>
#include <QSocketNotifier>

#include <xcb/xcb.h>

#include <memory>
#include <optional>

namespace presently::test {

//! \brief A screen that is looked at, typed into and, with a window manager, minimised on.
//!
//! It is a client of the X server itself: a look costs no process, takes milliseconds, and sees the
//! windows as the server has them at that moment.
//!
//! Errors:    a server that is gone shows no window and no pixel; describe() says so.
//! Ownership: owns the server and the window manager; they end with it.
//! Threading: one thread with an event loop, which keeps the diary of describe().
class Screen
{
public:
    Screen() = default;
    Q_DISABLE_COPY_MOVE(Screen)
    ~Screen();

    //! Whether the server is up and lets us look; its name is then in name().
    [[nodiscard]] bool start();
    //! Puts openbox on this screen, and waits until it manages the windows there.
    [[nodiscard]] bool startWindowManager();
    [[nodiscard]] QString name() const { return m_server.name(); }

    //! Whether a window that can be seen has a title in which \a title, a regular expression, is found.
    [[nodiscard]] bool hasWindow(const QString &title);
    //! How many pixels have exactly \a colour.
    [[nodiscard]] int count(const QColor &colour) const;

    enum class WindowState { Unmanaged, Normal, Minimised };
    //! What the window manager says of the window with this \a title; Unmanaged also without one.
    [[nodiscard]] WindowState stateOf(const QString &title);
    //! Asks the window manager once.
    void minimise(const QString &title);
    void restore(const QString &title);
    //! Gives the window with this \a title the keyboard and presses Return in it.
    void pressReturn(const QString &title);

    //! For the message of a failed test: what lives here, which windows there are, and what happened
    //! to them when.
    [[nodiscard]] QByteArray describe();

private:
    struct Disconnect {
        void operator()(xcb_connection_t *connection) const { xcb_disconnect(connection); }
    };
    struct Window {
        xcb_window_t id = XCB_NONE;
        QString title;
        bool isViewable = false;
    };

    [[nodiscard]] QList<Window> windows();
    void addWindowsBelow(xcb_window_t parent, QList<Window> &found) const;
    [[nodiscard]] xcb_window_t find(const QString &title);
    [[nodiscard]] xcb_atom_t atom(const char *name) const;
    [[nodiscard]] QByteArray property(xcb_window_t window, xcb_atom_t name) const;
    void askWindowManager(xcb_window_t window, const char *message, quint32 value);
    void fakeKey(quint8 type, xcb_keycode_t key);
    [[nodiscard]] std::optional<xcb_keycode_t> keyCodeOf(quint32 symbol) const;
    void keepDiary();

    XServer m_server;
    QProcess m_windowManager;
    std::unique_ptr<xcb_connection_t, Disconnect> m_connection;
    std::unique_ptr<QSocketNotifier> m_notifier;
    xcb_window_t m_root = XCB_NONE;
    QElapsedTimer m_elapsed;
    QList<QByteArray> m_diary; //!< the latest events
};

} // namespace presently::test
