// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// A plain presence server on `ws`: JSON frames, the user id in the address, the truth in Redis.

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { announce, contactsOf, isKnown, listen, openStore } from './common.js';

const LEASE_SECONDS = 60;

const store = await openStore();
const sockets = new Map(); // user id -> Set of sockets

const key = (user) => `presence:${user}`;

function tellContacts(user, status) {
  const frame = JSON.stringify({
    type: 'presence.update',
    user_id: user,
    is_online: status !== 'offline',
    status,
    last_seen: new Date().toISOString(),
  });
  for (const contact of contactsOf(user)) {
    for (const socket of sockets.get(contact) ?? []) socket.send(frame);
  }
}

async function setStatus(user, status) {
  await store
    .multi()
    .hSet(key(user), { status, last_seen: Date.now() })
    .expire(key(user), LEASE_SECONDS)
    .exec();
  tellContacts(user, status);
}

async function beat(user, socket) {
  socket.send('{"type":"pong"}');
  await Promise.all([
    store.hSet(key(user), 'last_seen', Date.now()),
    store.expire(key(user), LEASE_SECONDS),
  ]);
}

async function sendSnapshot(socket, ids) {
  const records = await Promise.all(ids.map((id) => store.hGetAll(key(id))));
  const users = records.map((record, index) => ({
    user_id: ids[index],
    is_online: (record.status ?? 'offline') !== 'offline',
    status: record.status ?? 'offline',
    last_seen: record.last_seen ? new Date(Number(record.last_seen)).toISOString() : null,
  }));
  socket.send(JSON.stringify({ type: 'presence.snapshot', users }));
}

async function take(user, socket, data) {
  const frame = JSON.parse(data);
  if (frame.type === 'ping') {
    await beat(user, socket);
  } else if (frame.type === 'presence.set') {
    await setStatus(user, frame.status === 'auto' ? 'online' : String(frame.status));
  } else if (frame.type === 'presence.watch') {
    const ids = frame.user_ids?.length ? frame.user_ids.slice(0, 500).map(String) : contactsOf(user);
    await sendSnapshot(socket, ids);
  }
}

async function enter(user, socket) {
  const mine = sockets.get(user) ?? new Set();
  sockets.set(user, mine);
  mine.add(socket);
  socket.on('message', (data) => {
    take(user, socket, data).catch(() => socket.close(1007));
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    leave(user, socket).catch((error) => console.error(String(error)));
  });
  socket.send(JSON.stringify({ type: 'connected', employee_id: user }));
  if (mine.size === 1) await setStatus(user, 'online');
}

async function leave(user, socket) {
  const mine = sockets.get(user);
  mine.delete(socket);
  if (mine.size > 0) return;
  sockets.delete(user);
  await store.del(key(user));
  tellContacts(user, 'offline');
}

const http = createServer((request, response) => response.writeHead(404).end());
const webSockets = new WebSocketServer({ noServer: true, maxPayload: 65536 });
http.on('upgrade', (request, socket, head) => {
  const user = new URL(request.url, 'http://localhost').searchParams.get('user_id') ?? '';
  if (!isKnown(user)) {
    socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    return;
  }
  webSockets.handleUpgrade(request, socket, head, (opened) => {
    enter(user, opened).catch((error) => console.error(String(error)));
  });
});
announce(http);
listen(http);
