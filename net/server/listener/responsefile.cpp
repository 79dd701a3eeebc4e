// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/responsefile.h"

#include <algorithm>

namespace presently::net {

namespace {

constexpr qint64 PartBytes = 64LL * 1024;

} // namespace

std::unique_ptr<ResponseFile> ResponseFile::open(const FileSlice &slice)
{
    std::unique_ptr<ResponseFile> opened(new ResponseFile(slice.path));
    QFile &file = opened->m_file;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || !file.seek(slice.offset))
        return nullptr;
    const qint64 there = std::max<qint64>(file.size() - slice.offset, 0);
    opened->m_length = slice.length < 0 ? there : std::min(slice.length, there);
    opened->m_left = opened->m_length;
    return opened;
}

QByteArray ResponseFile::read()
{
    QByteArray part = m_file.read(std::min(m_left, PartBytes));
    m_left -= part.size();
    return part;
}

} // namespace presently::net
