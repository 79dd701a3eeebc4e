// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/transport/writequeue.h"

namespace presently::net {

namespace {

constexpr std::size_t BuffersKept = 4;

} // namespace

void WriteQueue::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_buffers.push_back(bytes);
    m_pending += bytes.size();
}

QByteArrayView WriteQueue::buffer(qsizetype index) const
{
    const QByteArrayView whole = m_buffers[size_t(m_first + index)];
    return index == 0 ? whole.sliced(m_offset) : whole;
}

void WriteQueue::consume(qint64 bytes)
{
    m_pending -= bytes;
    if (m_pending == 0) {
        clear();
        return;
    }
    while (bytes > 0) {
        QByteArray &first = m_buffers[size_t(m_first)];
        const qint64 left = first.size() - m_offset;
        if (bytes < left) {
            m_offset += qsizetype(bytes);
            break;
        }
        bytes -= left;
        first = {};
        ++m_first;
        m_offset = 0;
    }
    // Given back now and then, so that a queue that never empties does not grow at its front.
    if (m_first >= 64 && m_first * 2 >= qsizetype(m_buffers.size())) {
        m_buffers.erase(m_buffers.begin(), m_buffers.begin() + m_first);
        m_first = 0;
    }
}

void WriteQueue::discardUnsent()
{
    if (m_offset == 0) {
        clear();
        return;
    }
    m_buffers.resize(size_t(m_first + 1));
    m_pending = m_buffers.back().size() - m_offset;
}

//! An idle connection keeps room for a few frames, so that not each one is an allocation, and no
//! more than that after a flood.
void WriteQueue::clear()
{
    if (m_buffers.capacity() <= BuffersKept)
        m_buffers.clear();
    else
        m_buffers = {};
    m_first = 0;
    m_offset = 0;
    m_pending = 0;
}

} // namespace presently::net
