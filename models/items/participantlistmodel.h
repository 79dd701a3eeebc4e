// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/items/presencechangequeue.h"
#include "models/items/roles.h"
#include "models/store/participantlist.h"

#include <QAbstractListModel>
#include <QPointer>

namespace presently {

class PresenceStore;
class Session;

//! \brief The people of one conversation, row for row as the store has them, with their presence.
//!
//! A change of presence is one dataChanged of one row with named roles, whatever the number of
//! rows; rows next to one another that change in one turn are said together.
//! Ownership: borrows the stores of \a session, which must outlive it.
//! Threading: the window's thread.
class ParticipantListModel : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ParticipantListModel)

public:
    explicit ParticipantListModel(Session &session, QObject *parent = nullptr);
    ~ParticipantListModel() override;

    //! Shows the people of \a list; none: nobody.
    void setList(ParticipantList *list);
    [[nodiscard]] ParticipantList *list() const { return m_list; }
    void setAccessibleWords(RowWords words) { m_words = std::move(words); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    // What sorting needs, without the detour through QVariant.
    [[nodiscard]] QString nameAt(int row) const;
    [[nodiscard]] int statusAt(int row) const;

private:
    void onPresenceOf(const UserId &user);
    void tellChangedRows();
    void connectList();

    Session &m_session;
    QPointer<ParticipantList> m_list;
    RowWords m_words;
    PresenceChangeQueue m_queue;
    std::vector<int> m_changedRows;
};

} // namespace presently
