// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "net/server/serveroptions.h"

#include <limits>

namespace presently::net {

//! \brief Every option once: its key in the configuration file, where it lives, and its range.
//!
//! validate() and the configuration reader walk the same table, so that neither can forget a row.
//! \a visit has number(key, &value, from, to), duration(key, &value, from, to), rate(key, &value),
//! text(key, &value), list(key, &value) and flag(key, &value). Durations are in milliseconds.
template <typename Options, typename Visitor>
void visitDialectOptions(Options &options, Visitor &&visit)
{
    constexpr qint64 longest = 7'200'000;
    auto &friends = options.friends;
    visit.duration("friends.heartbeat_ms", friends.heartbeat, 100, longest);
    visit.duration("friends.lease_ms", friends.lease, 200, longest);
    visit.duration("friends.slack_ms", friends.slack, 0, 600'000);
    visit.duration("friends.grace_clean_ms", friends.graceClean, 0, 600'000);
    visit.duration("friends.grace_lost_ms", friends.graceLost, 0, 600'000);

    auto &userStatus = options.userStatus;
    visit.number("userstatus.grpc_port", userStatus.grpcPort, -1, 65535);
    visit.flag("userstatus.later_numbers", userStatus.laterNumbers);
    visit.duration("userstatus.heartbeat_ms", userStatus.heartbeat, 100, longest);
    visit.duration("userstatus.lease_ms", userStatus.lease, 200, longest);
    visit.duration("userstatus.away_lease_ms", userStatus.awayLease, 200, 24 * longest);
    visit.duration("userstatus.stream_end_max_ms", userStatus.streamEndMax, 0, longest);
    visit.number("userstatus.max_ids", userStatus.maxIds, 1, 1000);

    auto &polling = options.polling;
    visit.duration("polling.heartbeat_ms", polling.heartbeat, 100, longest);
    visit.duration("polling.lease_ms", polling.lease, 200, longest);
    visit.flag("polling.list_everybody", polling.listEverybody);

    auto &devices = options.devices;
    visit.duration("devices.heartbeat_ms", devices.heartbeat, 100, longest);
    visit.duration("devices.lease_ms", devices.lease, 200, longest);
    visit.duration("devices.grace_clean_ms", devices.graceClean, 0, 600'000);
    visit.duration("devices.grace_lost_ms", devices.graceLost, 0, 600'000);
    visit.duration("devices.counts_every_ms", devices.countsEvery, 0, 60'000);
    visit.number("devices.max_ids", devices.maxIds, 1, 1000);

    auto &socketIo = options.socketIo;
    visit.duration("socketio.ping_interval_ms", socketIo.pingInterval, 50, 600'000);
    visit.duration("socketio.ping_timeout_ms", socketIo.pingTimeout, 50, 600'000);
    visit.duration("socketio.connect_timeout_ms", socketIo.connectTimeout, 100, 600'000);
    visit.duration("socketio.upgrade_timeout_ms", socketIo.upgradeTimeout, 100, 600'000);
    visit.number("socketio.max_payload_bytes", socketIo.maxPayload, 1024, 1024 * 1024);
    visit.flag("socketio.conformance", socketIo.conformance);
}

//! All of them; see visitDialectOptions().
template <typename Options, typename Visitor>
void visitOptions(Options &options, Visitor &&visit)
{
    constexpr qint64 day = 24LL * 3'600'000;
    auto &listener = options.listener;
    visit.text("listener.host", listener.host);
    visit.number("listener.port", listener.port, 0, 65535);
    visit.duration("listener.bind_patience_ms", listener.bindPatience, 0, 60'000);
    visit.text("listener.tls_certificate", listener.tlsCertificate);
    visit.text("listener.tls_key", listener.tlsKey);
    visit.list("listener.allowed_hosts", listener.allowedHosts);
    visit.list("listener.allowed_origins", listener.allowedOrigins);
    visit.number("listener.backlog", listener.backlog, 1, 65535);
    visit.number("listener.max_connections", listener.maxConnections, 0, 1'000'000);
    visit.number(
        "listener.max_connections_per_address", listener.maxConnectionsPerAddress, 0, 1'000'000);
    visit.number("listener.max_unfinished", listener.maxUnfinished, 1, 65535);
    visit.number("listener.max_header_bytes", listener.maxHeaderBytes, 1024, 65536);
    visit.number("listener.max_header_fields", listener.maxHeaderFields, 8, 1000);
    visit.number("listener.max_body_bytes", listener.maxBodyBytes, 1024, 16 * 1024 * 1024);
    visit.number("listener.max_upload_bytes", listener.maxUploadBytes, 1024, 1LL << 32);
    visit.number("listener.max_message_bytes", listener.maxMessageBytes, 1024, 1024 * 1024);
    visit.number("listener.max_queued_bytes", listener.maxQueuedBytes, 65536, 64 * 1024 * 1024);
    visit.duration("listener.header_deadline_ms", listener.headerDeadline, 100, 120'000);
    visit.duration("listener.body_deadline_ms", listener.bodyDeadline, 100, 600'000);
    visit.duration("listener.keep_alive_ms", listener.keepAlive, 100, 600'000);

    auto &storage = options.storage;
    visit.text("storage.data_directory", storage.dataDirectory);
    visit.text("storage.database", storage.database);
    visit.text("storage.seed_file", storage.seedFile);
    visit.flag("storage.built_in_seed", storage.builtInSeed);
    visit.flag("storage.personas", storage.personas);

    auto &auth = options.auth;
    visit.duration("auth.access_lifetime_ms", auth.accessLifetime, 1'000, day);
    visit.duration("auth.refresh_lifetime_ms", auth.refreshLifetime, 60'000, 365 * day);
    visit.number("auth.hash_passes", auth.hashPasses, 1, 64);
    visit.number("auth.hash_memory_kib", auth.hashMemoryKib, 8, 1024 * 1024);
    visit.number("auth.hash_threads", auth.hashThreads, 1, 16);
    visit.number("auth.max_waiting_hashes", auth.maxWaitingHashes, 1, 4096);
    visit.text("auth.admin_token_file", auth.adminTokenFile);
    visit.text("auth.jwt_secret_file", auth.jwtSecretFile);
    visit.text("auth.user_id_claim", auth.userIdClaim);
    visit.flag("auth.trust_user_id", auth.trustUserId);

    auto &presence = options.presence;
    visit.duration("presence.heartbeat_ms", presence.heartbeat, 100, 3'600'000);
    visit.duration("presence.lease_ms", presence.lease, 200, 7'200'000);
    visit.duration("presence.slack_ms", presence.slack, 0, 600'000);
    visit.duration("presence.ping_after_ms", presence.pingAfter, 50, 600'000);
    visit.duration("presence.pong_within_ms", presence.pongWithin, 50, 600'000);
    visit.duration("presence.grace_clean_ms", presence.graceClean, 0, 600'000);
    visit.duration("presence.grace_lost_ms", presence.graceLost, 0, 600'000);
    visit.duration("presence.hold_back_ms", presence.holdBack, 0, 600'000);
    visit.duration("presence.idle_after_ms", presence.idleAfter, 1'000, day);
    visit.number("presence.snapshot_part", presence.snapshotPart, 1, 500);

    auto &limits = options.limits;
    visit.number("limits.devices_per_user", limits.devicesPerUser, 1, 1000);
    visit.rate("limits.login", limits.login);
    visit.rate("limits.heartbeat", limits.heartbeat);
    visit.rate("limits.frames", limits.frames);
    visit.rate("limits.intent", limits.intent);
    visit.rate("limits.typing", limits.typing);
    visit.rate("limits.presence_query", limits.presenceQuery);
    visit.rate("limits.messages", limits.messages);
    visit.number("limits.presence_query_ids", limits.presenceQueryIds, 1, 1000);
    visit.number("limits.resume_events", limits.resumeEvents, 16, 65536);
    visit.duration("limits.resume_window_ms", limits.resumeWindow, 0, day);
    visit.duration("limits.restart_spread_ms", limits.restartSpread, 0, 600'000);

    visitDialectOptions(options.dialects, visit);
    visit.flag("qa.enabled", options.qa.enabled);
    visit.number("qa.port", options.qa.port, 0, 65535);
}

//! The range of both numbers of a RateLimit.
constexpr qint64 maxRateBurst = 1'000'000;
constexpr qint64 maxRateEveryMs = 3'600'000;

} // namespace presently::net
