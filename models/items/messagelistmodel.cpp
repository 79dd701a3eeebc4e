// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/messagelistmodel.h"

#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "models/text/richtext.h"

#include <QDateTime>

namespace presently {

namespace {

const QList<int> SenderPresenceRoles{
    PresenceRole, StatusRole, AsOfRole, Qt::AccessibleTextRole, Qt::ToolTipRole};
const QList<int> NeighbourRoles{
    StartsDayRole, StartsUnreadRole, StartsGroupRole, Qt::AccessibleTextRole};
constexpr int ReplyPreviewLength = 120;

QDate localDay(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).date();
}

} // namespace

MessageListModel::MessageListModel(Session &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
{
    connect(&session.presence(), &PresenceStore::presenceChanged, this,
        &MessageListModel::onPresenceChanged);
    const auto namesChanged = [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0), index(rowCount() - 1),
                {Qt::DisplayRole, ReplyNameRole, Qt::AccessibleTextRole});
    };
    connect(
        &session.roster(), &Roster::personChanged, this, [this, namesChanged](const UserId &user) {
            if (m_senders.contains(user))
                namesChanged();
        });
    connect(&session.roster(), &Roster::peopleReplaced, this, namesChanged);
}

MessageListModel::~MessageListModel() = default;

void MessageListModel::setLog(MessageLog *log)
{
    if (m_log == log)
        return;
    beginResetModel();
    if (m_log)
        m_log->disconnect(this);
    m_log = log;
    m_senders.clear();
    if (m_log) {
        connectLog();
        for (int row = 0; row < m_log->count(); ++row)
            m_senders.insert(m_log->at(row).message.sender);
    }
    m_toldFirstUnread = firstUnreadRow();
    endResetModel();
}

void MessageListModel::connectLog()
{
    MessageLog *log = m_log;
    connect(log, &ListStore::aboutToInsert, this,
        [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(log, &ListStore::inserted, this, [this](int first, int last) {
        for (int row = first; row <= last; ++row)
            m_senders.insert(m_log->at(row).message.sender);
        endInsertRows();
        tellNeighbours(first - 1, last + 1);
    });
    connect(log, &ListStore::aboutToRemove, this,
        [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(log, &ListStore::removed, this, [this](int first, int) {
        endRemoveRows();
        tellNeighbours(first - 1, first);
    });
    connect(log, &ListStore::aboutToReset, this, [this] { beginResetModel(); });
    connect(log, &ListStore::wasReset, this, [this] {
        m_senders.clear();
        for (int row = 0; row < m_log->count(); ++row)
            m_senders.insert(m_log->at(row).message.sender);
        m_toldFirstUnread = firstUnreadRow();
        endResetModel();
    });
    connect(log, &ListStore::changed, this, [this](int first, int last) {
        Q_EMIT dataChanged(index(first), index(last));
        tellNeighbours(first - 1, last + 1);
    });
    connect(log, &MessageLog::stateChanged, this, &MessageListModel::onStateChanged);
}

void MessageListModel::tellNeighbours(int first, int last)
{
    first = std::max(first, 0);
    last = std::min(last, rowCount() - 1);
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last), NeighbourRoles);
}

void MessageListModel::onStateChanged()
{
    const int now = firstUnreadRow();
    if (now == m_toldFirstUnread)
        return;
    for (const int row : {std::exchange(m_toldFirstUnread, now), now}) {
        if (row >= 0)
            tellNeighbours(row, row);
    }
}

void MessageListModel::onPresenceChanged(const QList<UserId> &users)
{
    QSet<UserId> people;
    for (const UserId &user : users) {
        if (m_senders.contains(user))
            people.insert(user);
    }
    if (!people.isEmpty())
        tellPresence(people);
}

void MessageListModel::tellPresence(const QSet<UserId> &people)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (startsGroup(row) && people.contains(m_log->at(row).message.sender))
            Q_EMIT dataChanged(index(row), index(row), SenderPresenceRoles);
    }
}

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_log ? 0 : m_log->count();
}

int MessageListModel::rowOf(const MessageId &id) const
{
    return m_log ? m_log->rowOf(id) : -1;
}

int MessageListModel::firstUnreadRow() const
{
    return m_log && m_log->firstUnread() ? m_log->rowOf(*m_log->firstUnread()) : -1;
}

bool MessageListModel::startsDay(int row) const
{
    return row == 0
        || localDay(m_log->at(row).message.sentAt) != localDay(m_log->at(row - 1).message.sentAt);
}

bool MessageListModel::startsUnread(int row) const
{
    return m_log->firstUnread() && m_log->at(row).message.id == *m_log->firstUnread();
}

bool MessageListModel::startsGroup(int row) const
{
    if (row == 0 || startsDay(row) || startsUnread(row))
        return true;
    const Message &message = m_log->at(row).message;
    const Message &above = m_log->at(row - 1).message;
    return message.kind != above.kind || message.sender != above.sender
        || message.replyTo.has_value() || message.sentAt - above.sentAt > GroupSpan;
}

QString MessageListModel::nameOf(const UserId &user) const
{
    return cleanName(m_session.roster().displayName(user));
}

QVariant MessageListModel::senderData(const MessageEntry &entry, int role) const
{
    const UserId &sender = entry.message.sender;
    if (sender.isEmpty())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(sender);
    case UserIdRole:
        return sender.value;
    case IsOwnRole:
        return sender == m_session.self().user;
    case PresenceRole:
        return QVariant::fromValue(m_session.presence().presence(sender));
    case StatusRole:
        return int(m_session.presence().presence(sender).status);
    default: {
        const auto asOf = m_session.presence().asOf(sender);
        return asOf ? QVariant::fromValue(*asOf) : QVariant();
    }
    }
}

QVariant MessageListModel::replyData(const MessageEntry &entry, int role) const
{
    if (!entry.message.replyTo)
        return {};
    if (role == ReplyToRole)
        return entry.message.replyTo->value;
    const int row = rowOf(*entry.message.replyTo);
    if (row < 0)
        return {};
    const Message &answered = m_log->at(row).message;
    if (role == ReplyNameRole)
        return nameOf(answered.sender);
    return RichText::fromHtml(answered.content).toPreview(ReplyPreviewLength);
}

QVariant MessageListModel::messageData(const MessageEntry &entry, int role) const
{
    const Message &message = entry.message;
    switch (role) {
    case MessageIdRole:
        return message.id.value;
    case OutgoingKeyRole:
        return entry.key.value;
    case MessageKindRole:
        return int(message.kind);
    case ContentRole:
        return message.content;
    case SentAtRole:
        return QVariant::fromValue(message.sentAt);
    case IsEditedRole:
        return message.lastEditedAt.has_value();
    case DeliveryRole:
        return int(entry.delivery);
    case FailureRole:
        return entry.failure ? QVariant::fromValue(*entry.failure) : QVariant();
    case AttachmentsRole:
        return QVariant::fromValue(message.attachments);
    default:
        return {};
    }
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!m_log || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MessageEntry &entry = m_log->at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case UserIdRole:
    case IsOwnRole:
    case PresenceRole:
    case StatusRole:
    case AsOfRole:
        return senderData(entry, role);
    case ReplyToRole:
    case ReplyNameRole:
    case ReplyPreviewRole:
        return replyData(entry, role);
    case StartsDayRole:
        return startsDay(index.row());
    case StartsUnreadRole:
        return startsUnread(index.row());
    case StartsGroupRole:
        return startsGroup(index.row());
    case Qt::AccessibleTextRole:
        return m_words ? QVariant(m_words(index)) : QVariant();
    default:
        return messageData(entry, role);
    }
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert({{MessageIdRole, "messageId"}, {UserIdRole, "userId"}, {StatusRole, "status"},
        {ContentRole, "content"}, {SentAtRole, "sentAt"}, {DeliveryRole, "delivery"},
        {StartsDayRole, "startsDay"}, {StartsUnreadRole, "startsUnread"},
        {StartsGroupRole, "startsGroup"}});
    return names;
}

} // namespace presently
