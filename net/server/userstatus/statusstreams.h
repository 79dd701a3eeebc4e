// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/core/expected.h"
#include "models/presence/presencechange.h"
#include "net/server/userstatus/statuscaller.h"
#include "net/wire/userstatus/faults.h"
#include "net/wire/userstatus/statuses.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <memory>
#include <unordered_map>

namespace presently::net {

class StatusDevices;
class StatusView;
struct DialectContext;

//! \brief Where the events of one stream go.
class StatusSink
{
public:
    virtual ~StatusSink() = default;
    //! Called again only after StatusStreams::written().
    virtual void write(const userstatus::StatusEvent &event) = 0;
    //! The server ends the stream. Nothing is called any more.
    virtual void finish(const userstatus::Failure &failure) = 0;
    //! The peer has ended it.
    virtual void abandon() = 0;
};

//! \brief The open streams: each person may have several, and none knows of the others.
//!
//! Watching makes nobody online. A stream ends when its token does, when its session is revoked,
//! when its reader is too slow, and when the server goes down.
//! Units:     ids count from 1 and are never used again.
//! Errors:    open() says why not; afterwards only through StatusSink::finish().
//! Ownership: owns the sinks; borrows the rest.
//! Threading: one thread.
class StatusStreams : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusStreams)

public:
    //! Events that wait for one reader; one more ends its stream.
    static constexpr std::size_t MaxWaiting = 1024;
    //! Streams of one person; one more is refused.
    static constexpr int MaxPerPerson = 20;

    StatusStreams(const DialectContext &context, const StatusView &view, StatusDevices &devices,
        QObject *parent = nullptr);
    ~StatusStreams() override;

    //! Watches \a userIds, or everybody the caller may see when empty. \a sink is told nothing
    //! before this has returned, and is not touched when it fails.
    [[nodiscard]] Expected<void, userstatus::Failure> open(quint64 id, const StatusCaller &caller,
        const QStringList &userIds, std::unique_ptr<StatusSink> sink);
    //! \name What the transport says of a stream; one that is gone is ignored
    //! @{
    void written(quint64 id);
    void closed(quint64 id);
    //! @}
    void closeSession(const SessionId &session);
    void closePerson(PersonKey person);
    void stop();

    [[nodiscard]] QSet<SessionId> openSessions() const;
    [[nodiscard]] qsizetype count() const;

private:
    class Stream;
    enum class Lease { Kept, Released };

    void presenceChanged(const PresenceChange &change);
    void visibilityChanged(PersonKey one, PersonKey other);
    void retell(PersonKey viewer, PersonKey subject);
    void tell(PersonKey viewer, const userstatus::StatusEvent &event);
    void pump(Stream &stream);
    void end(quint64 id, const userstatus::Failure &failure, Lease lease = Lease::Released);
    [[nodiscard]] std::unique_ptr<Stream> remove(quint64 id);
    template <typename Matches>
    void endAll(const userstatus::Failure &failure, Lease lease, Matches matches);

    const DialectContext &m_context;
    const StatusView &m_view;
    StatusDevices &m_devices;
    std::unordered_map<quint64, std::unique_ptr<Stream>> m_streams;
    QHash<PersonKey, QList<quint64>> m_byPerson;
};

} // namespace presently::net
