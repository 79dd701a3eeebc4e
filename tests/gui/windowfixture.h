// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/gui/demosession.h"
#include "ui/desktop/mainwindow.h"
#include "ui/desktop/rowlistview.h"
#include "ui/desktop/theme.h"

#include <QPaintEvent>
#include <QTest>

namespace presently::test {

//! \brief The real window over a session that is filled by events; commands are recorded.
class WindowFixture
{
public:
    WindowFixture()
        : window(demo.session, theme, demo.clock)
    {
        theme.setMotion(ui::Motion::Reduced);
        QObject::connect(&demo.session, &Session::commandSubmitted, &window,
            [this](const Command &command) { commands << command; });
        demo.signIn();
        demo.fill();
    }

    //! Shows the window with the first conversation open.
    void showOpen(const QSize &size = {1240, 800})
    {
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.openConversation(DemoSession::conversation(1));
        settle();
    }

    static void settle() { QCoreApplication::processEvents(); }

    template <typename T>
    [[nodiscard]] T *child(const QString &name) const
    {
        return window.findChild<T *>(name);
    }

    [[nodiscard]] ui::RowListView *list(const QString &name) const
    {
        return child<ui::RowListView>(name);
    }

    void set(const QString &name, Status status)
    {
        demo.setPresence(name, status);
        demo.session.presence().flush();
    }

    template <typename T>
    [[nodiscard]] QList<T> sent() const
    {
        QList<T> found;
        for (const Command &command : commands) {
            if (const auto *specific = std::get_if<T>(&command))
                found << *specific;
        }
        return found;
    }

    DemoSession demo;
    ui::Theme theme;
    ui::MainWindow window;
    QList<Command> commands;
};

//! \brief Counts how many rows of a view are painted, from the regions of its paint events.
class PaintCounter : public QObject
{
    Q_OBJECT

public:
    explicit PaintCounter(ui::RowListView &view)
        : m_view(view)
    {
        view.viewport()->installEventFilter(this);
    }

    void clear() { m_rows.clear(); }
    [[nodiscard]] const QList<int> &rows() const { return m_rows; }

private:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            QSet<int> seen;
            for (const QRect &rect : static_cast<QPaintEvent *>(event)->region()) {
                for (int y = rect.top(); y <= rect.bottom(); ++y) {
                    const QModelIndex index = m_view.indexAt(QPoint(4, y));
                    if (index.isValid())
                        seen.insert(index.row());
                }
            }
            m_rows += QList<int>(seen.begin(), seen.end());
        }
        return QObject::eventFilter(watched, event);
    }

    ui::RowListView &m_view;
    QList<int> m_rows;
};

} // namespace presently::test
