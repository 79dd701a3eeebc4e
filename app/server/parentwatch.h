// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QTimer>

namespace presently::app {

//! \brief Notices the end of the process that started this one.
//!
//! On Linux the kernel sends SIGTERM at that moment; on every POSIX system a look each second finds
//! that another process has become our parent.
class ParentWatch : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ParentWatch)

public:
    explicit ParentWatch(QObject *parent = nullptr);
    //! False: this system cannot tell.
    [[nodiscard]] bool start();

Q_SIGNALS:
    void parentEnded();

private:
    QTimer m_timer;
    qint64 m_parent = 0;
};

} // namespace presently::app
