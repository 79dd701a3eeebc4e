// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/composer.h"

#include "models/core/uuid.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "models/text/richtext.h"
#include "ui/desktop/attachmentchip.h"
#include "ui/desktop/composeredit.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/theme.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int MostFiles = 10; //!< the server takes no more with one message
constexpr std::chrono::seconds TypingInterval{3};
constexpr int ButtonSize = 34;

} // namespace

Composer::Composer(Session &session, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
{
    setObjectName(u"composer"_s);
    build();
    connect(&session, &Session::uploadProgressed, this,
        [this](const IdempotencyKey &key, qint64 sent, qint64 total) {
            for (AttachmentChip *chip : std::as_const(m_chips)) {
                if (chip->key() == key)
                    chip->setProgress(sent, total);
            }
        });
    connect(&session, &Session::uploadFinished, this,
        [this](const IdempotencyKey &key, const UploadedFile &file) {
            onUploadEnded(key, file, std::nullopt);
        });
    connect(&session, &Session::uploadFailed, this,
        [this](const IdempotencyKey &key, const Error &error) {
            onUploadEnded(key, std::nullopt, error);
        });
    connect(&session, &Session::capabilitiesChanged, this, &Composer::refresh);
    connect(&theme, &Theme::changed, this, &Composer::fetchIcons);
    fetchIcons();
    refresh();
}

Composer::~Composer() = default;

void Composer::build()
{
    m_context = new QFrame(this);
    m_context->setObjectName(u"contextBar"_s);
    m_context->setProperty("role", u"contextBar"_s);
    m_contextIcon = new PlainLabel(m_context);
    m_contextTitle = new PlainLabel(m_context);
    m_contextTitle->setProperty("role", u"fieldLabel"_s);
    m_contextTitle->setElided(true);
    m_contextText = new PlainLabel(m_context);
    m_contextText->setProperty("role", u"muted"_s);
    m_contextText->setElided(true);
    m_leave = new QToolButton(m_context);
    m_leave->setAccessibleName(tr("Cancel"));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_contextTitle);
    texts->addWidget(m_contextText);
    auto *contextRow = new QHBoxLayout(m_context);
    contextRow->setContentsMargins(12, 6, 6, 6);
    contextRow->setSpacing(10);
    contextRow->addWidget(m_contextIcon);
    contextRow->addLayout(texts, 1);
    contextRow->addWidget(m_leave);
    m_context->hide();

    m_chipRow = new QWidget(this);
    m_chipLayout = new QHBoxLayout(m_chipRow);
    m_chipLayout->setContentsMargins(0, 0, 0, 0);
    m_chipLayout->setSpacing(8);
    m_chipLayout->addStretch(1);
    m_chipRow->hide();

    m_box = new QFrame(this);
    m_box->setProperty("role", u"composerBox"_s);
    m_edit = new ComposerEdit(m_box);
    m_edit->setObjectName(u"messageField"_s);
    m_edit->setAccessibleName(tr("Message"));
    m_attach = new QToolButton(m_box);
    m_attach->setObjectName(u"attachButton"_s);
    m_attach->setAccessibleName(tr("Attach a file"));
    m_attach->setToolTip(tr("Attach a file"));
    m_send = new QToolButton(m_box);
    m_send->setObjectName(u"sendButton"_s);
    m_send->setProperty("role", u"send"_s);
    m_send->setAccessibleName(tr("Send"));
    m_send->setToolTip(tr("Send (Enter)"));
    for (QToolButton *button : {m_attach, m_send})
        button->setFixedSize(ButtonSize, ButtonSize);
    auto *boxRow = new QHBoxLayout(m_box);
    boxRow->setContentsMargins(6, 5, 6, 5);
    boxRow->setSpacing(6);
    boxRow->addWidget(m_attach, 0, Qt::AlignBottom);
    boxRow->addWidget(m_edit, 1, Qt::AlignVCenter);
    boxRow->addWidget(m_send, 0, Qt::AlignBottom);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 4, 20, 16);
    column->setSpacing(8);
    column->addWidget(m_context);
    column->addWidget(m_chipRow);
    column->addWidget(m_box);

    connect(m_edit, &ComposerEdit::enterPressed, this, &Composer::submit);
    connect(m_edit, &ComposerEdit::upPressedWhileEmpty, this, &Composer::editLastRequested);
    connect(m_edit, &ComposerEdit::escapePressed, this, [this] {
        if (!leaveContext() && window())
            window()->setFocus();
    });
    connect(m_edit, &ComposerEdit::filesPasted, this, &Composer::attach);
    connect(m_edit, &ComposerEdit::focusChanged, this, [this](bool focused) {
        m_box->setProperty("focused", focused);
        m_box->style()->unpolish(m_box);
        m_box->style()->polish(m_box);
    });
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        refresh();
        noteTyping();
    });
    connect(m_send, &QToolButton::clicked, this, &Composer::submit);
    connect(m_attach, &QToolButton::clicked, this, &Composer::chooseFiles);
    connect(m_leave, &QToolButton::clicked, this, &Composer::leaveContext);
}

void Composer::fetchIcons()
{
    m_attach->setIcon(m_theme.icon(u"attach"_s));
    m_send->setIcon(m_theme.icon(u"send"_s, m_theme.palette().accentText));
    m_leave->setIcon(m_theme.icon(u"close"_s));
    constexpr int IconSize = 18;
    if (!m_contextIconRole.isEmpty())
        m_contextIcon->setPixmap(m_theme.pixmap(
            m_contextIconRole, m_theme.palette().accent, IconSize, devicePixelRatioF()));
}

void Composer::setConversation(const ConversationId &conversation)
{
    if (conversation == m_conversation)
        return;
    leaveContext();
    if (!m_conversation.isEmpty())
        m_drafts[m_conversation] = m_edit->toPlainText();
    while (!m_chips.isEmpty())
        removeChip(m_chips.first()->key());
    // An empty conversation first, so that filling in the draft counts as nobody's typing.
    m_conversation = {};
    m_edit->setPlainText(m_drafts.value(conversation));
    m_edit->moveCursor(QTextCursor::End);
    m_conversation = conversation;
    refresh();
}

void Composer::setContext(const QString &iconRole, const QString &title, const QString &text)
{
    m_contextIconRole = iconRole;
    m_contextTitle->setText(title);
    m_contextText->setText(text);
    m_context->setAccessibleName(title);
    m_context->show();
    fetchIcons();
    focusText();
    refresh();
}

void Composer::startReply(const MessageId &message, const QString &name, const QString &preview)
{
    leaveContext();
    m_replyTo = message;
    //: Above the field in which an answer is written. %1: whom it answers.
    setContext(u"reply"_s, tr("Reply to %1").arg(name), preview);
}

void Composer::startEdit(const MessageId &message, const QString &text)
{
    leaveContext();
    m_beforeEdit = m_edit->toPlainText();
    m_editing = message;
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
    setContext(u"edit"_s, tr("Edit message"), text.section(u'\n', 0, 0));
}

bool Composer::leaveContext()
{
    const bool had = m_replyTo || m_editing;
    if (m_editing)
        m_edit->setPlainText(m_beforeEdit);
    m_replyTo.reset();
    m_editing.reset();
    m_beforeEdit.clear();
    m_context->hide();
    refresh();
    return had;
}

void Composer::focusText()
{
    m_edit->setFocus();
}

bool Composer::isUploading() const
{
    return std::any_of(m_chips.begin(), m_chips.end(),
        [](const AttachmentChip *chip) { return chip->isUploading(); });
}

void Composer::refresh()
{
    const bool hasText = !m_edit->toPlainText().trimmed().isEmpty();
    const bool hasFile = std::any_of(m_chips.begin(), m_chips.end(),
        [](const AttachmentChip *chip) { return chip->file().has_value(); });
    m_send->setEnabled(!isUploading() && (hasText || (hasFile && !m_editing)));
    m_attach->setVisible(bool(m_session.capabilities() & Capability::Attachments));
    m_attach->setEnabled(!m_editing && m_chips.size() < MostFiles);
    m_edit->setPlaceholderText(
        isUploading() ? tr("Waiting for the file …") : tr("Write a message"));
}

void Composer::noteTyping()
{
    if (m_conversation.isEmpty() || m_edit->document()->isEmpty()
        || !(m_session.capabilities() & Capability::Typing))
        return;
    const qint64 now = m_session.serverNow().time_since_epoch().count();
    if (std::abs(now - m_lastTypingMs) < Milliseconds(TypingInterval).count())
        return;
    m_lastTypingMs = now;
    m_session.submit(TypingCommand{m_conversation});
}

void Composer::submit()
{
    if (!m_send->isEnabled() || m_conversation.isEmpty())
        return;
    const QString text = m_edit->toPlainText().trimmed();
    if (m_editing)
        submitEdit();
    else
        submitMessage(text);
    m_lastTypingMs = 0;
    Q_EMIT submitted();
}

void Composer::submitEdit()
{
    const QString html = RichText::fromPlainText(m_edit->toPlainText().trimmed()).toHtml();
    m_session.submit(EditMessageCommand{m_conversation, *m_editing, html});
    leaveContext();
}

void Composer::submitMessage(const QString &text)
{
    OutgoingMessage message;
    const WallTime now = m_session.serverNow();
    message.key = IdempotencyKey{makeUuidV7(now)};
    message.conversation = m_conversation;
    message.content = RichText::fromPlainText(text).toHtml();
    message.replyTo = m_replyTo;
    message.composedAt = now;
    for (const AttachmentChip *chip : std::as_const(m_chips)) {
        if (chip->file())
            message.attachments << *chip->file();
    }
    for (AttachmentChip *chip : std::exchange(m_chips, {}))
        chip->deleteLater();
    m_chipRow->hide();
    m_edit->clear();
    leaveContext();
    m_session.submit(SendMessageCommand{message});
}

void Composer::chooseFiles()
{
    auto *dialog = new QFileDialog(
        this, tr("Attach files"), m_filesFolder.isEmpty() ? QDir::homePath() : m_filesFolder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &filePaths) {
        m_filesFolder = QFileInfo(filePaths.value(0)).absolutePath();
        attach(filePaths);
    });
    dialog->open();
}

void Composer::attach(const QStringList &filePaths)
{
    for (const QString &path : filePaths) {
        if (m_chips.size() < MostFiles && QFileInfo(path).isFile())
            addChip(path);
    }
    refresh();
}

void Composer::addChip(const QString &filePath)
{
    const QFileInfo info(filePath);
    const IdempotencyKey key{makeUuidV7(m_session.serverNow())};
    auto *chip
        = new AttachmentChip(key, cleanFileName(info.fileName()), info.size(), m_theme, m_chipRow);
    m_chips << chip;
    m_chipLayout->insertWidget(m_chipLayout->count() - 1, chip);
    m_chipRow->show();
    connect(chip, &AttachmentChip::removeRequested, this, [this, key] { removeChip(key); });
    m_session.submit(UploadFileCommand{key, m_conversation, filePath});
}

void Composer::removeChip(const IdempotencyKey &key)
{
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        AttachmentChip *chip = m_chips[i];
        if (chip->key() != key)
            continue;
        if (chip->isUploading())
            m_session.submit(CancelUploadCommand{key});
        m_chips.removeAt(i);
        chip->hide();
        chip->deleteLater();
        break;
    }
    m_chipRow->setVisible(!m_chips.isEmpty());
    refresh();
}

void Composer::onUploadEnded(const IdempotencyKey &key, const std::optional<UploadedFile> &file,
    const std::optional<Error> &error)
{
    for (AttachmentChip *chip : std::as_const(m_chips)) {
        if (chip->key() != key)
            continue;
        if (file)
            chip->setFile(*file);
        else if (error)
            chip->setFailed(*error);
    }
    refresh();
}

} // namespace presently::ui
