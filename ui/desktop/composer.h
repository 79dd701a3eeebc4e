// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/events.h"
#include "models/core/message.h"

#include <QHash>
#include <QWidget>

#include <memory>

class QFrame;
class QHBoxLayout;
class QToolButton;

namespace presently {
class Session;
}

namespace presently::ui {

class AttachmentChip;
class ComposerEdit;
class PlainLabel;
class Theme;

//! \brief Where a message is written: Enter sends, Shift+Enter breaks the line, Arrow Up in an empty
//! field edits the last own message, Esc leaves a reply or an edit.
//!
//! Drafts are kept per conversation while the program runs. While a file goes up nothing is sent.
class Composer : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Composer)

public:
    Composer(Session &session, Theme &theme, QWidget *parent = nullptr);
    ~Composer() override;

    void setConversation(const ConversationId &conversation);
    void startReply(const MessageId &message, const QString &name, const QString &preview);
    void startEdit(const MessageId &message, const QString &text);
    //! Leaves a reply or an edit. Returns whether there was one.
    bool leaveContext();
    void focusText();
    //! Files to send with the next message.
    void attach(const QStringList &filePaths);

Q_SIGNALS:
    //! Arrow Up in an empty field.
    void editLastRequested();
    //! Something was handed to the session.
    void submitted();

private:
    void build();
    void submit();
    void submitEdit();
    void submitMessage(const QString &text);
    void chooseFiles();
    void addChip(const QString &filePath);
    void removeChip(const IdempotencyKey &key);
    void onUploadEnded(const IdempotencyKey &key, const std::optional<UploadedFile> &file,
        const std::optional<Error> &error);
    void setContext(const QString &iconRole, const QString &title, const QString &text);
    void refresh();
    void noteTyping();
    void fetchIcons();
    [[nodiscard]] bool isUploading() const;

    Session &m_session;
    Theme &m_theme;
    ConversationId m_conversation;
    QHash<ConversationId, QString> m_drafts;
    std::optional<MessageId> m_replyTo;
    std::optional<MessageId> m_editing;
    QString m_beforeEdit;
    QList<AttachmentChip *> m_chips;
    qint64 m_lastTypingMs = 0;

    QFrame *m_context = nullptr;
    PlainLabel *m_contextIcon = nullptr;
    PlainLabel *m_contextTitle = nullptr;
    PlainLabel *m_contextText = nullptr;
    QToolButton *m_leave = nullptr;
    QWidget *m_chipRow = nullptr;
    QHBoxLayout *m_chipLayout = nullptr;
    QFrame *m_box = nullptr;
    ComposerEdit *m_edit = nullptr;
    QToolButton *m_attach = nullptr;
    QToolButton *m_send = nullptr;
    QString m_contextIconRole;
    QString m_filesFolder; //!< where files were chosen last
};

} // namespace presently::ui
