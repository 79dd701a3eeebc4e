// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/error.h"
#include "models/core/expected.h"
#include "models/core/message.h"
#include "models/core/preferences.h"
#include "models/core/presence.h"
#include "models/storage/conversationrecords.h"
#include "models/storage/peopletable.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace presently::app {

//! \brief One thing a persona does, after a pause.
struct PersonaStep {
    enum class Action {
        Come, //!< `device` connects
        Go, //!< `device` says goodbye
        Drop, //!< `device` loses its link without a word
        Report, //!< `device` reports `activity` with its next heartbeat
        SetStatus, //!< `intent` is what the person wants shown
        Type, //!< is typing in `conversation`
        Say, //!< sends `html` to `conversation`
        Read, //!< reads `conversation` to its end
    };

    Action action = Action::Come;
    Milliseconds after{0}; //!< pause before it
    Milliseconds jitter{0}; //!< up to this much is added to the pause, by chance
    DeviceType device = DeviceType::Desktop;
    ActivityState activity = ActivityState::Active;
    IntentStatus status = IntentStatus::Auto;
    QString customMessage;
    std::optional<Milliseconds> statusFor; //!< none: until changed
    QString conversation; //!< key of a seed conversation
    QStringList lines; //!< HTML; Say takes the next one each time it is played

    bool operator==(const PersonaStep &) const = default;
};

//! \brief A person of the seed.
struct SeedPerson {
    QString login;
    QString password; //!< plain: hashed at its first use
    QString name;
    QString company;
    QString email;
    QString phone;
    PersonIds ids; //!< empty or 0: chosen
    QStringList contacts; //!< logins; mutual, said once is enough
    PresencePreferences preferences;
    Intent intent; //!< at the start
    std::optional<Milliseconds> lastSeenAgo; //!< none: never seen
    QList<PersonaStep> persona; //!< empty: no persona; played over and over

    [[nodiscard]] bool isPersona() const { return !persona.isEmpty(); }
};

//! \brief A message of the seed, placed by its age so that a demo is always fresh.
struct SeedMessage {
    QString key; //!< for replies and read pointers; may be empty
    QString from; //!< login
    QString html;
    Milliseconds ago{0};
    std::optional<Milliseconds> editedAgo;
    QString editedFrom; //!< the text before the edit
    QString replyTo; //!< key of an earlier message of the same conversation; empty: none
};

//! \brief A conversation of the seed, oldest message first.
struct SeedConversation {
    QString key;
    QString title; //!< empty: named after its people
    QStringList participants; //!< logins; two and no title: their direct conversation
    QString objectType;
    QString objectId;
    QString objectUrl;
    QList<AccessScope> scopes;
    Milliseconds createdAgo{0};
    QList<SeedMessage> messages;
    QHash<QString, int> unread; //!< by login: how many of the last messages are unread
    QStringList pinnedBy;
    QStringList mutedBy;
    QStringList archivedBy;
};

//! \brief What a server is filled with before its first guest.
struct Seed {
    QList<SeedPerson> people;
    QList<SeedConversation> conversations;
};

//! Bytes of a seed, at most.
inline constexpr qint64 MaximumSeedSize = 8 * 1024 * 1024;

//! Reads a seed as resources/seed/seed.schema.json describes it. \a name is the file as the reader
//! of an error should see it. Errors: Malformed, MissingField, InvalidField or TooLarge; `field` is
//! "<name>: <JSON path>", `detail` what was expected there.
[[nodiscard]] Expected<Seed, Error> parseSeed(const QByteArray &json, const QString &name);
//! Reads the file. Errors: as parseSeed(), and NotFound or StorageFailed for the file itself.
[[nodiscard]] Expected<Seed, Error> loadSeed(const QString &filePath);
//! The seed that is compiled in.
[[nodiscard]] Expected<Seed, Error> builtInSeed();

} // namespace presently::app
