import type { WorkerBeat } from '@sparring/protocol';
import { NatsBus, NatsStore, resolveConfig, sweepsBucket, WorkQueue } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats, NatsServer } from '../../../test/nats/nats-server.ts';
import { expand, HeldRun, keys, newRecord, SweepOffice, SweepStore } from '../dist/index.js';

const { config } = resolveConfig({ recipeOrFile: 'softmax' });
const account = 'accounts { a { jetstream { max_file: 16MB }, users: [{ user: u, password: p }] } }';
const bytes = { checkpoint: 1e6, checkpoints: 1e6, files: 2e4 };

function recordOf(name: string, runs: number) {
  return newRecord({
    ...{ name, source: 'softmax', grid: [], seeds: Array.from({ length: runs }, (_, seed) => seed) },
    configurations: [{ label: name, config, dataChecksum: 'data', bytes }],
    ...{ code: name, engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 2, prune: null },
    published: null,
  });
}

const trainer = { role: 'trainer', host: 'there', run: '', refused: {}, hindrances: {} } as const;
const result = {
  ...{ clean: 0.1, fgsm: 0.2, pgd: 0.3, seconds: 1, steps: 10 },
  ...{ parametersDigest: 'p'.repeat(64), optimizerDigest: 'o'.repeat(64) },
};

describeWithNats('in a store that is bounded', () => {
  let bus: NatsBus;
  let store: NatsStore;
  let office: SweepOffice;
  let workers: WorkerBeat[];

  async function open(server: NatsServer, credentials: { user: string; password: string } | null): Promise<void> {
    workers = [{ ...trainer, workerId: 'trainer-1', pid: 1 }];
    bus = await NatsBus.connect({ servers: server.url, credentials, name: 'test' });
    store = await NatsStore.open(bus, { bucket: sweepsBucket });
    const queue = new WorkQueue(bus, { make: true });
    await queue.open();
    office = await SweepOffice.open({ store, bus, queue, workers: () => workers, onEvent: () => {} });
  }
  afterEach(async () => {
    await office.close();
    await bus.close();
  });

  const openBounded = async () => open(await NatsServer.start(account), { user: 'u', password: 'p' });

  it('a sweep is refused before anything of it is written, where it has no room beside those that are to run', async () => {
    await openBounded();
    expect(await office.submit(recordOf('large', 1_000))).toMatch(/^the broker's store is too small: .*1000 runs/);
    expect(await store.list('')).toEqual([]);
    expect(await store.listObjects('')).toEqual([]);

    const first = recordOf('first', 300);
    expect(await office.submit(first)).toBeNull();
    // Whoever gives the command again follows it, whatever there is room for by now.
    workers = Array.from({ length: 8 }, (_, pid) => ({ ...trainer, workerId: `trainer-${pid}`, pid }));
    expect(await office.submit(first)).toBeNull();
    expect(await office.submit(recordOf('second', 300))).toMatch(/600 runs .* checkpoints of 8 trainers/);
    expect(await office.change(first.id, 'pause')).toBeNull();
    expect(await office.change(first.id, 'resume')).toMatch(/too small/);
    workers = workers.slice(0, 1);
    expect(await office.change(first.id, 'resume')).toBeNull();
    await office.settled();
  });

  it('of sweeps that are submitted and resumed at once, no more are taken than it has room for beside each other', async () => {
    await openBounded();
    const records = ['first', 'second', 'third'].map((name) => recordOf(name, 300));
    const answers = await Promise.all(records.map((record) => office.submit(record)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer?.startsWith("the broker's store is too small"))).toHaveLength(2);
    const taken = records[answers.indexOf(null)]!;
    const [other] = records.filter((record) => record !== taken);
    expect(await office.change(taken.id, 'pause')).toBeNull();
    const both = await Promise.all([office.change(taken.id, 'resume'), office.submit(other!)]);
    expect(both.filter((answer) => answer === null)).toHaveLength(1);
    expect(office.list().filter(({ wish }) => wish === 'run')).toHaveLength(1);
    await office.settled();
  });

  it('who asks for a sweep is told what keeps trainers from it, once a process', async () => {
    await openBounded();
    const record = recordOf('one', 1);
    await office.submit(record);
    const hindrances = { [record.id]: 'no disk', other: 'nothing' };
    workers = [1, 2].map((n) => ({ ...trainer, workerId: `trainer-${n}`, pid: 7, hindrances }));
    expect((await office.show(record.id, 0))!.hindrances).toEqual(['process 7 on there: no disk']);
    workers = [];
    expect((await office.show(record.id, 0))!.hindrances).toEqual([]);
  });

  it('of a run that was given up no checkpoint stays', async () => {
    await openBounded();
    const record = recordOf('one', 2);
    await office.submit(record);
    const run = expand(record)[0]!;
    const sweeps = new SweepStore(store, bus);
    const claiming = await HeldRun.claim({ store: sweeps, record, run, broker: 'b', stops: 0 });
    if (claiming.kind !== 'held') throw new Error(claiming.kind);
    await store.putObject('run/a/1', new Uint8Array(10));
    await claiming.held.progress(3, { 'checkpoints/last.safetensors': 'run/a/1' });
    await sweeps.changeRun(run.identity, (entry) => {
      const pruned = { epoch: 1, error: 1, median: 0 };
      const standing = { attempts: 0, error: null, failed: false, pruned };
      return { ...entry!, sweeps: { [record.id]: standing } };
    });
    expect(await claiming.held.look()).toBe('pruned');
    expect(await claiming.held.release({ kind: 'interrupted' })).toMatchObject({ status: 'pruned' });
    expect(await store.listObjects('run/')).toEqual([]);
    expect((await sweeps.run(run.identity))!.value).toMatchObject({ step: 0, files: {}, claim: null });
  });

  it('a sweep that is done is forgotten although the store is full, and makes room', async () => {
    // Of which nobody is told the bound.
    await open(await NatsServer.start('', 'max_file_store: 8MB'), null);
    const record = recordOf('one', 2);
    expect(await office.submit(record)).toBeNull();
    for (const run of expand(record)) {
      const claiming = await HeldRun.claim({ store: new SweepStore(store, bus), record, run, broker: 'b', stops: 0 });
      if (claiming.kind !== 'held') throw new Error(claiming.kind);
      await store.putObject(keys.resultFiles(run.identity), new Uint8Array(2_000_000));
      await claiming.held.commit(result);
    }
    for (let n = 0; await store.putObjectIfRoom(`fill/${n}`, new Uint8Array(500_000)); n++);
    expect(await office.change(record.id, 'remove')).toBeNull();
    await office.settled();
    expect(await store.list('')).toEqual([]);
    expect(await store.putObjectIfRoom('run/b/1', new Uint8Array(2_000_000))).toBe(true);
  });
});
