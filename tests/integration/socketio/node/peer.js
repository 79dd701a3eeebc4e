// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0
//
// node peer.js URL SCENARIO: plays one scenario with the published client and ends with 0 when the
// server did what that client expects of it.

import assert from 'node:assert/strict';
import { io } from 'socket.io-client';

const [url, scenario] = process.argv.slice(2);
const patience = 8000; // milliseconds

function event(emitter, name) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${name}`)), patience);
        emitter.once(name, (...args) => {
            clearTimeout(timer);
            resolve(args);
        });
    });
}

async function connected(path, options) {
    const socket = io(url + path, { reconnectionDelay: 50, reconnectionDelayMax: 100, ...options });
    await event(socket, 'connect');
    return socket;
}

async function echo(socket, ...args) {
    const back = event(socket, 'message-back');
    socket.emit('message', ...args);
    assert.deepEqual(await back, args);
}

// As long as it takes for so many pings of the server to come.
async function pings(socket, count) {
    for (let i = 0; i < count; ++i)
        await event(socket.io, 'ping');
}

const scenarios = {
    async defaults() {
        const socket = io(url, { auth: { token: 'tëst' } });
        const auth = event(socket, 'auth');
        await event(socket, 'connect');
        assert.deepEqual(await auth, [{ token: 'tëst' }]);
        const engine = socket.io.engine;
        const upgraded = engine.transport.name === 'websocket' ? null : event(engine, 'upgrade');
        for (let i = 0; i < 5; ++i)
            await echo(socket, i);
        await upgraded;
        assert.equal(engine.transport.name, 'websocket');
        for (let i = 0; i < 5; ++i)
            await echo(socket, i, 'Привет 😀', { nested: [null, true] });
        await pings(socket, 2);
        assert.ok(socket.connected);
        return socket;
    },

    async websocket() {
        const socket = await connected('/', { transports: ['websocket'] });
        assert.notEqual(socket.id, socket.io.engine.id);
        await echo(socket, 1, '2', { 3: [true] });
        await pings(socket, 3);
        assert.ok(socket.connected);
        return socket;
    },

    async polling() {
        const socket = await connected('/', { transports: ['polling'] });
        for (let i = 0; i < 5; ++i)
            await echo(socket, i, 'Привет 😀');
        await pings(socket, 3);
        assert.equal(socket.io.engine.transport.name, 'polling');
        assert.ok(socket.connected);
        return socket;
    },

    async namespaces() {
        const main = await connected('/');
        const custom = await connected('/custom', { auth: { token: 'abc' } });
        assert.equal(main.io, custom.io);
        assert.notEqual(main.id, custom.id);
        const nowhere = io(`${url}/nowhere`);
        const [error] = await event(nowhere, 'connect_error');
        assert.equal(error.message, 'Invalid namespace');
        custom.disconnect();
        await echo(main, 'still here');
        custom.connect();
        await event(custom, 'connect');
        await echo(custom, 'again');
        return main;
    },

    async acks() {
        const socket = await connected('/');
        for (let i = 0; i < 5; ++i) {
            const answer = await socket.timeout(patience).emitWithAck('message-with-ack', { i });
            assert.deepEqual(answer, { i });
        }
        const both = await Promise.all(
            [1, 2].map((n) => socket.timeout(patience).emitWithAck('message-with-ack', n)));
        assert.deepEqual(both, [1, 2]);
        return socket;
    },

    async bytes() {
        for (const transports of [['websocket'], ['polling']]) {
            const socket = await connected('/', { transports, forceNew: true });
            await echo(socket, Buffer.from([1, 2, 3]), { inside: Buffer.from([4, 5]) });
            const answer = await socket.timeout(patience).emitWithAck(
                'message-with-ack', Buffer.from([6]));
            assert.deepEqual(answer, Buffer.from([6]));
            socket.close();
        }
    },

    // The test ends the server's side of the connection when it hears `drop`.
    async reconnect() {
        for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
            const socket = await connected('/rough', { transports, forceNew: true });
            const before = socket.id;
            const gone = event(socket, 'disconnect');
            const back = event(socket.io, 'reconnect');
            socket.emit('drop');
            assert.equal((await gone)[0], 'transport close');
            await back;
            await event(socket, 'connect');
            assert.notEqual(socket.id, before);
            assert.equal(await socket.timeout(patience).emitWithAck('alive'), 'yes');
            socket.close();
        }
    },

    async kick() {
        const socket = await connected('/rough');
        const gone = event(socket, 'disconnect');
        socket.emit('kick');
        assert.equal((await gone)[0], 'io server disconnect');
        assert.equal(socket.active, false);
        socket.connect();
        await event(socket, 'connect');
        assert.equal(await socket.timeout(patience).emitWithAck('alive'), 'yes');
        return socket;
    },

    async refusal() {
        const socket = io(`${url}/closed`, { auth: { token: 'wrong' } });
        const [error] = await event(socket, 'connect_error');
        assert.equal(error.message, 'Invalid token');
        assert.deepEqual(error.data, { code: 'UNAUTHORIZED' });
        assert.equal(socket.active, false);
        socket.auth = { token: 'right' };
        socket.connect();
        await event(socket, 'connect');
        return socket;
    },

    async restart() {
        const socket = await connected('/');
        await echo(socket, 1);
        const gone = event(socket, 'disconnect');
        const back = event(socket.io, 'reconnect');
        console.log('restart');
        await gone;
        await back;
        await event(socket, 'connect');
        await echo(socket, 2);
        return socket;
    },
};

try {
    (await scenarios[scenario]())?.close();
    console.log('done');
    process.exit(0);
} catch (error) {
    console.log(error.stack);
    process.exit(1);
}
