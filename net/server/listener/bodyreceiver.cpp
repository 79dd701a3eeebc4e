// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/listener/bodyreceiver.h"

#include <QTemporaryFile>

#include <utility>

namespace presently::net {

using namespace Qt::StringLiterals;

BodyReceiver::~BodyReceiver()
{
    clear();
}

void BodyReceiver::clear()
{
    m_file.reset();
    if (!m_path.isEmpty())
        QFile::remove(m_path);
    m_path.clear();
    m_bytes = {};
    m_size = 0;
    m_limit = 0;
}

BodyReceiver::Outcome BodyReceiver::begin(const BufferBody &plan, const HttpHead &head)
{
    clear();
    m_limit = plan.maxBytes;
    return head.contentLength > m_limit ? Outcome::TooLarge : Outcome::Good;
}

BodyReceiver::Outcome BodyReceiver::begin(const StreamBody &plan, const HttpHead &head)
{
    clear();
    m_limit = plan.maxBytes;
    if (head.contentLength > m_limit)
        return Outcome::TooLarge;
    auto file = std::make_unique<QTemporaryFile>(plan.directory + "/body-XXXXXX"_L1);
    file->setAutoRemove(false);
    if (!file->open())
        return Outcome::StorageFailed;
    m_path = file->fileName();
    m_file = std::move(file);
    return Outcome::Good;
}

BodyReceiver::Outcome BodyReceiver::take(QByteArrayView bytes)
{
    if (bytes.size() > m_limit - m_size)
        return Outcome::TooLarge;
    m_size += bytes.size();
    if (!m_file)
        m_bytes.append(bytes);
    else if (m_file->write(bytes.data(), bytes.size()) != bytes.size())
        return Outcome::StorageFailed;
    return Outcome::Good;
}

void BodyReceiver::finish(HttpRequest &request)
{
    m_file.reset(); // flushed and closed
    request.body = std::exchange(m_bytes, {});
    request.bodyFile = m_path;
    request.bodySize = m_size;
}

} // namespace presently::net
