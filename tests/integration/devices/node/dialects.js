// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0
//
// node dialects.js SCENARIO JSON: speaks a dialect with the published client of Socket.IO and ends
// with 0 when the server did what clients of that dialect expect of it. JSON:
// {"url", "conversation", "ana": {"id", "token"}, "bao": {"id", "token"}}

import assert from 'node:assert/strict';
import { io } from 'socket.io-client';

const [scenario, json] = process.argv.slice(2);
const { url, conversation, ana, bao } = JSON.parse(json);
const patience = 8000; // milliseconds

function event(emitter, name, fits = () => true) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${name}`)), patience);
        const listener = (payload) => {
            if (!fits(payload))
                return;
            clearTimeout(timer);
            emitter.off(name, listener);
            resolve(payload);
        };
        emitter.on(name, listener);
    });
}

async function connected(path, options) {
    const socket = io(url + path, { forceNew: true, ...options });
    await event(socket, 'connect');
    return socket;
}

async function refused(path, options) {
    const socket = io(url + path, { forceNew: true, reconnection: false, ...options });
    const error = await event(socket, 'connect_error');
    socket.close();
    return error;
}

async function signedIn(email, password) {
    const reply = await fetch(`${url}/api/v1/auth/signin`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email, password }),
    });
    assert.equal(reply.status, 200);
    return reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

const isOf = (person) => (payload) => payload.user_id === person.id || payload.userId === person.id;

async function friends(options) {
    const cookie = await signedIn('ana', 'ana-password');
    const socket = await connected('', { extraHeaders: { cookie }, ...options });
    socket.emit('heartbeat', { timestamp: Date.now() });
    const came = event(socket, 'friend_status_changed', isOf(bao));
    const other = await connected('', { auth: { token: bao.token } });
    assert.equal((await came).status, 'online');

    const map = await (await fetch(`${url}/api/v1/friends/online-status`, { headers: { cookie } })).json();
    assert.equal(map.data.statuses[bao.id], true);

    const written = event(socket, 'new_message');
    other.emit('join_conversation', { conversation_id: conversation });
    other.emit('send_message', { conversation_id: conversation, text: 'xin chào <b>', url: null, fileName: null });
    const message = await written;
    assert.equal(message.text, 'xin chào <b>');
    assert.equal(message.senderId, bao.id);

    const left = event(socket, 'friend_status_changed', isOf(bao));
    other.close();
    assert.equal((await left).status, 'offline');
    socket.close();
}

const auth = (person, more) => ({ auth: { token: person.token, deviceType: 'web', platform: 'web', ...more } });

async function vocabularyA(path) {
    const socket = await connected(path, auth(ana));
    socket.emit('user_heartbeat', { timestamp: Date.now(), deviceInfo: { type: 'web', os: 'TestOS' } });
    const came = event(socket, 'user_online', isOf(bao));
    const other = await connected('/chat', auth(bao, { deviceId: 'phone' }));
    assert.equal((await came).deviceCount, 1);

    const changed = event(socket, 'user_status_changed', isOf(bao));
    other.emit('update_presence', { status: 'busy', statusMessage: 'exam' });
    assert.equal((await changed).customMessage, 'exam');

    const bulk = event(socket, 'presence_status_response');
    socket.emit('check_users_presence', { userIds: [bao.id, 'nobody'], requestId: '7' });
    assert.deepEqual((await bulk).users.map((user) => user.status), ['busy', 'offline']);
    const acknowledged = await socket.emitWithAck('get_user_presence', { userId: bao.id });
    assert.equal(acknowledged.status, 'busy');

    const left = event(socket, 'user_offline', isOf(bao));
    other.close();
    assert.equal((await left).offlineReason, 'disconnected');
    socket.close();
}

async function vocabularyB() {
    const socket = await connected('/chat', auth(ana));
    const alive = event(socket, 'heartbeat_ack');
    socket.emit('heartbeat', { deviceId: 'web', timestamp: Date.now() });
    assert.equal((await alive).status, 'alive');
    const came = event(socket, 'contact_presence_update', isOf(bao));
    const other = await connected('/chat', auth(bao, { deviceId: 'phone' }));
    assert.equal((await came).status, 'online');
    const bulk = event(socket, 'bulk_presence_response');
    socket.emit('get_bulk_presence', { userIds: [bao.id] });
    assert.equal((await bulk).onlineCount, 1);
    const left = event(socket, 'contact_presence_update', isOf(bao));
    other.close();
    assert.equal((await left).status, 'offline');
    socket.close();
}

async function refusals() {
    assert.equal((await refused('')).message, 'Authentication token required');
    assert.equal((await refused('', { extraHeaders: { cookie: 'accessToken=x' } })).message, 'Invalid token');
    const error = await refused('/chat', { auth: { token: 'x' } });
    assert.equal(error.message, 'Invalid token');
    assert.deepEqual(error.data, { code: 'UNAUTHORIZED' });
    assert.equal((await refused('/nowhere')).message, 'Invalid namespace');
}

const scenarios = {
    friends: () => friends({}),
    'friends over WebSocket alone': () => friends({ transports: ['websocket', 'polling'] }),
    'friends over polling alone': () => friends({ transports: ['polling'] }),
    'devices A': () => vocabularyA('/chat'),
    'devices A on /': () => vocabularyA(''),
    'devices B': vocabularyB,
    refusals,
};

try {
    await scenarios[scenario]();
    console.log('done');
    process.exit(0);
} catch (error) {
    console.log(error.stack);
    process.exit(1);
}
