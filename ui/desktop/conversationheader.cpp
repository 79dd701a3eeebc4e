// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/conversationheader.h"

#include "models/core/presence.h"
#include "models/items/conversationlistmodel.h"
#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "ui/common/rowwords.h"
#include "ui/common/wording.h"
#include "ui/desktop/avatarpainter.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/presencepainter.h"
#include "ui/desktop/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr int Height = 60;
constexpr int AvatarSize = 36;

} // namespace

ConversationHeader::ConversationHeader(
    Session &session, ConversationListModel &conversations, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_conversations(conversations)
    , m_theme(theme)
{
    setObjectName(u"conversationHeader"_s);
    build();
    const auto again = [this] { refresh(); };
    connect(&conversations, &QAbstractItemModel::dataChanged, this, again);
    connect(&conversations, &QAbstractItemModel::modelReset, this, again);
    connect(&session.presence(), &PresenceStore::presenceChanged, this, again);
    connect(&session.typing(), &TypingStore::typingChanged, this, again);
    connect(&session, &Session::linkChanged, this, again);
    connect(&theme, &Theme::changed, this, [this] {
        fetchIcons();
        update();
    });
}

void ConversationHeader::build()
{
    setFixedHeight(Height);
    m_back = new QToolButton(this);
    m_back->setObjectName(u"backButton"_s);
    m_back->setAccessibleName(tr("Back to the conversations"));
    m_back->setToolTip(tr("Back (Esc)"));
    m_people = new QToolButton(this);
    m_people->setObjectName(u"peopleButton"_s);
    m_people->setAccessibleName(tr("People in this conversation"));
    m_people->setToolTip(tr("People"));
    m_people->setCheckable(true);
    m_avatarPlace = new QWidget(this);
    m_avatarPlace->setFixedSize(AvatarSize, AvatarSize);
    m_dotPlace = new QWidget(this);
    m_dotPlace->setObjectName(u"headerDot"_s);
    m_dotPlace->setFixedSize(int(NameDotSize), int(NameDotSize));
    m_title = new PlainLabel(this);
    m_title->setObjectName(u"conversationTitle"_s);
    m_title->setProperty("role", u"title"_s);
    m_title->setElided(true);
    m_presence = new PlainLabel(this);
    m_presence->setObjectName(u"conversationPresence"_s);
    m_presence->setProperty("role", u"muted"_s);
    m_presence->setElided(true);
    auto *presenceRow = new QHBoxLayout;
    presenceRow->setSpacing(int(NameDotGap) + 1);
    presenceRow->addWidget(m_dotPlace, 0, Qt::AlignVCenter);
    presenceRow->addWidget(m_presence, 1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addStretch();
    texts->addWidget(m_title);
    texts->addLayout(presenceRow);
    texts->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 0, 12, 1);
    row->setSpacing(12);
    row->addWidget(m_back);
    row->addWidget(m_avatarPlace);
    row->addLayout(texts, 1);
    row->addWidget(m_people);
    m_back->hide();
    connect(m_back, &QToolButton::clicked, this, &ConversationHeader::backRequested);
    connect(m_people, &QToolButton::clicked, this, &ConversationHeader::peopleToggled);
    fetchIcons();
}

void ConversationHeader::fetchIcons()
{
    m_back->setIcon(m_theme.icon(u"back"_s));
    m_people->setIcon(m_theme.icon(u"people"_s));
}

void ConversationHeader::setConversation(const ConversationId &conversation)
{
    m_conversation = conversation;
    refresh();
}

void ConversationHeader::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void ConversationHeader::setPeopleShown(bool shown)
{
    m_people->setChecked(shown);
}

QModelIndex ConversationHeader::index() const
{
    const int row = m_session.conversations().rowOf(m_conversation);
    return row < 0 ? QModelIndex() : m_conversations.index(row);
}

QString ConversationHeader::typingLine() const
{
    QStringList names;
    const QList<UserId> typing = m_session.typing().typing(m_conversation);
    for (const UserId &user : typing) {
        if (user != m_session.self().user)
            names << cleanName(m_session.roster().displayName(user));
    }
    if (names.isEmpty())
        return {};
    if (names.size() == 1)
        return tr("%1 is typing …").arg(names.first());
    //: %n is 2 or more.
    return tr("%n people are typing …", nullptr, int(names.size()));
}

QString ConversationHeader::presenceLine() const
{
    const QString typing = typingLine();
    if (!typing.isEmpty())
        return typing;
    const QModelIndex row = index();
    if (row.data(UserIdRole).isValid())
        return presenceWords(row, m_session.serverNow());
    const ParticipantList &people = m_session.participants(m_conversation);
    const Conversation *conversation = m_session.conversations().find(m_conversation);
    const int count = std::max(people.count(), conversation ? conversation->participantCount : 0);
    // Counting a crowd at each change would cost what presence must never cost.
    constexpr int MostToCount = 500;
    if (m_session.link().state != LinkState::Online || people.count() > MostToCount)
        return peopleCountText(count);
    int here = 0;
    for (int i = 0; i < people.count(); ++i)
        here += m_session.presence().presence(people.at(i).user).status == Status::Online ? 1 : 0;
    //: In the header of a group. %1: "5 people", %2: how many of them are there.
    return tr("%1, %2 online").arg(peopleCountText(count), QString::number(here));
}

void ConversationHeader::refresh()
{
    const Conversation *conversation = m_session.conversations().find(m_conversation);
    m_title->setText(conversation ? m_conversations.titleOf(*conversation) : QString());
    m_presence->setText(m_conversation.isEmpty() ? QString() : presenceLine());
    m_dotPlace->setVisible(index().data(UserIdRole).isValid());
    m_dotPlace->setAccessibleName(m_presence->text());
    m_title->setToolTip(plainToolTip(m_title->text()));
    const QString presence = plainToolTip(m_presence->text());
    for (QWidget *place : std::initializer_list<QWidget *>{m_avatarPlace, m_dotPlace, m_presence})
        place->setToolTip(presence);
    const int status = index().data(StatusRole).toInt();
    if (std::exchange(m_paintedStatus, status) != status
        || std::exchange(m_paintedTitle, m_title->text()) != m_title->text())
        update();
}

void ConversationHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Palette &colours = m_theme.palette();
    painter.fillRect(0, height() - 1, width(), 1, colours.line);
    const QModelIndex row = index();
    if (!row.isValid())
        return;
    const QVariant user = row.data(UserIdRole);
    paintAvatar(painter, m_avatarPlace->geometry(),
        user.isValid() ? user.toString() : m_conversation.value, m_title->text(), colours);
    if (!user.isValid())
        return;
    const Status status = Status(row.data(StatusRole).toInt());
    paintPresenceDot(painter, m_dotPlace->geometry(), status, colours);
}

} // namespace presently::ui
