// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/lease.h"
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

    //! After each change of \a person: remembers since when each device is there.
    void note(PersonKey person, WallTime now);
    //! Of those that count, one row a device, oldest first.
    [[nodiscard]] QList<devices::DeviceRow> rowsOf(PersonKey person, Detail detail) const;

private:
    [[nodiscard]] QString tagOf(LeaseId lease) const;
    void addOwnDetails(devices::DeviceRow &row, LeaseId lease) const;

    const PresenceService &m_presence;
    const SocketBook &m_book;
    const QByteArray m_salt; //!< of this run: tags say nothing about the next one
    QHash<PersonKey, QHash<LeaseId, WallTime>> m_since;
};

} // namespace presently::net
