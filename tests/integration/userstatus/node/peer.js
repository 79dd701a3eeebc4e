// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

// An honest client of the dialect userstatus that shares nothing with the server but the contract.
// Its one argument is JSON: {address, proto, ana: {token, id}, bao: {token, id}, stranger}. Prints a line
// for each step, and ends with 0 when everything went as the contract has it.

import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const given = JSON.parse(process.argv[2]);
const definition = protoLoader.loadSync(given.proto, { keepCase: true, longs: Number, enums: String });
const { UserStatusService } = grpc.loadPackageDefinition(definition).users.status;

class Person {
    constructor({ token, id }) {
        this.id = id;
        this.client = new UserStatusService(given.address, grpc.credentials.createInsecure());
        this.metadata = new grpc.Metadata();
        this.metadata.set('authorization', `Bearer ${token}`);
        this.metadata.set('x-device-id', `node-${id}`);
    }
    call(method, request) {
        return new Promise((resolve, reject) => {
            this.client[method](request, this.metadata, { deadline: Date.now() + 8000 },
                (error, response) => (error ? reject(error) : resolve(response)));
        });
    }
    async failure(method, request) {
        try {
            await this.call(method, request);
        } catch (error) {
            return error;
        }
        throw new Error(`${method} did not fail`);
    }
}

// The events of a stream, each to be waited for.
class Watch {
    constructor(person, ids) {
        this.events = [];
        this.waiting = [];
        this.stream = person.client.SubscribeStatusUpdates(
            { user_id: person.id, watch_user_ids: ids }, person.metadata);
        this.stream.on('data', (event) => {
            const next = this.waiting.shift();
            if (next) next(event);
            else this.events.push(event);
        });
        this.ended = new Promise((resolve) => {
            this.stream.on('error', resolve);
            this.stream.on('end', resolve);
        });
    }
    next() {
        if (this.events.length > 0) return Promise.resolve(this.events.shift());
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error('no event came')), 8000);
            this.waiting.push((event) => {
                clearTimeout(timer);
                resolve(event);
            });
        });
    }
}

async function step(name, run) {
    await run();
    console.log(name);
}

const ana = new Person(given.ana);
const bao = new Person(given.bao);

await step('unary', async () => {
    const set = await bao.call('SetUserStatus', { user_id: bao.id, status: 'AWAY' });
    assert.equal(set.success, true);
    assert.equal(set.message, 'User status updated successfully');
    assert.equal(set.data.status, 'AWAY');
    const got = await ana.call('GetUserStatus', { user_id: bao.id });
    assert.equal(got.data.status, 'AWAY');
    assert.ok(Math.abs(got.data.last_seen - Date.now() / 1000) < 60, 'last_seen is in seconds');
    const many = await ana.call('GetMultipleUserStatus', { user_ids: ['user_4711', bao.id] });
    assert.deepEqual(many.data.map((row) => [row.user_id, row.status ?? 'UNKNOWN']),
        [['user_4711', 'UNKNOWN'], [bao.id, 'AWAY']]);
    const beat = await bao.call('SendHeartbeat', { user_id: bao.id });
    assert.deepEqual([beat.success, beat.next_heartbeat_in_seconds], [true, 15]);
});

const watch = new Watch(ana, [bao.id, given.stranger]);
await step('snapshot', async () => {
    const first = await watch.next();
    assert.deepEqual([first.user_id, first.status], [bao.id, 'AWAY']);
    const second = await watch.next();
    assert.deepEqual([second.user_id, second.status], [given.stranger, 'OFFLINE']);
    assert.equal(second.timestamp ?? 0, 0);
});
await step('updates', async () => {
    for (const status of ['ONLINE', 'AWAY', 'OFFLINE']) {
        await bao.call('SetUserStatus', { user_id: bao.id, status });
        const event = await watch.next();
        assert.deepEqual([event.user_id, event.status], [bao.id, status]);
        assert.ok(Math.abs(event.timestamp - Date.now() / 1000) < 60);
    }
    const beat = await bao.call('SendHeartbeat', { user_id: bao.id });
    assert.notEqual(beat.success, true);
});
await step('cancel', async () => {
    const other = new Watch(ana, [bao.id]);
    await other.next();
    other.stream.cancel();
    assert.equal((await other.ended).code, grpc.status.CANCELLED);
    await bao.call('SetUserStatus', { user_id: bao.id, status: 'ONLINE' });
    assert.equal((await watch.next()).status, 'ONLINE');
    watch.stream.cancel();
    await watch.ended;
});
await step('errors', async () => {
    const denied = await ana.failure('SetUserStatus', { user_id: bao.id, status: 'OFFLINE' });
    assert.equal(denied.code, grpc.status.PERMISSION_DENIED);
    assert.deepEqual(denied.metadata.get('x-error-code'), ['UNAUTHORIZED']);
    const [details] = denied.metadata.get('x-error-bin');
    assert.ok(Buffer.isBuffer(details));
    assert.equal(details[1], 4, 'the first field is the code UNAUTHORIZED');
    assert.ok(details.includes(denied.details), 'the message stands in the details');
    const missing = await ana.failure('GetUserStatus', { user_id: given.stranger });
    assert.equal(missing.code, grpc.status.NOT_FOUND);
    const invalid = await ana.failure('SetUserStatus', { user_id: ana.id });
    assert.equal(invalid.code, grpc.status.INVALID_ARGUMENT);
    assert.deepEqual(invalid.metadata.get('x-error-code'), ['INVALID_STATUS']);
    const nobody = new Person({ token: 'abc', id: ana.id });
    assert.equal((await nobody.failure('SendHeartbeat', { user_id: ana.id })).code,
        grpc.status.UNAUTHENTICATED);
    nobody.client.close();
});
ana.client.close();
bao.client.close();
