// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"

#include <QWidget>

class QToolButton;

namespace presently {
class ConversationListModel;
class Session;
} // namespace presently

namespace presently::ui {

class PlainLabel;
class Theme;

//! \brief Above the messages: with whom one speaks, and whether he is there.
class ConversationHeader : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationHeader)

public:
    ConversationHeader(Session &session, ConversationListModel &conversations, Theme &theme,
        QWidget *parent = nullptr);

    void setConversation(const ConversationId &conversation);
    void setBackShown(bool shown);
    void setPeopleShown(bool shown);
    void refresh();

Q_SIGNALS:
    void backRequested();
    void peopleToggled();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void fetchIcons();
    [[nodiscard]] QString presenceLine() const;
    [[nodiscard]] QString typingLine() const;
    [[nodiscard]] QModelIndex index() const;

    Session &m_session;
    ConversationListModel &m_conversations;
    Theme &m_theme;
    ConversationId m_conversation;
    int m_paintedStatus = -1;
    QString m_paintedTitle;
    QToolButton *m_back = nullptr;
    QToolButton *m_people = nullptr;
    QWidget *m_avatarPlace = nullptr; //!< room for what paintEvent draws
    QWidget *m_dotPlace = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_presence = nullptr;
};

} // namespace presently::ui
