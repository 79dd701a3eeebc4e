// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "models/items/rankindex.h"
#include "models/items/roles.h"

#include <QAbstractListModel>
#include <QSet>

#include <array>
#include <vector>

namespace presently {

class ParticipantListModel;
class Session;

//! \brief The people of a conversation under headings by availability, by name within each.
//!
//! A change of availability is one move, O(log n) here. While frozen no row changes its place: dots
//! and words still change, and the moves are made up for afterwards. Who has become unknown stays
//! in the group of his last known state, so that an outage does not shuffle the list.
//! Ownership: borrows \a source and \a session.
//! Threading: the window's thread.
class ParticipantGroupModel : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ParticipantGroupModel)

public:
    ParticipantGroupModel(
        ParticipantListModel &source, Session &session, QObject *parent = nullptr);

    //! Set while the pointer or the keyboard is in the list.
    void setFrozen(bool frozen);
    [[nodiscard]] bool isFrozen() const { return m_frozen; }
    void setAccessibleWords(RowWords words) { m_words = std::move(words); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int rowOf(const UserId &user) const; //!< -1: not there
    //! The rows of the headings, ascending; at most one a group.
    [[nodiscard]] QList<int> headingRows() const;

private:
    static constexpr int GroupCount = 5;
    struct Place {
        int group = 0;
        int rank = -1; //!< -1: a heading
    };

    void rebuild();
    [[nodiscard]] int groupFor(int sourceRow) const;
    [[nodiscard]] Place placeAt(int row) const;
    [[nodiscard]] int headingRow(int group) const;
    [[nodiscard]] int rowAt(const Place &place) const;
    [[nodiscard]] QVariant headingData(int group, int role) const;
    void onSourceChanged(int first, int last, const QList<int> &roles);
    void move(int sourceRow, int toGroup);
    void setHeadingShown(int group, bool shown);
    void tellCount(int group);

    ParticipantListModel &m_source;
    Session &m_session;
    RowWords m_words;
    std::vector<int> m_rankOfRow; //!< source row -> rank by name
    std::vector<int> m_rowOfRank;
    std::vector<int> m_groupOfRow; //!< where each source row stands now
    std::array<RankIndex, GroupCount> m_groups;
    std::array<bool, GroupCount> m_headingShown{};
    QSet<int> m_heldMoves; //!< source rows that stand in the wrong group while frozen
    bool m_frozen = false;
};

} // namespace presently
