// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/presence.h"
#include "models/presence/presencechange.h"
#include "net/wire/userstatus/statuses.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace presently::net {

class PeopleDirectory;
class PresenceService;

//! \brief What the callers of this dialect see of people: reads, and never changes anything.
//!
//! Somebody with whom the viewer shares nothing and nobody at all are one and the same: none.
//! Units:     times are UTC; the wire rounds them to seconds.
//! Ownership: borrows people and presence.
//! Threading: one thread.
class StatusView : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusView)

public:
    StatusView(const PeopleDirectory &people, PresenceService &presence, QObject *parent = nullptr);

    //! \brief One person, as one viewer sees them.
    struct Seen {
        PersonKey person{};
        QString userId;
        Presence presence;
        std::optional<WallTime> since; //!< when the state began, as far as the viewer may know
    };
    [[nodiscard]] std::optional<Seen> see(PersonKey viewer, const QString &userId) const;
    [[nodiscard]] Seen see(PersonKey viewer, PersonKey person) const;
    //! How others see \a person, also while \a person asks.
    [[nodiscard]] Seen fromOutside(PersonKey person) const;

    //! What a stream begins with. None while "offline" is held back and nothing is known: it would
    //! be a guess. Somebody who may not be seen is offline, without a time.
    [[nodiscard]] std::optional<userstatus::StatusEvent> snapshot(
        PersonKey viewer, const QString &userId) const;

    [[nodiscard]] std::optional<PersonKey> find(const QString &userId) const;
    [[nodiscard]] QString userIdOf(PersonKey person) const;
    //! Only for the person.
    [[nodiscard]] IntentStatus intentOf(PersonKey person) const;

private:
    void note(const PresenceChange &change);
    [[nodiscard]] Seen seen(PersonKey person, const Presence &presence, Viewer viewer) const;

    const PeopleDirectory &m_people;
    PresenceService &m_presence;
    QHash<PersonKey, WallTime> m_since; //!< of those whom others see as being there
};

[[nodiscard]] userstatus::StatusRow toRow(const StatusView::Seen &seen);

} // namespace presently::net
