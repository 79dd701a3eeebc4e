// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/databasetemplate.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <memory>

namespace presently::net {

//! \brief Somebody whom a seed has put into a database.
struct QaPerson {
    PersonRecord person;
    QString password; //!< plain; empty: cannot sign in by password
};

//! Fills \a database with \a seed (JSON; empty: the seed that the server was started with), ages
//! counted back from \a now. Errors: as the reader of seeds has them.
using QaSeeding = std::function<Expected<QList<QaPerson>, Error>(
    ServerDatabase &database, const QByteArray &seed, WallTime now)>;

//! \brief One seed, applied once: all worlds made of it have the same ids.
struct QaTemplate {
    std::unique_ptr<DatabaseTemplate> database;
    QList<QaPerson> people;
};

//! \brief The seeds that were asked for, each applied once.
//!
//! Ownership: borrows the clock.
//! Threading: one thread.
class QaSeeds
{
public:
    static constexpr qsizetype MaxSeeds = 32; //!< remembered, beside the server's own

    QaSeeds(QaSeeding seeding, const Clock &clock)
        : m_seeding(std::move(seeding))
        , m_clock(clock)
    {
    }

    [[nodiscard]] Expected<std::shared_ptr<const QaTemplate>, Error> find(const QByteArray &seed);

private:
    QaSeeding m_seeding;
    const Clock &m_clock;
    QHash<QByteArray, std::shared_ptr<const QaTemplate>> m_known; //!< by the hash of the seed
    QList<QByteArray> m_order; //!< oldest first, without the server's own
};

} // namespace presently::net
