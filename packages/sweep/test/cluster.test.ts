import type { WorkerBeat } from '@sparring/protocol';
import { NatsBus, NatsStore, type Pulled, resolveConfig, sweepsBucket, WorkQueue } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats, NatsServer } from '../../../test/nats/nats-server.ts';
import {
  type Claiming,
  expand,
  FollowedSweep,
  HeldRun,
  keys,
  newRecord,
  type OfficeEvent,
  SweepOffice,
  type SweepRecord,
  SweepStore,
} from '../dist/index.js';

const config = resolveConfig({ recipeOrFile: 'softmax' }).config;

function recordOf(changes: Partial<Parameters<typeof newRecord>[0]> = {}): SweepRecord {
  return newRecord({
    ...{ name: 'many', source: 'softmax', grid: [], seeds: [0, 1, 2] },
    configurations: [{ label: 'many', config, dataChecksum: 'data' }],
    ...{ code: 'code', engine: 'onnx:cpu', baseline: null, failFast: false, maxAttempts: 2, prune: null },
    ...{ published: null, ...changes },
  });
}

const result = {
  ...{ clean: 0.1, fgsm: 0.2, pgd: 0.3, seconds: 1, steps: 10 },
  ...{ parametersDigest: 'p'.repeat(64), optimizerDigest: 'o'.repeat(64) },
};

const committed = { result, at: new Date().toISOString(), process: '1 on here' };
const untouched = { claim: null, deaths: 0, claimedAtStep: null, step: 0, files: {}, sweeps: {} };

describeWithNats('sweeps of a cluster', () => {
  let server: NatsServer;
  let bus: NatsBus;
  let durable: NatsStore;
  let store: SweepStore;
  let office: SweepOffice;
  let queue: WorkQueue;
  const events: OfficeEvent[] = [];
  const workers: WorkerBeat[] = [];

  const openOffice = async () => {
    office = await SweepOffice.open({
      store: durable,
      bus,
      queue,
      workers: () => workers,
      onEvent: (event) => events.push(event),
    });
  };
  beforeEach(async () => {
    events.splice(0);
    server = await NatsServer.start();
    bus = await NatsBus.connect({ servers: server.url, name: 'test' });
    durable = await NatsStore.open(bus, { bucket: sweepsBucket });
    store = new SweepStore(durable, bus);
    queue = new WorkQueue(bus, { make: true });
    await queue.open();
    await openOffice();
  });
  afterEach(async () => {
    await office.close();
    await bus.close();
    await server.remove();
  });

  async function submit(record: SweepRecord): Promise<FollowedSweep> {
    expect(await office.submit(record)).toBeNull();
    return new FollowedSweep((await office.show(record.id, 0))!);
  }

  /** As the store has it by now; what was written before is told. */
  async function told(sweep: FollowedSweep): Promise<FollowedSweep> {
    const mark = await durable.put('run.mark', JSON.stringify(untouched));
    for (;;) {
      const news = (await office.show(sweep.record.id, 0))!;
      sweep.update(news);
      if (heardUpTo() >= mark) return sweep;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  const heardUpTo = () => office.heardUpTo;

  const trainer = () => new WorkQueue(bus, { make: false });
  const pull = async (): Promise<Pulled> => (await trainer().next(5_000))!;
  const claim = (record: SweepRecord, number: number, broker = 'broker'): Promise<Claiming> =>
    HeldRun.claim({ store, record, run: expand(record)[number]!, broker, stops: 0 });
  const held = async (record: SweepRecord, number: number, broker?: string): Promise<HeldRun> => {
    const claiming = await claim(record, number, broker);
    if (claiming.kind !== 'held') throw new Error(`expected to hold run ${number}, got ${claiming.kind}`);
    return claiming.held;
  };

  it('lay each run out once, however often they are submitted, in their order', async () => {
    const record = recordOf();
    for (let time = 0; time < 3; time++) await submit(record);
    await office.settled();
    const pulled = [await pull(), await pull(), await pull()];
    expect(pulled.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(pulled.map(({ identity }) => identity)).toEqual(expand(record).map(({ identity }) => identity));
    expect(await trainer().next(1_000)).toBeNull();
    // Those that somebody is at are not laid out again by the next coordinator.
    await office.close();
    await openOffice();
    await office.settled();
    expect(await trainer().next(1_000)).toBeNull();
  });

  it('have a record of a run only once it is claimed', async () => {
    const record = recordOf();
    const sweep = await submit(record);
    expect(await durable.list('run')).toEqual([]);
    await held(record, 1);
    expect(await durable.list('run')).toHaveLength(1);
    await told(sweep);
    expect([...sweep.states.values()].map(({ status }) => status)).toEqual(['waiting', 'claimed', 'waiting']);
    expect([...sweep.processes.keys()]).toEqual([1]);
  });

  it('take one result of a run, and know a run that another sweep has finished', async () => {
    const record = recordOf();
    const sweep = await submit(record);
    const first = await held(record, 0);
    // Its message came again: the first is taken for dead.
    const second = await held(record, 0);
    expect(await first.look()).toBe('lost');
    expect(await first.progress(5, {})).toBe(false);
    expect(await second.look()).toBe('held');
    expect(await second.commit(result)).toBe(true);
    expect(await first.commit(result)).toBe(false);
    expect(await durable.list('result')).toHaveLength(1);
    expect(await claim(record, 0)).toEqual({ kind: 'settled' });

    const wider = recordOf({ seeds: [0, 7] });
    const other = await submit(wider);
    expect(await claim(wider, 0)).toEqual({ kind: 'settled' });
    for (const each of [sweep, other])
      expect((await told(each)).states.get(expand(record)[0]!.identity)).toMatchObject({ status: 'done', result });
  });

  it('do not begin a run that is being computed for another sweep', async () => {
    const [record, wider] = [recordOf(), recordOf({ seeds: [0, 7] })];
    await held(record, 0);
    expect(await claim(wider, 0)).toEqual({ kind: 'elsewhere' });
  });

  it('go on from the last checkpoint, whose files are named all at once', async () => {
    const record = recordOf();
    const first = await held(record, 0);
    await durable.putObject('run/a/1', new Uint8Array([1]));
    expect(await first.progress(40, { 'checkpoints/last.safetensors': 'run/a/1' })).toBe(true);
    const second = await held(record, 0);
    expect(second.step).toBe(40);
    expect(second.files).toEqual({ 'checkpoints/last.safetensors': 'run/a/1' });
    await second.commit(result);
    expect(await durable.listObjects('run/')).toEqual([]);
  });

  it('leave no files of a run behind that its holder stored and did not name, or did not come to delete', async () => {
    const record = recordOf();
    const { identity } = expand(record)[0]!;
    const name = (file: string) => `${keys.files(identity)}${file}`;
    const first = await held(record, 0);
    await first.progress(40, { 'checkpoints/last.safetensors': name('new') });
    for (const file of ['old', 'new', 'unnamed']) await durable.putObject(name(file), new Uint8Array([1]));
    const second = await held(record, 0);
    expect(await durable.listObjects('run/')).toEqual([name('new')]);
    // It ends between storing its result and giving up its claim.
    await durable.putObject(name('newer'), new Uint8Array([1]));
    await durable.create(keys.result(identity), JSON.stringify(committed));
    expect(await claim(record, 0)).toEqual({ kind: 'settled' });
    expect(await durable.listObjects('run/')).toEqual([]);
    expect((await store.run(identity))!.value).toMatchObject({ claim: null, files: {} });
    expect(await second.look()).toBe('lost');
  });

  it('fail a run that throws as often as it may, and try it again when asked', async () => {
    const record = recordOf();
    const sweep = await submit(record);
    const threw = { kind: 'threw', error: 'no', final: false } as const;
    expect(await (await held(record, 0)).release(threw)).toMatchObject({ status: 'claimed', attempts: 1 });
    expect(await (await held(record, 0)).release(threw)).toMatchObject({ status: 'failed', attempts: 2 });
    expect(await claim(record, 0)).toEqual({ kind: 'settled' });
    await told(sweep);
    expect(await office.change(record.id, 'retry')).toBeNull();
    await (await held(record, 0)).commit(result);
    expect(await (await held(record, 1)).release({ ...threw, final: true })).toMatchObject({ status: 'failed' });
  });

  it('fail a run under which its trainer died ten times without a step further, and no other', async () => {
    const record = recordOf();
    for (let death = 0; death < 10; death++) await held(record, 0);
    expect(await claim(record, 0)).toEqual({
      kind: 'failed',
      error: expect.stringMatching(/kills its worker: 10 times/),
    });
    expect(await claim(record, 0)).toEqual({ kind: 'settled' });

    // It is given back in order: no death. It comes further: the count begins anew.
    for (let time = 0; time < 25; time++) await (await held(record, 1)).release({ kind: 'interrupted' });
    for (let time = 1; time < 25; time++) await (await held(record, 1)).progress(time, {});
    // The broker went down as well: it was not the run.
    for (let time = 0; time < 25; time++) await held(record, 2, `life ${time}`);
    for (const number of [1, 2]) expect((await claim(record, number)).kind).toBe('held');
  });

  it('stop where they are to, at the first failure too, and go on', async () => {
    const record = recordOf({ failFast: true });
    const sweep = await submit(record);
    await office.settled();
    await (await held(record, 0)).release({ kind: 'threw', error: 'no', final: true });
    await told(sweep);
    await office.settled();
    expect((await told(sweep)).wish).toBe('pause');
    expect(events).toContainEqual({ kind: 'failed-fast', sweep: record.id });
    expect(await trainer().next(1_000)).toBeNull();
    expect(await office.change(record.id, 'resume')).toBeNull();
    await office.settled();
    expect([(await pull()).number, (await pull()).number]).toEqual([1, 2]);

    expect(await office.change(record.id, 'cancel')).toBeNull();
    expect(await office.submit(record)).toMatch(/was cancelled/);
  });

  it('give up whom the median rule gives up', async () => {
    const prune = { on: 'cleanError', epochs: [2], fewest: 2 } as const;
    const record = recordOf({ prune, seeds: [0, 1, 2, 3] });
    const sweep = await submit(record);
    const runs = [await held(record, 0), await held(record, 1), await held(record, 2), await held(record, 3)];
    for (const [number, error] of [0.1, 0.2, 0.9, 0.1].entries()) {
      const { identity } = expand(record)[number]!;
      await durable.put(keys.curve(identity), JSON.stringify({ epochs: [[2, error, null]] }));
      if (number !== 2) await runs[number]!.commit(result);
    }
    await told(sweep);
    await office.settled();
    await told(sweep);
    expect(await runs[2]!.look()).toBe('pruned');
    const statuses = [...sweep.states.values()].map(({ status }) => status);
    expect(statuses).toEqual(['done', 'done', 'pruned', 'done']);
    expect([...sweep.states.values()][2]!.pruned).toEqual({ epoch: 2, error: 0.9, median: expect.closeTo(0.15) });
  });

  it('are forgotten with what no other has, also by the coordinator that comes after', async () => {
    const [record, wider] = [recordOf(), recordOf({ seeds: [0, 7] })];
    const sweep = await submit(record);
    await submit(wider);
    for (const number of [0, 1, 2]) await (await held(record, number)).commit(result);
    await told(sweep);
    expect(await office.change(record.id, 'remove')).toBeNull();
    await office.settled();
    expect((await durable.list('result')).map(({ key }) => key)).toEqual([keys.result(expand(record)[0]!.identity)]);
    expect(await office.show(record.id, 0)).toBeNull();
    expect(await office.change(wider.id, 'remove')).toMatch(/cancel it first/);

    await durable.put(keys.run('left'), JSON.stringify(untouched));
    await office.close();
    await openOffice();
    await office.settled();
    expect(await store.run('left')).toBeNull();
  });

  it('of ten thousand runs are submitted, listed and told', async () => {
    const record = recordOf({ seeds: Array.from({ length: 10_000 }, (_, seed) => seed) });
    const times: string[] = [];
    const timed = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
      const startedAt = performance.now();
      const value = await work();
      times.push(`${what} ${Math.round(performance.now() - startedAt)} ms`);
      return value;
    };
    await timed('submitted', () => office.submit(record));
    await timed('laid out', () => office.settled());
    const entries = expand(record).map(({ identity }) => [keys.result(identity), JSON.stringify(committed)] as const);
    await timed('results', async () => {
      for (let from = 0; from < entries.length; from += 500)
        await Promise.all(entries.slice(from, from + 500).map(([key, value]) => durable.create(key, value)));
    });
    const sweep = new FollowedSweep((await office.show(record.id, 0))!);
    await told(sweep);
    expect(await timed('listed', async () => office.list())).toMatchObject([
      { runs: 10_000, counts: { done: 10_000 } },
    ]);
    const answer = await timed('told', async () => JSON.stringify(await office.show(record.id, 0)));
    await timed('followed', async () => new FollowedSweep(JSON.parse(answer)));
    await office.close();
    await timed('opened anew', openOffice);
    expect((await office.show(record.id, 0))!.runs).toHaveLength(10_000);
    process.stderr.write(`${times.join(', ')}\n`);
  });
});
