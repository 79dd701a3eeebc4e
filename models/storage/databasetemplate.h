// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/storage/serverdatabase.h"

#include <memory>

namespace presently {

//! \brief A server database in memory of which others are made, each a copy with the same ids.
//!
//! Errors:    as SqlConnection.
//! Ownership: owns its database; the copies own themselves.
//! Threading: one thread, also for the copies.
class DatabaseTemplate
{
    Q_DISABLE_COPY_MOVE(DatabaseTemplate)

public:
    [[nodiscard]] static Expected<std::unique_ptr<DatabaseTemplate>, Error> make();

    //! To be filled before the first copy.
    [[nodiscard]] ServerDatabase &database() { return *m_database; }
    //! A new database in memory with everything that is in this one.
    [[nodiscard]] Expected<std::unique_ptr<ServerDatabase>, Error> copy() const;

private:
    explicit DatabaseTemplate(QString name)
        : m_name(std::move(name))
    {
    }

    const QString m_name; //!< by which SQLite finds it from another connection
    std::unique_ptr<ServerDatabase> m_database;
};

} // namespace presently
