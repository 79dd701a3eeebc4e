// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/wire/http/response.h"

#include <QByteArray>
#include <QFile>

#include <memory>

namespace presently::net {

//! \brief The file of an answer, read a part at a time while it is sent.
class ResponseFile
{
    Q_DISABLE_COPY_MOVE(ResponseFile)

public:
    //! Null if it cannot be read.
    [[nodiscard]] static std::unique_ptr<ResponseFile> open(const FileSlice &slice);

    //! What will be sent, in bytes: no more than was there when it was opened.
    [[nodiscard]] qint64 length() const { return m_length; }
    [[nodiscard]] bool isAtEnd() const { return m_left == 0; }
    //! The next part; empty when the file has become shorter than it was.
    [[nodiscard]] QByteArray read();

private:
    explicit ResponseFile(const QString &path)
        : m_file(path)
    {
    }

    QFile m_file;
    qint64 m_length = 0;
    qint64 m_left = 0;
};

} // namespace presently::net
