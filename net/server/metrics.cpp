// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "net/server/metrics.h"

#include "net/server/hub.h"
#include "net/server/presenceservice.h"

namespace presently::net {

namespace {

//! Writes one family after the other.
class MetricsText
{
public:
    void gauge(const char *name, const char *help, qint64 value)
    {
        head(name, help, "gauge");
        line(name, {}, value);
    }
    void counter(const char *name, const char *help, quint64 value)
    {
        head(name, help, "counter");
        line(name, {}, qint64(value));
    }
    void head(const char *name, const char *help, const char *type)
    {
        text += "# HELP " + QByteArray(name) + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void line(const char *name, const QByteArray &labels, qint64 value)
    {
        text += name + labels + ' ' + QByteArray::number(value) + '\n';
    }
    QByteArray text;
};

void writeListener(MetricsText &out, const ListenerCounters &listener)
{
    out.gauge("presently_connections", "Open connections.", listener.openConnections);
    out.head("presently_websockets", "Open WebSockets by dialect.", "gauge");
    out.line("presently_websockets", "{dialect=\"mtchat\"}", listener.openWebSockets);
    out.counter("presently_connections_accepted_total", "Connections taken.", listener.accepted);
    out.counter("presently_connections_refused_total", "Connections over the limit of an address.",
        listener.refusedByAddress);
    out.counter("presently_requests_total", "HTTP requests read.", listener.requests);
    out.counter("presently_requests_refused_total", "Requests that were malformed or too large.",
        listener.refusedRequests);
    out.counter("presently_frames_received_total", "WebSocket frames.", listener.framesReceived);
    out.counter("presently_frames_sent_total", "WebSocket frames.", listener.framesSent);
    out.counter(
        "presently_slow_dropped_total", "WebSockets closed as too slow.", listener.slowDropped);
    out.counter("presently_links_lost_total", "WebSockets that ended without a close frame.",
        listener.lost);
}

void writeHub(MetricsText &out, const Hub &hub)
{
    const HubCounters &counters = hub.counters();
    out.gauge(
        "presently_sessions", "Sessions, also those waiting to be resumed.", hub.streamCount());
    out.head("presently_heartbeats_total", "Presence heartbeats.", "counter");
    out.line("presently_heartbeats_total", "{result=\"accepted\"}", qint64(counters.heartbeats));
    out.line(
        "presently_heartbeats_total", "{result=\"limited\"}", qint64(counters.heartbeatsIgnored));
    out.counter("presently_rate_exceeded_total", "WebSockets closed for their rate.",
        counters.rateExceeded);
    out.counter("presently_presence_changes_total", "Changes of presence that others could see.",
        counters.presenceEvents);
    out.counter("presently_events_sent_total", "Events times receivers.", counters.framesQueued);
    out.counter("presently_resumed_total", "Sessions resumed without a gap.", counters.resumed);
    out.counter("presently_resyncs_total", "Sessions that had to fetch everything again.",
        counters.resyncs);
    out.counter(
        "presently_devices_evicted_total", "Devices over the limit of a person.", counters.evicted);
}

} // namespace

QByteArray writeMetrics(const ListenerCounters &listener, const Hub &hub,
    const PresenceService &presence, const QMap<int, quint64> &answers)
{
    MetricsText out;
    writeListener(out, listener);
    writeHub(out, hub);
    out.gauge("presently_leases", "Devices that are there.", presence.ledger().leaseCount());
    out.head("presently_people", "People with a device, by what others see.", "gauge");
    const QMap<QByteArray, qint64> people = presence.countByStatus();
    for (auto entry = people.cbegin(); entry != people.cend(); ++entry)
        out.line("presently_people", "{status=\"" + entry.key() + "\"}", entry.value());
    out.head("presently_responses_total", "HTTP answers by status.", "counter");
    for (auto entry = answers.cbegin(); entry != answers.cend(); ++entry)
        out.line("presently_responses_total",
            "{status=\"" + QByteArray::number(entry.key()) + "\"}", qint64(entry.value()));
    return out.text;
}

} // namespace presently::net
