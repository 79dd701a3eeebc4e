// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "app/server/qaseeding.h"

#include "models/storage/serverdatabase.h"

namespace presently::app {

using namespace Qt::Literals::StringLiterals;

net::QaSeeding qaSeeding(Seed own, std::function<void(const AppliedSeed &applied)> ownApplied)
{
    return [own = std::move(own), ownApplied = std::move(ownApplied)](ServerDatabase &database,
               const QByteArray &json, WallTime now) -> Expected<QList<net::QaPerson>, Error> {
        const bool isOwn = json.isEmpty();
        const auto seed = isOwn ? Expected<Seed, Error>(own) : parseSeed(json, u"seed"_s);
        if (!seed)
            return Unexpected{seed.error()};
        const auto applied = applySeed(*seed, database, now);
        if (!applied)
            return Unexpected{applied.error()};
        if (isOwn && ownApplied)
            ownApplied(*applied);
        QList<net::QaPerson> people;
        for (const SeededPerson &person : applied->people)
            people.append({person.person, person.password});
        return people;
    };
}

} // namespace presently::app
