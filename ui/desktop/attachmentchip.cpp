// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/attachmentchip.h"

#include "ui/common/wording.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/theme.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int ChipWidth = 220;
constexpr int IconSize = 20;
constexpr int Steps = 1000;

} // namespace

AttachmentChip::AttachmentChip(
    IdempotencyKey key, const QString &fileName, qint64 size, const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_key(std::move(key))
    , m_detail(new PlainLabel(fileSizeText(size), this))
    , m_progress(new QProgressBar(this))
{
    setObjectName(u"attachmentChip"_s);
    setProperty("role", u"chip"_s);
    setFixedWidth(ChipWidth);
    auto *icon = new PlainLabel(this);
    icon->setPixmap(
        theme.pixmap(u"file"_s, theme.palette().textSecondary, IconSize, devicePixelRatioF()));
    auto *name = new PlainLabel(fileName, this);
    name->setElided(true);
    m_detail->setProperty("role", u"muted"_s);
    m_detail->setElided(true);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, Steps);
    //: Accessible name of a progress bar. %1: a file name.
    m_progress->setAccessibleName(tr("Sending %1").arg(fileName));
    auto *remove = new QToolButton(this);
    remove->setIcon(theme.icon(u"close"_s));
    remove->setIconSize(QSize(14, 14));
    //: %1: a file name.
    remove->setAccessibleName(tr("Remove %1").arg(fileName));
    connect(remove, &QToolButton::clicked, this, &AttachmentChip::removeRequested);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(m_detail);
    texts->addWidget(m_progress);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 7, 4, 7);
    row->addWidget(icon);
    row->addLayout(texts, 1);
    row->addWidget(remove, 0, Qt::AlignTop);
}

void AttachmentChip::setProgress(qint64 sent, qint64 total)
{
    if (total > 0)
        m_progress->setValue(int(std::clamp<qint64>(sent * Steps / total, 0, Steps)));
    //: How far a file is. %1: sent, %2: in all, as in "1.2 MB of 3 MB".
    m_detail->setText(tr("%1 of %2").arg(fileSizeText(sent), fileSizeText(total)));
}

void AttachmentChip::setFile(const UploadedFile &file)
{
    m_file = file;
    m_progress->hide();
    m_detail->setText(fileSizeText(file.size));
}

void AttachmentChip::setFailed(const Error &error)
{
    m_failed = true;
    m_progress->hide();
    m_detail->setText(errorWords(error).what);
    setToolTip(plainToolTip(errorWords(error).joined()));
}

} // namespace presently::ui
