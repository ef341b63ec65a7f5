import { inboxPrefix, NatsBus, NatsStore, resolveConfig, sweepsBucket, WorkQueue } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
// @boundaries-ignore tests of several packages start the same broker
import { passwords, startTestBroker } from '../../runtime/test/test-broker.ts';
import { decodeEntry } from '../dist/cluster/decode-entry.js';
import { freshEntry, type RunEntry } from '../dist/cluster/run-entry.js';
import { expand, HeldRun, keys, newRecord, SweepOffice, SweepStore } from '../dist/index.js';

const record = newRecord({
  ...{ name: 'many', source: 'softmax', grid: [], seeds: [0, 1] },
  configurations: [{ label: 'many', config: resolveConfig({ recipeOrFile: 'softmax' }).config, dataChecksum: 'data' }],
  ...{ code: 'code', engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 2, published: null },
  prune: { on: 'cleanError', epochs: [2], fewest: 2 },
});
const runs = expand(record);
const result = {
  ...{ clean: 0.1, fgsm: null, pgd: 0.3, seconds: 1, steps: 10 },
  ...{ parametersDigest: 'p'.repeat(64), optimizerDigest: 'o'.repeat(64) },
};
const claim = { owner: 'o', process: '1 on here', sweep: record.id, at: new Date().toISOString(), broker: 'b' };
const standing = { attempts: 1, error: 'no', failed: false, pruned: { epoch: 1, error: 0.2, median: 0.1 } };
const entry: RunEntry = { ...freshEntry, claim, files: { 'metrics.jsonl': 'run/a/1' }, sweeps: { many: standing } };
const committed = { result, at: claim.at, process: claim.process };

describe('what the store has of sweeps', () => {
  it.each([
    ['sweep', { wish: 'run', record: 'record/many/1' }],
    ['run', freshEntry],
    ['run', entry],
    ['result', committed],
    ['curve', { epochs: [[1, 0.5, null]] }],
  ] as const)('is taken as it is written: %s', (kind, value) => {
    expect(decodeEntry(kind, JSON.stringify(value))).toEqual(value);
  });

  it.each([
    ['sweep', { wish: 'pause' }],
    ['sweep', { wish: 'dance', record: 'record/many/1' }],
    ['run', {}],
    ['run', []],
    ['run', null],
    ['run', { ...entry, claim: 'me' }],
    ['run', { ...entry, step: '7' }],
    ['run', { ...entry, deaths: -1 }],
    ['run', { ...entry, files: ['run/a/1'] }],
    ['run', { ...entry, files: { 'metrics.jsonl': 1 } }],
    ['run', { ...entry, sweeps: { many: {} } }],
    ['run', { ...entry, sweeps: { many: { ...standing, pruned: {} } } }],
    ['result', { ...committed, result: null }],
    ['result', { ...committed, result: { ...result, clean: 'good' } }],
    ['curve', { epochs: 3 }],
    ['curve', { epochs: [[1, 0.5]] }],
    ['curve', { epochs: [[1, 0.5, 'x']] }],
  ] as const)('is malformed where it is none of it: %s %j', (kind, value) => {
    expect(decodeEntry(kind, JSON.stringify(value))).toMatchObject({ name: 'Malformed', reason: 'invalid' });
    expect(decodeEntry(kind, '{')).toMatchObject({ name: 'Malformed', reason: 'undecodable' });
  });
});

describeWithNats('what a trainer writes that is malformed', () => {
  it('is counted, and as if it were not there: sweeps go on, for whoever coordinates next, too', async () => {
    const broker = await startTestBroker();
    const connect = (role: 'coordinator' | 'trainer') =>
      NatsBus.connect({
        ...{ servers: broker.url, name: role, inboxPrefix: inboxPrefix(role) },
        credentials: { user: role, password: passwords[role] },
      });
    const [bus, trainer] = [await connect('coordinator'), await connect('trainer')];
    const store = await NatsStore.open(bus, { bucket: sweepsBucket });
    const queue = new WorkQueue(bus, { make: true });
    const faults: unknown[] = [];
    const openOffice = () =>
      SweepOffice.open({ ...{ store, bus, queue, workers: () => [] }, onEvent: (event) => faults.push(event) });
    await queue.open();
    const before = await openOffice();
    expect(await before.submit(record)).toBeNull();

    const theirs = await NatsStore.open(trainer, { bucket: sweepsBucket, make: false });
    const identity = runs[0]!.identity;
    const written = [keys.run('bad'), keys.run(identity), keys.result(identity), keys.curve(identity)];
    for (const key of written) await theirs.put(key, '{');
    for (const key of written) await theirs.put(key, '{}');
    // Of every change the office knows, before it says that it has paused.
    expect(await before.change(record.id, 'pause')).toBeNull();
    expect(await before.change(record.id, 'resume')).toBeNull();
    expect(bus.refused).toMatchObject({ undecodable: 4, invalid: 4 });
    expect(before.list()).toMatchObject([{ runs: 2, counts: { waiting: 2 } }]);
    expect((await before.show(record.id, 0))!.runs.map(({ status }) => status)).toEqual(['waiting']);
    await before.settled();
    await before.close();

    const after = await openOffice();
    await after.settled();
    expect(await store.get(keys.run('bad'))).toBeNull();
    expect(after.list()).toMatchObject([{ runs: 2, counts: { waiting: 2 } }]);

    const hands = new SweepStore(theirs, trainer);
    const claiming = await HeldRun.claim({ store: hands, record, run: runs[0]!, broker: 'b', stops: 0 });
    if (claiming.kind !== 'held') throw new Error(claiming.kind);
    expect(await hands.curve(identity)).toBeNull();
    expect(await claiming.held.commit(result)).toBe(true);
    expect(await claiming.held.commit(result)).toBe(false);
    expect(trainer.refused.invalid).toBeGreaterThan(0);
    expect(await after.change(record.id, 'pause')).toBeNull();
    expect(after.list()).toMatchObject([{ counts: { waiting: 1, done: 1 } }]);
    expect(faults.filter((event) => (event as { kind: string }).kind === 'fault')).toEqual([]);

    await after.close();
    await Promise.all([bus.close(), trainer.close()]);
    await broker.stop();
  });
});
