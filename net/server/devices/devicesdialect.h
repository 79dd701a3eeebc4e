// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/presence/presencechange.h"
#include "net/server/devices/countpacer.h"
#include "net/server/devices/devicelog.h"
#include "net/server/devices/devicesnews.h"
#include "net/server/dialect.h"
#include "net/server/socketdialects/owedanswers.h"
#include "net/server/socketdialects/socketbook.h"

#include <QObject>

#include <optional>

namespace presently::net {

class DevicesSocket;

//! \brief The dialect `devices` on its sockets: who is told what, and what questions get for an
//! answer. See net/wire/devices/README.md.
//!
//! Ownership: borrows the parts of \a context.
//! Threading: the server's thread.
class DevicesDialect : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DevicesDialect)

public:
    explicit DevicesDialect(const DialectContext &context);
    ~DevicesDialect() override;

    [[nodiscard]] SocketBook &book() { return m_book; }
    [[nodiscard]] const SocketBook &book() const { return m_book; }
    [[nodiscard]] WallTime now() const;
    [[nodiscard]] int maxIds() const;

    //! One person as \a viewer may know them, with their devices. Strangers, hidden people and
    //! nobody at all look alike: offline, never seen.
    [[nodiscard]] devices::PersonPresence describe(PersonKey viewer, const UserId &asked) const;
    //! The same without devices. None: it is not known yet after a start, and will be told.
    [[nodiscard]] std::optional<devices::PersonPresence> summarise(
        PersonKey viewer, const UserId &asked);
    //! Whether \a viewer may see whom \a asked names.
    [[nodiscard]] bool canSee(PersonKey viewer, const UserId &asked) const;
    //! As the person sees it: invisible is "offline" in this dialect.
    [[nodiscard]] devices::PersonPresence describeOwn(PersonKey person) const;
    //! \a from is not told of what it asked for. Errors: as Hub::setIntent().
    [[nodiscard]] Expected<void, Error> setIntent(const DevicesSocket &from, const Intent &intent);
    //! A socket of \a person is open: from now on their own devices are told what changes.
    void remember(PersonKey person);
    //! A socket of \a person is gone.
    void forget(PersonKey person);

private:
    //! What one's own devices know of oneself.
    struct OwnState {
        Status status = Status::Offline;
        bool autoAway = false;
        QString message;
        bool operator==(const OwnState &) const = default;
    };

    void presenceChanged(const PresenceChange &change);
    void tellViewers(const PresenceChange &change);
    void tellOwnDevices(const PresenceChange &change);
    void visibilityChanged(PersonKey one, PersonKey other);
    void completed();
    void tellCount(PersonKey person);
    void tell(PersonKey viewer, PersonKey subject);
    void sendToViewers(PersonKey person, DevicesNews &news);
    void sendTo(PersonKey person, DevicesNews &news, const DevicesSocket *except = nullptr);
    [[nodiscard]] std::optional<PersonKey> find(const UserId &asked) const;
    [[nodiscard]] UserId userOf(PersonKey person) const;
    [[nodiscard]] static OwnState ownStateOf(const Presence &own);
    [[nodiscard]] static Presence disguised(const Presence &own, const Intent &intent);

    const DialectContext m_context;
    SocketBook m_book;
    DeviceLog m_log;
    CountPacer m_counts;
    OwedAnswers m_owed;
    QHash<PersonKey, OwnState> m_ownStates; //!< of people with sockets here
    const DevicesSocket *m_asking = nullptr; //!< whose wish is being set
};

} // namespace presently::net
