// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/ids.h"

#include <QWidget>

class QToolButton;

namespace presently {
class ParticipantGroupModel;
class ParticipantListModel;
class Session;
} // namespace presently

namespace presently::ui {

class PlainLabel;
class PresenceListView;
class Pulse;
class Theme;

//! \brief The right pane: who takes part, by availability.
class ParticipantPane : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ParticipantPane)

public:
    ParticipantPane(Session &session, Theme &theme, QWidget *parent = nullptr);
    ~ParticipantPane() override;

    void setConversation(const ConversationId &conversation);
    [[nodiscard]] ParticipantGroupModel &model() { return *m_groups; }
    void refreshTimes();

Q_SIGNALS:
    void closeRequested();

private:
    void build();
    void refreshCount();

    Session &m_session;
    Theme &m_theme;
    ParticipantListModel *m_people;
    ParticipantGroupModel *m_groups;
    Pulse *m_pulse;
    PlainLabel *m_count = nullptr;
    PresenceListView *m_view = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace presently::ui
