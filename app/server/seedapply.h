// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/server/seed.h"
#include "models/core/clock.h"

namespace presently {
class ServerDatabase;
}

namespace presently::app {

//! \brief A person of the seed as the database has them now.
struct SeededPerson {
    PersonRecord person;
    QString password; //!< plain; the server hashes it when it is first used
    bool isPersona = false;
};

//! \brief What a seed has become. In the order of the seed.
struct AppliedSeed {
    QList<SeededPerson> people;
    QHash<QString, ConversationId> conversations; //!< by the seed's key
};

//! Puts \a seed into \a database, ages counted back from \a now. All or nothing. People whose login
//! is there already stay as they are, and conversations with a known key are not made again, so
//! that the same seed can be given at each start.
[[nodiscard]] Expected<AppliedSeed, Error> applySeed(
    const Seed &seed, ServerDatabase &database, WallTime now);

//! Each `{@login}` of \a html as the mention of that person, for lines that personas say.
[[nodiscard]] QString expandMentions(QString html, const QHash<QString, PersonRecord> &people);

} // namespace presently::app
