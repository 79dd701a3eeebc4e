// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/participantpane.h"

#include "models/items/participantgroupmodel.h"
#include "models/items/participantlistmodel.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "ui/common/rowwords.h"
#include "ui/common/wording.h"
#include "ui/desktop/participantdelegate.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/presencelistview.h"
#include "ui/desktop/pulse.h"
#include "ui/desktop/theme.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int HeaderHeight = 60;
constexpr qsizetype Crowd = 12; //!< more at once is no news about anybody

} // namespace

ParticipantPane::ParticipantPane(Session &session, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_people(new ParticipantListModel(session, this))
    , m_groups(new ParticipantGroupModel(*m_people, session, this))
    , m_pulse(new Pulse(theme, this))
{
    setObjectName(u"participantPane"_s);
    setProperty("role", u"sidePane"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_groups->setAccessibleWords([&session](const QModelIndex &index) {
        return participantWords(index, session.serverNow());
    });
    build();
    const auto countChanged = [this] { refreshCount(); };
    connect(m_people, &QAbstractItemModel::modelReset, this, countChanged);
    connect(m_people, &QAbstractItemModel::rowsInserted, this, countChanged);
    connect(m_people, &QAbstractItemModel::rowsRemoved, this, countChanged);
    connect(
        &session.presence(), &PresenceStore::cameOnline, this, [this](const QList<UserId> &users) {
            for (qsizetype i = 0; i < users.size() && users.size() <= Crowd; ++i) {
                if (m_groups->rowOf(users[i]) >= 0)
                    m_pulse->start(users[i].value);
            }
        });
    connect(m_pulse, &Pulse::ticked, m_view, [this](const QStringList &users) {
        for (const QString &user : users) {
            const int row = m_groups->rowOf(UserId{user});
            if (row >= 0)
                m_view->update(m_groups->index(row));
        }
    });
}

ParticipantPane::~ParticipantPane() = default;

void ParticipantPane::build()
{
    auto *title = new PlainLabel(tr("People"), this);
    title->setProperty("role", u"title"_s);
    m_count = new PlainLabel(this);
    m_count->setProperty("role", u"muted"_s);
    m_close = new QToolButton(this);
    m_close->setObjectName(u"closePeopleButton"_s);
    m_close->setAccessibleName(tr("Close the list of people"));
    m_close->setToolTip(tr("Close"));
    const auto fetchIcon = [this] { m_close->setIcon(m_theme.icon(u"close"_s)); };
    connect(&m_theme, &Theme::changed, m_close, fetchIcon);
    fetchIcon();
    auto *header = new QWidget(this);
    header->setFixedHeight(HeaderHeight);
    auto *headerRow = new QHBoxLayout(header);
    headerRow->setContentsMargins(18, 0, 10, 0);
    headerRow->setSpacing(8);
    headerRow->addWidget(title);
    headerRow->addWidget(m_count, 1, Qt::AlignVCenter);
    headerRow->addWidget(m_close);

    m_view = new PresenceListView(m_theme, this);
    m_view->setObjectName(u"participantView"_s);
    m_view->setAccessibleName(tr("People in this conversation"));
    m_view->setItemDelegate(new ParticipantDelegate(
        m_theme, *m_pulse, [this] { return m_session.serverNow(); }, m_view));
    m_view->setRowHeights(ParticipantRowLayout::Height, ParticipantRowLayout::HeadingHeight,
        [this] { return m_groups->headingRows(); });
    m_view->setModel(m_groups);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(m_view, 1);
    connect(m_close, &QToolButton::clicked, this, &ParticipantPane::closeRequested);
    connect(
        m_view, &PresenceListView::handlingChanged, m_groups, &ParticipantGroupModel::setFrozen);
}

void ParticipantPane::setConversation(const ConversationId &conversation)
{
    m_people->setList(conversation.isEmpty() ? nullptr : &m_session.participants(conversation));
}

void ParticipantPane::refreshCount()
{
    const int count = m_people->rowCount();
    m_count->setText(count > 0 ? QString::number(count) : QString());
    m_count->setAccessibleName(peopleCountText(count));
}

void ParticipantPane::refreshTimes()
{
    m_view->viewport()->update();
}

} // namespace presently::ui
