// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/messagepane.h"

#include "models/items/messagelistmodel.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "models/text/linkpolicy.h"
#include "models/text/richtext.h"
#include "ui/desktop/composer.h"
#include "ui/desktop/messagedelegate.h"
#include "ui/desktop/theme.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

//! \file
//! What can be done with one message of the MessagePane.

namespace presently::ui {

namespace {

QString plainTextOf(const QModelIndex &index)
{
    return RichText::fromHtml(index.data(ContentRole).toString()).toPlainText();
}

bool isUserMessage(const QModelIndex &index)
{
    return index.data(MessageKindRole).toInt() == int(MessageKind::User);
}

bool isOnTheServer(const QModelIndex &index)
{
    return !index.data(MessageIdRole).toString().isEmpty();
}

QMessageBox *askBox(QWidget *parent, const QString &title, const QString &text, const QString &yes)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(title);
    box->setText(title);
    box->setInformativeText(text);
    QPushButton *accept = box->addButton(yes, QMessageBox::AcceptRole);
    accept->setProperty("role", u"primary"_s);
    box->setDefaultButton(box->addButton(MessagePane::tr("Cancel"), QMessageBox::RejectRole));
    return box;
}

} // namespace

void MessagePane::onHit(const QModelIndex &index, const MessageHit &hit)
{
    const IdempotencyKey key{index.data(OutgoingKeyRole).toString()};
    switch (hit.what) {
    case MessageHit::What::Link:
        openLink(hit.link);
        break;
    case MessageHit::What::Attachment:
        saveAttachment(index, hit.attachment);
        break;
    case MessageHit::What::Reply:
        jumpTo({index.data(ReplyToRole).toString()});
        break;
    case MessageHit::What::Retry:
        m_session.submit(RetryMessageCommand{key});
        break;
    case MessageHit::What::Discard:
        m_session.submit(DiscardMessageCommand{key});
        break;
    case MessageHit::What::Nothing:
        break;
    }
}

void MessagePane::openLink(const MessageLink &link)
{
    const LinkDecision decision = judgeLink(link.href, link.text);
    if (decision.verdict == LinkVerdict::Refuse) {
        Q_EMIT noticeRequested(tr("This link was not opened: it does not lead to a web page."));
        return;
    }
    if (decision.verdict == LinkVerdict::Open) {
        Q_EMIT linkActivated(decision.url);
        return;
    }
    //: %1: the host that a link leads to.
    QMessageBox *box = askBox(this, tr("Open %1?").arg(decision.shownHost),
        tr("The text of the link says something else than where it leads:\n%1")
            .arg(QString::fromUtf8(decision.url.toEncoded())),
        tr("Open"));
    connect(box, &QMessageBox::accepted, this,
        [this, url = decision.url] { Q_EMIT linkActivated(url); });
    box->open();
}

void MessagePane::saveAttachment(const QModelIndex &index, int attachment)
{
    const auto files = index.data(AttachmentsRole).value<QList<Attachment>>();
    if (attachment < 0 || attachment >= files.size())
        return;
    const Attachment file = files[attachment];
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto *dialog = new QFileDialog(this, tr("Save the file"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(cleanFileName(file.fileName));
    connect(dialog, &QFileDialog::fileSelected, this, [this, file](const QString &path) {
        m_session.submit(DownloadAttachmentCommand{file.id, path});
    });
    dialog->open();
}

void MessagePane::startReply(const QModelIndex &index)
{
    m_composer->startReply({index.data(MessageIdRole).toString()},
        index.data(Qt::DisplayRole).toString(),
        RichText::fromHtml(index.data(ContentRole).toString()).toPreview());
}

void MessagePane::startEdit(const QModelIndex &index)
{
    m_composer->startEdit({index.data(MessageIdRole).toString()}, plainTextOf(index));
}

void MessagePane::editLast()
{
    for (int row = m_model->rowCount() - 1; row >= 0; --row) {
        const QModelIndex index = m_model->index(row);
        if (index.data(IsOwnRole).toBool() && isUserMessage(index) && isOnTheServer(index)) {
            startEdit(index);
            return;
        }
    }
}

void MessagePane::openMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    if (!isUserMessage(index))
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"messageMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (isOnTheServer(index))
        fillMessageMenu(*menu, index);
    else
        fillOutgoingMenu(*menu, index);
    menu->popup(globalPosition);
}

void MessagePane::fillOutgoingMenu(QMenu &menu, const QModelIndex &index)
{
    const IdempotencyKey key{index.data(OutgoingKeyRole).toString()};
    const bool failed = index.data(DeliveryRole).toInt() == int(Delivery::Failed);
    if (failed)
        connect(menu.addAction(tr("Retry")), &QAction::triggered, this,
            [this, key] { m_session.submit(RetryMessageCommand{key}); });
    connect(menu.addAction(m_theme.icon(u"delete"_s), tr("Discard")), &QAction::triggered, this,
        [this, key] { m_session.submit(DiscardMessageCommand{key}); });
}

void MessagePane::fillMessageMenu(QMenu &menu, const QModelIndex &index)
{
    const QPersistentModelIndex message(index);
    const MessageId id{index.data(MessageIdRole).toString()};
    connect(menu.addAction(m_theme.icon(u"reply"_s), tr("Reply")), &QAction::triggered, this,
        [this, message] { startReply(message); });
    connect(menu.addAction(m_theme.icon(u"copy"_s), tr("Copy")), &QAction::triggered, this,
        [text = plainTextOf(index)] { QGuiApplication::clipboard()->setText(text); });
    if (!index.data(IsOwnRole).toBool())
        return;
    connect(menu.addAction(m_theme.icon(u"edit"_s), tr("Edit")), &QAction::triggered, this,
        [this, message] { startEdit(message); });
    menu.addSeparator();
    connect(menu.addAction(m_theme.icon(u"delete"_s, m_theme.palette().danger), tr("Delete")),
        &QAction::triggered, this, [this, id] {
            QMessageBox *box = askBox(this, tr("Delete this message?"),
                tr("It disappears for everybody in this conversation."), tr("Delete"));
            connect(box, &QMessageBox::accepted, this, [this, id] {
                m_session.submit(DeleteMessageCommand{m_conversation, id});
            });
            box->open();
        });
}

} // namespace presently::ui
