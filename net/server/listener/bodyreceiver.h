// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/listener/requesthandler.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <memory>

namespace presently::net {

//! \brief Takes a body in, as the plan says: into memory or into a file, never more than allowed.
class BodyReceiver
{
    Q_DISABLE_COPY_MOVE(BodyReceiver)

public:
    enum class Outcome { Good, TooLarge, StorageFailed };

    BodyReceiver() = default;
    ~BodyReceiver(); //!< removes the file, unless it has been moved away

    [[nodiscard]] Outcome begin(const BufferBody &plan, const HttpHead &head);
    [[nodiscard]] Outcome begin(const StreamBody &plan, const HttpHead &head);
    [[nodiscard]] Outcome take(QByteArrayView bytes);
    //! Puts what came into \a request. The file stays until clear().
    void finish(HttpRequest &request);
    void clear();

    [[nodiscard]] qint64 size() const { return m_size; }

private:
    qint64 m_limit = 0;
    qint64 m_size = 0;
    QByteArray m_bytes;
    std::unique_ptr<QFile> m_file;
    QString m_path;
};

} // namespace presently::net
