// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace presently::ui {

class Theme;

//! \brief The soft pulse of a dot when somebody comes online: a second, and nothing when motion is
//! reduced.
class Pulse : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Pulse)

public:
    explicit Pulse(const Theme &theme, QObject *parent = nullptr);

    void start(const QString &userId);
    //! 1 at the start, 0 when it is over.
    [[nodiscard]] qreal of(const QString &userId) const;

Q_SIGNALS:
    //! Repaint the dots of these people.
    void ticked(const QStringList &userIds);

private:
    void tick();

    const Theme &m_theme;
    QTimer m_timer;
    QHash<QString, QElapsedTimer> m_running;
};

} // namespace presently::ui
