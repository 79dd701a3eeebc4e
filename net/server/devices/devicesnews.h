// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/socketio/encodedevent.h"
#include "net/wire/devices/serverevents.h"

#include <QHash>
#include <QList>

#include <array>

namespace presently::net {

//! \brief What there is to tell of one change, in both vocabularies; encoded once for each namespace
//! and vocabulary in which somebody hears it.
class DevicesNews
{
public:
    void add(devices::Vocabulary vocabulary, const devices::ServerEvent &event);
    [[nodiscard]] bool isEmpty() const;
    //! In the order in which they are to be sent.
    [[nodiscard]] const QList<socketio::EncodedEvent> &encoded(
        const QString &space, devices::Vocabulary vocabulary);

    [[nodiscard]] static socketio::EncodedEvent encode(
        const QString &space, const devices::ServerEvent &event);

private:
    static constexpr std::size_t VocabularyCount = 2;

    std::array<QList<devices::ServerEvent>, VocabularyCount> m_events;
    std::array<QHash<QString, QList<socketio::EncodedEvent>>, VocabularyCount> m_encoded;
};

//! What others are told when somebody who looked like \a before looks like \a after. A change of the
//! number of devices alone is none here: see countNews().
[[nodiscard]] DevicesNews statusNews(
    const devices::PersonPresence &before, const devices::PersonPresence &after, WallTime at);
//! That somebody is there, with their devices.
[[nodiscard]] DevicesNews countNews(const devices::PersonPresence &person, WallTime at);
//! What one's own devices are told of oneself.
[[nodiscard]] DevicesNews ownNews(const devices::PersonPresence &person, WallTime at);

} // namespace presently::net
