// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "models/items/participantgroupmodel.h"

#include "models/items/participantlistmodel.h"
#include "models/presence/presencestore.h"
#include "models/store/participantlist.h"
#include "models/store/session.h"

#include <QCollator>

#include <numeric>

namespace presently {

namespace {

constexpr std::array GroupOrder{
    Status::Online, Status::Away, Status::Busy, Status::Offline, Status::Unknown};

int groupOf(Status status)
{
    return int(std::find(GroupOrder.begin(), GroupOrder.end(), status) - GroupOrder.begin());
}

//! Beyond this many people the collator's keys take longer than anybody would wait.
constexpr int MostPeopleToCollate = 20000;

std::vector<int> rowsByName(const ParticipantListModel &source)
{
    const int count = source.rowCount();
    std::vector<int> rows(size_t(count), 0);
    std::iota(rows.begin(), rows.end(), 0);
    if (count > MostPeopleToCollate) {
        std::vector<QString> names;
        names.reserve(size_t(count));
        for (int row = 0; row < count; ++row)
            names.push_back(source.nameAt(row).toCaseFolded());
        std::stable_sort(rows.begin(), rows.end(),
            [&](int a, int b) { return names[size_t(a)] < names[size_t(b)]; });
        return rows;
    }
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    std::vector<QCollatorSortKey> keys;
    keys.reserve(size_t(count));
    for (int row = 0; row < count; ++row)
        keys.push_back(collator.sortKey(source.nameAt(row)));
    std::stable_sort(rows.begin(), rows.end(),
        [&](int a, int b) { return keys[size_t(a)].compare(keys[size_t(b)]) < 0; });
    return rows;
}

} // namespace

ParticipantGroupModel::ParticipantGroupModel(
    ParticipantListModel &source, Session &session, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
    , m_session(session)
{
    const auto rebuildAll = [this] { rebuild(); };
    connect(&source, &QAbstractItemModel::modelReset, this, rebuildAll);
    connect(&source, &QAbstractItemModel::rowsInserted, this, rebuildAll);
    connect(&source, &QAbstractItemModel::rowsRemoved, this, rebuildAll);
    connect(&source, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
            onSourceChanged(first.row(), last.row(), roles);
        });
    rebuild();
}

void ParticipantGroupModel::rebuild()
{
    beginResetModel();
    m_heldMoves.clear();
    m_rowOfRank = rowsByName(m_source);
    const int count = int(m_rowOfRank.size());
    m_rankOfRow.assign(size_t(count), 0);
    m_groupOfRow.assign(size_t(count), 0);
    for (RankIndex &group : m_groups)
        group.reset(count);
    for (int rank = 0; rank < count; ++rank) {
        const int row = m_rowOfRank[size_t(rank)];
        const int group = groupFor(row);
        m_rankOfRow[size_t(row)] = rank;
        m_groupOfRow[size_t(row)] = group;
        m_groups[size_t(group)].insert(rank);
    }
    for (size_t group = 0; group < GroupCount; ++group)
        m_headingShown[group] = m_groups[group].count() > 0;
    endResetModel();
}

int ParticipantGroupModel::groupFor(int sourceRow) const
{
    const UserId &user = m_source.list()->at(sourceRow).user;
    const PresenceStore &presence = m_session.presence();
    const Status shown = presence.presence(user).status;
    if (shown != Status::Unknown)
        return groupOf(shown);
    const auto known = presence.lastKnown(user);
    return groupOf(known ? known->presence.status : Status::Unknown);
}

int ParticipantGroupModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    int rows = int(m_rowOfRank.size());
    for (const bool shown : m_headingShown)
        rows += shown ? 1 : 0;
    return rows;
}

int ParticipantGroupModel::headingRow(int group) const
{
    int row = 0;
    for (int before = 0; before < group; ++before)
        row += m_groups[size_t(before)].count() + (m_headingShown[size_t(before)] ? 1 : 0);
    return row;
}

int ParticipantGroupModel::rowAt(const Place &place) const
{
    const int heading = headingRow(place.group);
    if (place.rank < 0)
        return heading;
    return heading + (m_headingShown[size_t(place.group)] ? 1 : 0)
        + m_groups[size_t(place.group)].position(place.rank);
}

ParticipantGroupModel::Place ParticipantGroupModel::placeAt(int row) const
{
    for (int group = 0; group < GroupCount; ++group) {
        const RankIndex &people = m_groups[size_t(group)];
        if (m_headingShown[size_t(group)] && row-- == 0)
            return {group, -1};
        if (row < people.count())
            return {group, people.rankAt(row)};
        row -= people.count();
    }
    return {};
}

int ParticipantGroupModel::rowOf(const UserId &user) const
{
    const int sourceRow = m_source.list() ? m_source.list()->rowOf(user) : -1;
    if (sourceRow < 0 || size_t(sourceRow) >= m_rankOfRow.size())
        return -1;
    return rowAt({m_groupOfRow[size_t(sourceRow)], m_rankOfRow[size_t(sourceRow)]});
}

QList<int> ParticipantGroupModel::headingRows() const
{
    QList<int> rows;
    for (int group = 0; group < GroupCount; ++group) {
        if (m_headingShown[size_t(group)])
            rows << headingRow(group);
    }
    return rows;
}

QVariant ParticipantGroupModel::headingData(int group, int role) const
{
    const RankIndex &people = m_groups[size_t(group)];
    switch (role) {
    case RowKindRole:
        return int(RowKind::Heading);
    case HeadingStatusRole:
        return int(GroupOrder[size_t(group)]);
    case HeadingCountRole:
        return people.count();
    case AsOfRole: {
        if (people.count() == 0)
            return {};
        const int sourceRow = m_rowOfRank[size_t(people.rankAt(0))];
        return m_source.data(m_source.index(sourceRow), AsOfRole);
    }
    default:
        return {};
    }
}

QVariant ParticipantGroupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::AccessibleTextRole)
        return m_words ? QVariant(m_words(index)) : QVariant();
    const Place place = placeAt(index.row());
    if (place.rank < 0)
        return headingData(place.group, role);
    return m_source.data(m_source.index(m_rowOfRank[size_t(place.rank)]), role);
}

Qt::ItemFlags ParticipantGroupModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return QAbstractListModel::flags(index);
    if (placeAt(index.row()).rank < 0)
        return Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return QAbstractListModel::flags(index) | Qt::ItemNeverHasChildren;
}

QHash<int, QByteArray> ParticipantGroupModel::roleNames() const
{
    auto names = m_source.roleNames();
    names.insert({{RowKindRole, "rowKind"}, {HeadingStatusRole, "headingStatus"},
        {HeadingCountRole, "headingCount"}});
    return names;
}

void ParticipantGroupModel::onSourceChanged(int first, int last, const QList<int> &roles)
{
    if (roles.contains(Qt::DisplayRole)) {
        rebuild();
        return;
    }
    for (int sourceRow = first; sourceRow <= last; ++sourceRow) {
        const int group = groupFor(sourceRow);
        const int current = m_groupOfRow[size_t(sourceRow)];
        if (group != current && m_frozen)
            m_heldMoves.insert(sourceRow);
        else if (group != current)
            move(sourceRow, group);
        else
            m_heldMoves.remove(sourceRow);
        const int row = rowAt({m_groupOfRow[size_t(sourceRow)], m_rankOfRow[size_t(sourceRow)]});
        Q_EMIT dataChanged(index(row), index(row), roles);
    }
    // Only the people's own rows were named; a heading's "as of" changes with theirs.
    if (last - first > 0) {
        for (int group = 0; group < GroupCount; ++group)
            tellCount(group);
    }
}

void ParticipantGroupModel::move(int sourceRow, int toGroup)
{
    const int fromGroup = m_groupOfRow[size_t(sourceRow)];
    const int rank = m_rankOfRow[size_t(sourceRow)];
    if (!m_headingShown[size_t(toGroup)])
        setHeadingShown(toGroup, true);
    const int from = rowAt({fromGroup, rank});
    const int to = rowAt({toGroup, rank});
    beginMoveRows({}, from, from, {}, to);
    m_groups[size_t(fromGroup)].remove(rank);
    m_groups[size_t(toGroup)].insert(rank);
    m_groupOfRow[size_t(sourceRow)] = toGroup;
    endMoveRows();
    if (m_groups[size_t(fromGroup)].count() == 0)
        setHeadingShown(fromGroup, false);
    tellCount(fromGroup);
    tellCount(toGroup);
}

void ParticipantGroupModel::setHeadingShown(int group, bool shown)
{
    const int row = headingRow(group);
    if (shown) {
        beginInsertRows({}, row, row);
        m_headingShown[size_t(group)] = true;
        endInsertRows();
    } else {
        beginRemoveRows({}, row, row);
        m_headingShown[size_t(group)] = false;
        endRemoveRows();
    }
}

void ParticipantGroupModel::tellCount(int group)
{
    if (!m_headingShown[size_t(group)])
        return;
    const QModelIndex heading = index(headingRow(group));
    Q_EMIT dataChanged(heading, heading, {HeadingCountRole, AsOfRole, Qt::AccessibleTextRole});
}

void ParticipantGroupModel::setFrozen(bool frozen)
{
    if (m_frozen == frozen)
        return;
    m_frozen = frozen;
    if (frozen)
        return;
    const QSet<int> held = std::exchange(m_heldMoves, {});
    constexpr int MoreThanThisIsOneReset = 500;
    if (held.size() > MoreThanThisIsOneReset) {
        rebuild();
        return;
    }
    for (const int sourceRow : held) {
        const int group = groupFor(sourceRow);
        if (group != m_groupOfRow[size_t(sourceRow)])
            move(sourceRow, group);
    }
}

} // namespace presently
