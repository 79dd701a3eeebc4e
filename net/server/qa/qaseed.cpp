// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/qa/qaseed.h"

#include <QCryptographicHash>

namespace presently::net {

Expected<std::shared_ptr<const QaTemplate>, Error> QaSeeds::find(const QByteArray &seed)
{
    const QByteArray key = QCryptographicHash::hash(seed, QCryptographicHash::Sha256);
    if (const auto known = m_known.constFind(key); known != m_known.cend())
        return *known;
    auto made = std::make_shared<QaTemplate>();
    auto database = DatabaseTemplate::make();
    if (!database)
        return Unexpected{database.error()};
    made->database = *std::move(database);
    auto people = m_seeding(made->database->database(), seed, m_clock.wallNow());
    if (!people)
        return Unexpected{people.error()};
    made->people = *std::move(people);
    m_known.insert(key, made);
    if (!seed.isEmpty())
        m_order.append(key);
    if (m_order.size() > MaxSeeds)
        m_known.remove(m_order.takeFirst());
    return std::shared_ptr<const QaTemplate>(std::move(made));
}

} // namespace presently::net
