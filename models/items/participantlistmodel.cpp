// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/participantlistmodel.h"

#include "models/presence/presencestore.h"
#include "models/store/session.h"
#include "models/text/cleantext.h"

namespace presently {

namespace {

const QList<int> PresenceRoles{
    PresenceRole, StatusRole, AsOfRole, Qt::AccessibleTextRole, Qt::ToolTipRole};

} // namespace

ParticipantListModel::ParticipantListModel(Session &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_session(session)
    , m_queue([this](const UserId &user) { onPresenceOf(user); }, [this] { tellChangedRows(); })
{
    connect(&session.presence(), &PresenceStore::presenceChanged, &m_queue,
        [this](const QList<UserId> &users) { m_queue.add(users); });
}

ParticipantListModel::~ParticipantListModel() = default;

void ParticipantListModel::setList(ParticipantList *list)
{
    if (m_list == list)
        return;
    beginResetModel();
    if (m_list)
        m_list->disconnect(this);
    m_list = list;
    m_changedRows.clear();
    if (m_list)
        connectList();
    endResetModel();
}

void ParticipantListModel::connectList()
{
    ParticipantList *list = m_list;
    connect(list, &ListStore::aboutToInsert, this,
        [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(list, &ListStore::inserted, this, [this] { endInsertRows(); });
    connect(list, &ListStore::aboutToRemove, this,
        [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(list, &ListStore::removed, this, [this] { endRemoveRows(); });
    connect(list, &ListStore::aboutToReset, this, [this] { beginResetModel(); });
    connect(list, &ListStore::wasReset, this, [this] { endResetModel(); });
    connect(list, &ListStore::changed, this, [this](int first, int last) {
        Q_EMIT dataChanged(index(first), index(last), {Qt::DisplayRole, Qt::AccessibleTextRole});
    });
}

int ParticipantListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_list ? 0 : m_list->count();
}

QString ParticipantListModel::nameAt(int row) const
{
    const Participant &participant = m_list->at(row);
    const QString name = cleanName(participant.displayName);
    return name.isEmpty() ? cleanName(m_session.roster().displayName(participant.user)) : name;
}

int ParticipantListModel::statusAt(int row) const
{
    return int(m_session.presence().presence(m_list->at(row).user).status);
}

QVariant ParticipantListModel::data(const QModelIndex &index, int role) const
{
    if (!m_list || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Participant &participant = m_list->at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return nameAt(index.row());
    case UserIdRole:
        return participant.user.value;
    case PresenceRole:
        return QVariant::fromValue(m_session.presence().presence(participant.user));
    case StatusRole:
        return statusAt(index.row());
    case AsOfRole: {
        const auto asOf = m_session.presence().asOf(participant.user);
        return asOf ? QVariant::fromValue(*asOf) : QVariant();
    }
    case IsSelfRole:
        return participant.user == m_session.self().user;
    case RowKindRole:
        return int(RowKind::Item);
    case Qt::AccessibleTextRole:
        return m_words ? QVariant(m_words(index)) : QVariant();
    default:
        return {};
    }
}

QHash<int, QByteArray> ParticipantListModel::roleNames() const
{
    auto names = QAbstractListModel::roleNames();
    names.insert({{UserIdRole, "userId"}, {PresenceRole, "presence"}, {StatusRole, "status"},
        {AsOfRole, "asOf"}, {IsSelfRole, "isSelf"}});
    return names;
}

void ParticipantListModel::onPresenceOf(const UserId &user)
{
    const int row = m_list ? m_list->rowOf(user) : -1;
    if (row >= 0)
        m_changedRows.push_back(row);
}

void ParticipantListModel::tellChangedRows()
{
    std::vector<int> rows;
    rows.swap(m_changedRows);
    std::sort(rows.begin(), rows.end());
    for (size_t i = 0; i < rows.size();) {
        size_t end = i + 1;
        while (end < rows.size() && rows[end] <= rows[end - 1] + 1)
            ++end;
        if (rows[end - 1] < rowCount())
            Q_EMIT dataChanged(index(rows[i]), index(rows[end - 1]), PresenceRoles);
        i = end;
    }
}

} // namespace presently
