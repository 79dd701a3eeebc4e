// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/conversationlistmodel.h"

#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "models/text/richtext.h"

using namespace Qt::Literals::StringLiterals;

namespace presently {

namespace {

constexpr int PreviewsKept = 512;
constexpr int NamesInATitle = 4;

} // namespace

ConversationListModel::ConversationListModel(Session &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_queue([this](const UserId &user) { onPresenceOf(user); }, [] {})
    , m_previews(PreviewsKept)
{
    connectStore();
    connect(&session.presence(), &PresenceStore::presenceChanged, &m_queue,
        [this](const QList<UserId> &users) { m_queue.add(users); });
    const auto namesChanged = [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole});
    };
    connect(&session.roster(), &Roster::personChanged, this, namesChanged);
    connect(&session.roster(), &Roster::peopleReplaced, this, namesChanged);
    connect(&session, &Session::selfChanged, this, [this] {
        beginResetModel();
        rebuildPeers();
        endResetModel();
    });
    rebuildPeers();
}

ConversationListModel::~ConversationListModel() = default;

void ConversationListModel::connectStore()
{
    ConversationList *list = &m_session.conversations();
    connect(list, &ListStore::aboutToInsert, this,
        [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(list, &ListStore::inserted, this, [this] {
        rebuildPeers();
        endInsertRows();
    });
    connect(list, &ListStore::aboutToRemove, this,
        [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(list, &ListStore::removed, this, [this] {
        rebuildPeers();
        endRemoveRows();
    });
    connect(list, &ListStore::aboutToReset, this, [this] { beginResetModel(); });
    connect(list, &ListStore::wasReset, this, [this] {
        rebuildPeers();
        endResetModel();
    });
    connect(list, &ListStore::changed, this, [this](int first, int last) {
        rebuildPeers();
        Q_EMIT dataChanged(index(first), index(last),
            {Qt::DisplayRole, PreviewRole, LastMessageAtRole, UnreadCountRole, IsPinnedRole,
                IsMutedRole, IsArchivedRole, PresenceRole, StatusRole, Qt::AccessibleTextRole});
    });
}

void ConversationListModel::rebuildPeers()
{
    const ConversationList &list = m_session.conversations();
    m_conversationsWith.clear();
    for (int row = 0; row < list.count(); ++row) {
        if (const auto other = otherSideOf(list.at(row)))
            m_conversationsWith.insert(*other, list.at(row).id);
    }
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_session.conversations().count();
}

std::optional<UserId> ConversationListModel::otherSideOf(const Conversation &conversation) const
{
    if (conversation.participants.size() != 2 || conversation.participantCount > 2)
        return std::nullopt;
    const UserId &self = m_session.self().user;
    const UserId &first = conversation.participants.first().user;
    const UserId &second = conversation.participants.last().user;
    if (first == self)
        return second;
    return second == self ? std::optional(first) : std::nullopt;
}

QString ConversationListModel::titleOf(const Conversation &conversation) const
{
    const QString title = cleanName(conversation.title);
    if (!title.isEmpty())
        return title;
    QStringList names;
    for (const Participant &participant : conversation.participants) {
        if (participant.user == m_session.self().user || names.size() == NamesInATitle)
            continue;
        const QString name = cleanName(participant.displayName);
        names << (name.isEmpty() ? cleanName(m_session.roster().displayName(participant.user))
                                 : name);
    }
    if (names.isEmpty())
        return cleanName(m_session.self().displayName);
    return names.join(u", "_s);
}

QVariant ConversationListModel::personData(const Conversation &conversation, int role) const
{
    const auto other = otherSideOf(conversation);
    if (!other)
        return {};
    switch (role) {
    case UserIdRole:
        return other->value;
    case PresenceRole:
        return QVariant::fromValue(m_session.presence().presence(*other));
    case StatusRole:
        return int(m_session.presence().presence(*other).status);
    default: {
        const auto asOf = m_session.presence().asOf(*other);
        return asOf ? QVariant::fromValue(*asOf) : QVariant();
    }
    }
}

QVariant ConversationListModel::previewData(const Conversation &conversation, int role) const
{
    if (!conversation.lastMessage)
        return {};
    const MessagePreview &last = *conversation.lastMessage;
    switch (role) {
    case PreviewKindRole:
        return int(last.kind);
    case PreviewIsOwnRole:
        return last.sender == m_session.self().user && last.kind == MessageKind::User;
    case PreviewSenderRole: {
        if (last.kind == MessageKind::System)
            return QString();
        const QString name = cleanName(last.senderName);
        return name.isEmpty() ? cleanName(m_session.roster().displayName(last.sender)) : name;
    }
    default:
        break;
    }
    if (last.kind == MessageKind::System)
        return last.content;
    if (const QString *line = m_previews.object(last.content))
        return *line;
    const QString line = RichText::fromHtml(last.content).toPreview();
    m_previews.insert(last.content, new QString(line));
    return line;
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Conversation &conversation = m_session.conversations().at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(conversation);
    case Qt::AccessibleTextRole:
        return m_words ? QVariant(m_words(index)) : QVariant();
    case ConversationIdRole:
        return conversation.id.value;
    case UserIdRole:
    case PresenceRole:
    case StatusRole:
    case AsOfRole:
        return personData(conversation, role);
    case PreviewRole:
    case PreviewSenderRole:
    case PreviewIsOwnRole:
    case PreviewKindRole:
        return previewData(conversation, role);
    case LastMessageAtRole:
        return QVariant::fromValue(conversation.lastMessageAt.value_or(conversation.createdAt));
    case UnreadCountRole:
        return conversation.unreadCount;
    case IsPinnedRole:
        return conversation.isPinned;
    case IsMutedRole:
        return conversation.isMuted;
    case IsArchivedRole:
        return conversation.isArchived;
    case CanJoinRole:
        return conversation.canJoin;
    case IsMemberRole:
        return conversation.isMember;
    default:
        return {};
    }
}

QHash<int, QByteArray> ConversationListModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert(
        {{ConversationIdRole, "conversationId"}, {UserIdRole, "userId"}, {PresenceRole, "presence"},
            {StatusRole, "status"}, {AsOfRole, "asOf"}, {PreviewRole, "preview"},
            {LastMessageAtRole, "lastMessageAt"}, {UnreadCountRole, "unreadCount"},
            {IsPinnedRole, "isPinned"}, {IsMutedRole, "isMuted"}, {IsArchivedRole, "isArchived"}});
    return names;
}

void ConversationListModel::onPresenceOf(const UserId &user)
{
    const auto conversations = m_conversationsWith.values(user);
    for (const ConversationId &id : conversations) {
        const int row = m_session.conversations().rowOf(id);
        if (row >= 0)
            Q_EMIT dataChanged(index(row), index(row),
                {PresenceRole, StatusRole, AsOfRole, Qt::AccessibleTextRole, Qt::ToolTipRole});
    }
}

} // namespace presently
