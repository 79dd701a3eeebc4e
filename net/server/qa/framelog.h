// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/frametap.h"

#include <QJsonObject>
#include <QString>

#include <deque>
#include <functional>

namespace presently::net {

//! \brief One frame of the log. Holds message text: told only to whoever asks for bodies.
struct LoggedFrame {
    quint64 id = 0; //!< grows, also over a reset
    WallTime at; //!< of the world's clock
    quint64 connection = 0;
    UserId user; //!< the mtchat id; empty: not known
    DeviceId device;
    FrameDirection direction = FrameDirection::Received;
    QString type; //!< see FrameName
    QString dialect;
    QByteArray payload;
};

enum class FrameBodies { Left, Wanted };

//! `{id, at, connection, user_id?, device?, direction, type, dialect?, size, body?}`.
[[nodiscard]] QJsonObject toJson(const LoggedFrame &frame, FrameBodies bodies);

//! \brief The last frames of one world, bounded in number and bytes.
//!
//! Ownership: owns its frames.
//! Threading: one thread.
class FrameLog
{
public:
    static constexpr qsizetype MaxFrames = 20'000;
    static constexpr qsizetype MaxBytes = 16LL * 1024 * 1024;

    //! Returns the entry; good until the next call.
    const LoggedFrame &add(const FrameRecord &record, WallTime at);
    void clear();
    //! Of the last frame; 0: there was none.
    [[nodiscard]] quint64 lastId() const { return m_lastId; }
    [[nodiscard]] const std::deque<LoggedFrame> &frames() const { return m_frames; }

private:
    std::deque<LoggedFrame> m_frames;
    qsizetype m_bytes = 0;
    quint64 m_lastId = 0;
};

} // namespace presently::net
