// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/message.h"

#include <QFrame>

class QProgressBar;

namespace presently::ui {

class PlainLabel;
class Theme;

//! \brief One file of the message that is being written: its name, how far it is, a way to take it
//! out again.
class AttachmentChip : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AttachmentChip)

public:
    AttachmentChip(IdempotencyKey key, const QString &fileName, qint64 size, const Theme &theme,
        QWidget *parent = nullptr);

    [[nodiscard]] const IdempotencyKey &key() const { return m_key; }
    //! None until the server has it.
    [[nodiscard]] const std::optional<UploadedFile> &file() const { return m_file; }
    [[nodiscard]] bool isUploading() const { return !m_file && !m_failed; }

    void setProgress(qint64 sent, qint64 total);
    void setFile(const UploadedFile &file);
    void setFailed(const Error &error);

Q_SIGNALS:
    void removeRequested();

private:
    IdempotencyKey m_key;
    std::optional<UploadedFile> m_file;
    bool m_failed = false;
    PlainLabel *m_detail;
    QProgressBar *m_progress;
};

} // namespace presently::ui
