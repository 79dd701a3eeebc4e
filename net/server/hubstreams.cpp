// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// Resuming: the half of Hub that keeps what a lost device has missed.

#include "models/core/uuid.h"
#include "net/server/hub.h"
#include "net/server/presenceservice.h"
#include "net/wire/json/boundedjson.h"
#include "net/wire/mtchat/closecodes.h"

#include <QJsonObject>

#include <algorithm>

namespace presently::net {

using namespace Qt::Literals::StringLiterals;

Hub::Stream Hub::makeStream(const ClientLink &link)
{
    const LinkIdentity &identity = link.identity();
    auto stream = std::make_shared<SessionStream>(SessionId{makeUuidV7(m_clock.wallNow())},
        identity.person, identity.device, m_options.limits.resumeEvents);
    stream->signIn = identity.session;
    m_streams.insert(stream->id, stream);

    QList<Stream> &streams = m_receivers[identity.person].streams;
    streams.append(stream);
    // A device that drops and never resumes must not fill the memory: the oldest go first.
    const auto waiting = std::count_if(
        streams.cbegin(), streams.cend(), [](const Stream &other) { return !other->link; });
    if (waiting > m_options.limits.devicesPerUser) {
        const auto oldest = std::find_if(
            streams.cbegin(), streams.cend(), [](const Stream &other) { return !other->link; });
        dropStream(Stream(*oldest));
    }
    return stream;
}

void Hub::dropStream(const Stream &stream)
{
    const Stream kept = stream;
    m_streams.remove(kept->id);
    const auto receivers = m_receivers.find(kept->person);
    if (receivers == m_receivers.end())
        return;
    receivers->streams.removeOne(kept);
    if (receivers->streams.isEmpty() && receivers->plain.isEmpty())
        m_receivers.erase(receivers);
}

void Hub::forgetStreams()
{
    const SteadyTime now = m_clock.now();
    QList<Stream> expired;
    for (const Stream &stream : std::as_const(m_streams)) {
        if (!stream->link && now - stream->detachedAt >= m_options.limits.resumeWindow)
            expired.append(stream);
    }
    for (const Stream &stream : std::as_const(expired))
        dropStream(stream);
}

// The new connection takes over the old session: what came meanwhile was kept there too, so the
// session that began with this connection is given up.
void Hub::resume(ClientLink &link, const mtchat::ResumeRequest &request)
{
    const auto refuse = [this, &link](const QString &reason) {
        ++m_counters.resyncs;
        link.send(mtchat::ResyncFrame{reason});
    };
    const Stream old = m_streams.value(request.session);
    const bool ours = old && old->person == link.identity().person
        && old->device == link.identity().device && old != link.stream;
    if (!link.stream || !ours)
        return refuse(u"unknown_session"_s);
    if (request.epoch != m_presence.ledger().epoch())
        return refuse(u"new_epoch"_s);
    const auto missed = old->after(request.seq);
    if (!missed)
        return refuse(u"gap_too_large"_s);

    if (ClientLink *before = old->link) {
        before->stream.reset();
        before->close(mtchat::CloseCode::Normal, "resumed elsewhere");
    }
    dropStream(link.stream);
    link.stream = old;
    old->link = &link;
    old->signIn = link.identity().session;
    ++m_counters.resumed;
    sendMissed(link, old, *missed);
}

void Hub::sendMissed(
    ClientLink &link, const Stream &stream, const std::vector<SessionStream::Numbered> &missed)
{
    for (const SessionStream::Numbered &event : missed)
        link.sendJson(mtchat::withSeq(event.json, event.seq));
    link.sendJson(
        toAsciiJson(QJsonObject{{u"type"_s, u"resumed"_s}, {u"session_id"_s, stream->id.value},
            {u"epoch"_s, m_presence.ledger().epoch()}, {u"seq"_s, stream->lastSeq()}}));
}

} // namespace presently::net
