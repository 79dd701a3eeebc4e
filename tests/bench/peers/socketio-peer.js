// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// A plain multi-device presence server on Socket.IO v4: namespace /chat, device records in Redis.

import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { announce, contactsOf, isKnown, listen, openStore } from './common.js';

const RECORD_SECONDS = 300;

const store = await openStore();
const userKey = (user) => `presence:user:${user}`;
const devicesKey = (user) => `presence:devices:${user}`;
const deviceKey = (user, device) => `presence:device:${user}:${device}`;
const room = (user) => `user:${user}`;

const http = createServer((request, response) => response.writeHead(404).end());
const io = new Server(http, { transports: ['websocket', 'polling'], maxHttpBufferSize: 65536 });
const chat = io.of('/chat');

function tellContacts(user, event, payload) {
  chat.to(contactsOf(user).map(room)).emit(event, payload);
}

async function enter(socket, user, device) {
  const now = Date.now();
  await store
    .multi()
    .hSet(userKey(user), { status: 'online', lastSeen: now })
    .expire(userKey(user), RECORD_SECONDS)
    .sAdd(devicesKey(user), device)
    .expire(devicesKey(user), RECORD_SECONDS)
    .hSet(deviceKey(user, device), { socketId: socket.id, connectedAt: now, lastHeartbeat: now })
    .expire(deviceKey(user, device), RECORD_SECONDS)
    .exec();
  const deviceCount = await store.sCard(devicesKey(user));
  tellContacts(user, 'user_online', {
    userId: user,
    status: 'online',
    lastSeen: now,
    deviceCount,
    devices: [{ socketId: socket.id, deviceType: 'web', connectedAt: now }],
  });
}

async function leave(user, device) {
  await store.multi().sRem(devicesKey(user), device).del(deviceKey(user, device)).exec();
  if ((await store.sCard(devicesKey(user))) > 0) return;
  const lastSeen = Date.now();
  await store.hSet(userKey(user), { status: 'offline', lastSeen });
  tellContacts(user, 'user_offline', { userId: user, status: 'offline', lastSeen, offlineReason: 'disconnected' });
}

async function beat(user, device) {
  const now = Date.now();
  await Promise.all([
    store.hSet(userKey(user), 'lastSeen', now),
    store.expire(userKey(user), RECORD_SECONDS),
    store.expire(devicesKey(user), RECORD_SECONDS),
    store.hSet(deviceKey(user, device), 'lastHeartbeat', now),
    store.expire(deviceKey(user, device), RECORD_SECONDS),
  ]);
}

async function setStatus(user, status, customMessage) {
  await store.hSet(userKey(user), { status, customMessage, lastSeen: Date.now() });
  tellContacts(user, 'user_status_changed', { userId: user, status, customMessage, timestamp: Date.now() });
}

async function bulk(ids) {
  const [records, counts] = await Promise.all([
    Promise.all(ids.map((id) => store.hGetAll(userKey(id)))),
    Promise.all(ids.map((id) => store.sCard(devicesKey(id)))),
  ]);
  return records.map((record, index) => ({
    userId: ids[index],
    status: record.status ?? 'offline',
    lastSeen: Number(record.lastSeen ?? 0),
    deviceCount: counts[index],
  }));
}

chat.use((socket, next) => {
  const { token } = socket.handshake.auth;
  if (typeof token === 'string' && isKnown(token)) next();
  else next(new Error('Invalid token'));
});

chat.on('connection', (socket) => {
  const { token: user, deviceId } = socket.handshake.auth;
  const device = typeof deviceId === 'string' ? deviceId : socket.id;
  const report = (error) => console.error(String(error));
  socket.join(room(user));
  socket.on('heartbeat', () => {
    beat(user, device)
      .then(() => socket.emit('heartbeat_ack', { timestamp: Date.now(), status: 'alive' }))
      .catch(report);
  });
  socket.on('update_presence', (request) => {
    const status = ['online', 'away', 'busy'].includes(request?.status) ? request.status : 'online';
    setStatus(user, status, String(request?.customMessage ?? '')).catch(report);
  });
  socket.on('get_bulk_presence', (request) => {
    if (!Array.isArray(request?.userIds)) return;
    bulk(request.userIds.slice(0, 500).map(String))
      .then((presences) => {
        const onlineCount = presences.filter((one) => one.status === 'online').length;
        socket.emit('bulk_presence_response', { presences, onlineCount, timestamp: Date.now() });
      })
      .catch(report);
  });
  socket.on('disconnect', () => {
    leave(user, device).catch(report);
  });
  enter(socket, user, device).catch(report);
});

announce(http);
listen(http);
