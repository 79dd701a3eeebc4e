// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/programs/screen.h"

#include <QRegularExpression>
#include <QTest>

#include <xcb/xtest.h>

#include <cstdlib>
#include <cstring>

namespace presently::test {

namespace {

constexpr quint32 ReturnSymbol = 0xff0d;
constexpr quint32 IconicState = 3; //!< of WM_STATE and WM_CHANGE_STATE
constexpr quint32 NormalState = 1;
constexpr quint32 PagerSource = 2; //!< _NET_ACTIVE_WINDOW obeys a pager at once
constexpr int DiaryLength = 200;

struct Free {
    void operator()(void *reply) const { std::free(reply); }
};
template <typename T>
std::unique_ptr<T, Free> owned(T *reply)
{
    return std::unique_ptr<T, Free>(reply);
}

//! What an event says, or nothing when it is none of a window's fate.
QByteArray wordsFor(const xcb_generic_event_t &event)
{
    const auto line = [](const char *what, xcb_window_t window) {
        return QByteArray(what) + " 0x" + QByteArray::number(window, 16);
    };
    switch (event.response_type & 0x7f) {
    case 0: {
        const auto &error = reinterpret_cast<const xcb_generic_error_t &>(event);
        return "error " + QByteArray::number(error.error_code) + " for request "
            + QByteArray::number(error.major_code);
    }
    case XCB_CREATE_NOTIFY:
        return line("created", reinterpret_cast<const xcb_create_notify_event_t &>(event).window);
    case XCB_DESTROY_NOTIFY:
        return line(
            "destroyed", reinterpret_cast<const xcb_destroy_notify_event_t &>(event).window);
    case XCB_MAP_NOTIFY:
        return line("mapped", reinterpret_cast<const xcb_map_notify_event_t &>(event).window);
    case XCB_UNMAP_NOTIFY:
        return line("unmapped", reinterpret_cast<const xcb_unmap_notify_event_t &>(event).window);
    case XCB_REPARENT_NOTIFY:
        return line(
            "reparented", reinterpret_cast<const xcb_reparent_notify_event_t &>(event).window);
    default:
        return {};
    }
}

} // namespace

Screen::~Screen()
{
    m_notifier.reset();
    m_connection.reset();
    if (m_windowManager.state() == QProcess::NotRunning)
        return;
    m_windowManager.terminate();
    m_windowManager.waitForFinished(5'000);
}

bool Screen::start()
{
    if (!m_server.start())
        return false;
    m_elapsed.start();
    m_connection.reset(xcb_connect(m_server.name().toLatin1().constData(), nullptr));
    if (xcb_connection_has_error(m_connection.get()) != 0)
        return false;
    m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection.get())).data->root;
    const quint32 events = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
    xcb_change_window_attributes(m_connection.get(), m_root, XCB_CW_EVENT_MASK, &events);
    xcb_flush(m_connection.get());
    m_notifier = std::make_unique<QSocketNotifier>(
        xcb_get_file_descriptor(m_connection.get()), QSocketNotifier::Read);
    QObject::connect(
        m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { keepDiary(); });
    return true;
}

bool Screen::startWindowManager()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), name());
    m_windowManager.setProcessEnvironment(environment);
    m_windowManager.start(QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
    const xcb_atom_t check = atom("_NET_SUPPORTING_WM_CHECK");
    return m_windowManager.waitForStarted(5'000)
        && QTest::qWaitFor([&] { return !property(m_root, check).isEmpty(); }, 15'000);
}

bool Screen::hasWindow(const QString &title)
{
    return find(title) != XCB_NONE;
}

int Screen::count(const QColor &colour) const
{
    const auto size = owned(xcb_get_geometry_reply(
        m_connection.get(), xcb_get_geometry(m_connection.get(), m_root), nullptr));
    if (!size)
        return 0;
    const auto image = owned(xcb_get_image_reply(m_connection.get(),
        xcb_get_image(m_connection.get(), XCB_IMAGE_FORMAT_Z_PIXMAP, m_root, 0, 0, size->width,
            size->height, 0x00ffffff),
        nullptr));
    if (!image)
        return 0;
    // 24 bits of colour in 32, in the byte order of this machine, for the server runs on it.
    const auto wanted = colour.rgb() & 0x00ffffff;
    const uchar *bytes = xcb_get_image_data(image.get());
    const int length = xcb_get_image_data_length(image.get());
    int found = 0;
    for (int at = 0; at + 4 <= length; at += 4) {
        quint32 pixel = 0;
        std::memcpy(&pixel, bytes + at, sizeof pixel);
        found += (pixel & 0x00ffffff) == wanted ? 1 : 0;
    }
    return found;
}

Screen::WindowState Screen::stateOf(const QString &title)
{
    const QRegularExpression pattern(title);
    for (const Window &window : windows()) {
        if (!pattern.match(window.title).hasMatch())
            continue;
        const QByteArray value = property(window.id, atom("WM_STATE"));
        quint32 state = 0;
        if (value.size() < qsizetype(sizeof state))
            continue;
        std::memcpy(&state, value.constData(), sizeof state);
        if (state == NormalState)
            return WindowState::Normal;
        if (state == IconicState)
            return WindowState::Minimised;
    }
    return WindowState::Unmanaged;
}

void Screen::minimise(const QString &title)
{
    askWindowManager(find(title), "WM_CHANGE_STATE", IconicState);
}

void Screen::restore(const QString &title)
{
    const QRegularExpression pattern(title);
    const xcb_atom_t state = atom("WM_STATE");
    for (const Window &window : windows()) {
        if (pattern.match(window.title).hasMatch() && !property(window.id, state).isEmpty())
            askWindowManager(window.id, "_NET_ACTIVE_WINDOW", PagerSource);
    }
}

void Screen::pressReturn(const QString &title)
{
    const auto key = keyCodeOf(ReturnSymbol);
    if (!key)
        return;
    xcb_set_input_focus(m_connection.get(), XCB_INPUT_FOCUS_PARENT, find(title), XCB_CURRENT_TIME);
    fakeKey(XCB_KEY_PRESS, *key);
    fakeKey(XCB_KEY_RELEASE, *key);
    xcb_flush(m_connection.get());
}

QByteArray Screen::describe()
{
    QByteArray words = "screen " + name().toLatin1()
        + (m_server.isRunning() ? ", X server runs" : ", X server is gone")
        + (xcb_connection_has_error(m_connection.get()) == 0 ? "" : ", our connection is lost");
    const bool hasManager = !m_windowManager.program().isEmpty();
    if (hasManager)
        words += m_windowManager.state() == QProcess::Running ? ", window manager runs"
                                                              : ", window manager is gone";
    for (const Window &window : windows()) {
        if (window.title.isEmpty())
            continue; // parts of a frame, most of them
        words += "\n  window 0x" + QByteArray::number(window.id, 16)
            + (window.isViewable ? " seen  '" : " unseen '") + window.title.toUtf8() + '\'';
    }
    for (const QByteArray &line : std::as_const(m_diary))
        words += "\n  " + line;
    words += '\n' + m_server.complaints();
    return hasManager ? words + m_windowManager.readAllStandardError() : words;
}

QList<Screen::Window> Screen::windows()
{
    // Events that come together with a reply wake nobody.
    keepDiary();
    QList<Window> found;
    addWindowsBelow(m_root, found);
    return found;
}

//! A window may go at any moment: then its replies are missing, and so is the window.
void Screen::addWindowsBelow(xcb_window_t parent, QList<Window> &found) const
{
    xcb_connection_t *connection = m_connection.get();
    const auto tree
        = owned(xcb_query_tree_reply(connection, xcb_query_tree(connection, parent), nullptr));
    if (!tree)
        return;
    const xcb_window_t *children = xcb_query_tree_children(tree.get());
    for (int i = 0; i < xcb_query_tree_children_length(tree.get()); ++i) {
        const auto attributes = owned(xcb_get_window_attributes_reply(
            connection, xcb_get_window_attributes(connection, children[i]), nullptr));
        if (!attributes)
            continue;
        found.append({children[i], QString::fromUtf8(property(children[i], atom("_NET_WM_NAME"))),
            attributes->map_state == XCB_MAP_STATE_VIEWABLE});
        addWindowsBelow(children[i], found);
    }
}

xcb_window_t Screen::find(const QString &title)
{
    const QRegularExpression pattern(title);
    for (const Window &window : windows()) {
        if (window.isViewable && pattern.match(window.title).hasMatch())
            return window.id;
    }
    return XCB_NONE;
}

xcb_atom_t Screen::atom(const char *name) const
{
    const auto reply = owned(xcb_intern_atom_reply(m_connection.get(),
        xcb_intern_atom(m_connection.get(), 0, static_cast<uint16_t>(std::strlen(name)), name),
        nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

QByteArray Screen::property(xcb_window_t window, xcb_atom_t name) const
{
    const auto reply = owned(xcb_get_property_reply(m_connection.get(),
        xcb_get_property(m_connection.get(), 0, window, name, XCB_GET_PROPERTY_TYPE_ANY, 0, 256),
        nullptr));
    if (!reply)
        return {};
    return {static_cast<const char *>(xcb_get_property_value(reply.get())),
        xcb_get_property_value_length(reply.get())};
}

void Screen::askWindowManager(xcb_window_t window, const char *message, quint32 value)
{
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = window;
    event.type = atom(message);
    event.data.data32[0] = value;
    xcb_send_event(m_connection.get(), 0, m_root,
        XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT,
        reinterpret_cast<const char *>(&event));
    xcb_flush(m_connection.get());
}

void Screen::fakeKey(quint8 type, xcb_keycode_t key)
{
    xcb_test_fake_input(m_connection.get(), type, key, XCB_CURRENT_TIME, m_root, 0, 0, 0);
}

std::optional<xcb_keycode_t> Screen::keyCodeOf(quint32 symbol) const
{
    const xcb_setup_t *setup = xcb_get_setup(m_connection.get());
    const int keys = setup->max_keycode - setup->min_keycode + 1;
    const auto map = owned(xcb_get_keyboard_mapping_reply(m_connection.get(),
        xcb_get_keyboard_mapping(
            m_connection.get(), setup->min_keycode, static_cast<uint8_t>(keys)),
        nullptr));
    if (!map)
        return {};
    const xcb_keysym_t *symbols = xcb_get_keyboard_mapping_keysyms(map.get());
    for (int key = 0; key < keys; ++key) {
        if (symbols[key * map->keysyms_per_keycode] == symbol)
            return static_cast<xcb_keycode_t>(setup->min_keycode + key);
    }
    return {};
}

void Screen::keepDiary()
{
    while (const auto event = owned(xcb_poll_for_event(m_connection.get()))) {
        const QByteArray words = wordsFor(*event);
        if (words.isEmpty())
            continue;
        m_diary.append(QByteArray::number(m_elapsed.elapsed()) + " ms: " + words);
        if (m_diary.size() > DiaryLength)
            m_diary.removeFirst();
    }
    // The end of the connection would wake us for ever.
    if (xcb_connection_has_error(m_connection.get()) != 0)
        m_notifier->setEnabled(false);
}

} // namespace presently::test
