// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace presently::net {

//! \brief Buffers on their way to a socket, by reference, with how far the first one has gone.
class WriteQueue
{
public:
    void append(const QByteArray &bytes);
    [[nodiscard]] qint64 pendingBytes() const { return m_pending; }
    [[nodiscard]] bool isEmpty() const { return m_pending == 0; }
    [[nodiscard]] qsizetype bufferCount() const { return qsizetype(m_buffers.size()) - m_first; }
    //! What is left of the \a index-th buffer.
    [[nodiscard]] QByteArrayView buffer(qsizetype index) const;
    //! Takes \a bytes off the front.
    void consume(qint64 bytes);
    //! Keeps only the rest of a buffer that has begun to go.
    void discardUnsent();
    void clear();

private:
    std::vector<QByteArray> m_buffers;
    qsizetype m_first = 0;
    qsizetype m_offset = 0; //!< of the first buffer
    qint64 m_pending = 0;
};

} // namespace presently::net
