// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QWebSocket>

#include <memory>
#include <vector>

namespace presently::bench {

//! \brief Contacts of the viewer, each on a socket of its own, who change their status one after the
//! other; and a second device of the viewer, which counts what the server told the first.
class Crowd
{
public:
    //! \a http is the server's address; it must trust `?user_id=`.
    Crowd(const QString &http, int size);

    [[nodiscard]] bool isComplete() const { return m_connected == m_members.size() + 1; }
    //! One status of one person, different from the one before.
    void change();
    [[nodiscard]] int updatesSeen() const { return m_updates; }

private:
    void open(QWebSocket &socket, const QString &http, const QString &user);
    void noteConnected(const QString &frame);

    std::vector<std::unique_ptr<QWebSocket>> m_members;
    QWebSocket m_counter;
    size_t m_connected = 0;
    size_t m_next = 0;
    bool m_isBusyNext = true;
    int m_updates = 0;
};

} // namespace presently::bench
