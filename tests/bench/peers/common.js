// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// What both peers share: their arguments, the people, who knows whom, and the store behind them.

import process from 'node:process';
import { parseArgs } from 'node:util';
import { createClient } from 'redis';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    redis: { type: 'string' },
    people: { type: 'string' },
    contacts: { type: 'string' },
  },
});

for (const name of ['redis', 'people', 'contacts']) {
  if (!/^\d+$/.test(values[name] ?? '')) {
    console.error(`--${name} NUMBER is missing`);
    process.exit(2);
  }
}

export const port = Number(values.port);
const people = Number(values.people);
const reach = Number(values.contacts) / 2;

/** The id of person `number`, as tests/bench/load/people.h makes it. */
export function userId(number) {
  return `p${String(number).padStart(5, '0')}`;
}

/** Whether somebody with this id exists. */
export function isKnown(user) {
  return /^p\d{5}$/.test(user) && Number(user.slice(1)) < people;
}

/** Everybody stands in a ring and knows the nearest on both sides. Kept in memory, in the peers' favour. */
const contactLists = Array.from({ length: people }, (_, person) => {
  const list = [];
  for (let step = 1; step <= reach; ++step) {
    list.push(userId((person + step) % people), userId((person - step + people) % people));
  }
  return list;
});

export function contactsOf(user) {
  return contactLists[Number(user.slice(1))];
}

/** The store, connected. */
export async function openStore() {
  const store = createClient({ socket: { host: '127.0.0.1', port: Number(values.redis) } });
  store.on('error', (error) => {
    console.error(String(error));
    process.exit(1);
  });
  await store.connect();
  return store;
}

/** Tells whoever started us where we are. */
export function announce(server) {
  server.on('listening', () => {
    console.log(JSON.stringify({ ready: true, http: `http://127.0.0.1:${server.address().port}` }));
  });
}

/** listen() for a port that may still be held by a process on its way out. */
export function listen(server) {
  const options = { host: '127.0.0.1', port, backlog: 4096 };
  server.on('error', (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    setTimeout(() => server.listen(options), 50);
  });
  server.listen(options);
}

process.on('SIGTERM', () => process.exit(0));
