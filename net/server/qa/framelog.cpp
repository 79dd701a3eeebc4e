// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/framelog.h"

#include "models/core/timeformat.h"
#include "net/server/qa/framename.h"

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

QJsonObject toJson(const LoggedFrame &frame, FrameBodies bodies)
{
    const bool isIn = frame.direction == FrameDirection::Received;
    QJsonObject object{{u"id"_s, qint64(frame.id)}, {u"at"_s, toRfc3339(frame.at)},
        {u"connection"_s, qint64(frame.connection)}, {u"direction"_s, isIn ? u"in"_s : u"out"_s},
        {u"type"_s, frame.type}, {u"size"_s, qint64(frame.payload.size())}};
    if (!frame.user.isEmpty())
        object.insert(u"user_id"_s, frame.user.value);
    if (!frame.device.isEmpty())
        object.insert(u"device"_s, frame.device.value);
    if (!frame.dialect.isEmpty())
        object.insert(u"dialect"_s, frame.dialect);
    if (bodies == FrameBodies::Wanted)
        object.insert(u"body"_s, withoutSecrets(frame.payload));
    return object;
}

const LoggedFrame &FrameLog::add(const FrameRecord &record, WallTime at)
{
    FrameName name = frameNameOf(record.opcode, record.payload);
    m_bytes += record.payload.size();
    m_frames.push_back({++m_lastId, at, record.connection, record.user, record.device,
        record.direction, std::move(name.type), std::move(name.dialect), record.payload});
    while (qsizetype(m_frames.size()) > MaxFrames || (m_bytes > MaxBytes && m_frames.size() > 1)) {
        m_bytes -= m_frames.front().payload.size();
        m_frames.pop_front();
    }
    return m_frames.back();
}

void FrameLog::clear()
{
    m_frames.clear();
    m_bytes = 0;
}

} // namespace presently::net
