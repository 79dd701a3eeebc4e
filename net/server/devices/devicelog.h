// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/presencechange.h"
#include "net/wire/devices/serverevents.h"

#include <QByteArray>
#include <QHash>
#include <QList>

namespace presently::net {

class PresenceService;
class SocketBook;

//! \brief The devices of a person as this dialect lists them, whatever dialect each of them speaks.
//!
//! Ownership: borrows both.
//! Threading: the server's thread.
class DeviceLog
{
public:
    enum class Detail {
        Public, //!< a kind, a time and a name that opens nothing
        Own, //!< all that is known
    };

    DeviceLog(const PresenceService &presence, const SocketBook &book);

    //! After each change of a person: remembers since when each device is there. Who comes into sight
    //! again comes with new names and times, however long the devices were there out of it.
    void note(const PresenceChange &change);
    //! Of those that count, one row a device, oldest first.
    [[nodiscard]] QList<devices::DeviceRow> rowsOf(PersonKey person, Detail detail) const;

private:
    //! When others last began to see somebody.
    struct Appearance {
        quint64 number = 0; //!< never used again; 0: nobody sees them
        WallTime at;
    };

    void noteAppearance(const PresenceChange &change);
    [[nodiscard]] QString tagOf(LeaseId lease, quint64 appearance) const;
    void addOwnDetails(devices::DeviceRow &row, LeaseId lease) const;

    const PresenceService &m_presence;
    const SocketBook &m_book;
    const QByteArray m_salt; //!< of this run: tags say nothing about the next one
    QHash<PersonKey, QHash<LeaseId, WallTime>> m_since;
    QHash<PersonKey, Appearance> m_appearances; //!< of those whom others see
    quint64 m_lastAppearance = 0;
};

} // namespace presently::net
