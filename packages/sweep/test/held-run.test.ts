import { WorkQueue } from '@sparring/runtime';
// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
import { expand, HeldRun, keys, SweepOffice } from '../dist/index.js';
import { openSwept, recordOf, type Swept } from './swept.ts';

describeWithNats('a held run', () => {
  const record = recordOf();
  const run = expand(record)[0]!;
  let swept: Swept;
  beforeEach(async () => {
    swept = await openSwept();
    expect(await swept.office.submit(record)).toBeNull();
  });
  afterEach(() => swept.close());

  const claim = (ofSweep = record, stops = 0) =>
    HeldRun.claim({ store: swept.store, record: ofSweep, run: expand(ofSweep)[0]!, broker: 'b', stops });
  const held = async (ofSweep = record, stops = 0): Promise<HeldRun> => {
    const claiming = await claim(ofSweep, stops);
    if (claiming.kind !== 'held') throw new Error(claiming.kind);
    return claiming.held;
  };

  it('that was given up keeps its checkpoint where another sweep goes on from it', async () => {
    const { durable, store } = swept;
    const wider = recordOf({ seeds: [0, 7] });
    expect(await swept.office.submit(wider)).toBeNull();
    const file = `${keys.files(run.identity)}1`;
    const first = await held();
    await durable.putObject(file, new Uint8Array([1]));
    await first.progress(40, { 'metrics.jsonl': file });
    const pruned = { epoch: 1, error: 1, median: 0 };
    await store.changeRun(run.identity, (entry) => ({
      ...entry!,
      sweeps: { [record.id]: { attempts: 0, error: null, failed: false, pruned } },
    }));
    // It has seen that, and is taken for dead before it says so: its sweep was stopped, and the other takes the run over.
    expect(await first.progress(41, { 'metrics.jsonl': file })).toBe(true);
    await store.changeRun(run.identity, (entry) => ({ ...entry!, claim: null }));
    const second = await held(wider);
    await first.release({ kind: 'interrupted' });
    expect(await durable.listObjects('run/')).toEqual([file]);
    expect(second.files).toEqual({ 'metrics.jsonl': file });
    expect(await second.look()).toBe('held');
  });

  it('is given back by its holder where its sweep was stopped and goes on before he looked, and is no death', async () => {
    const { bus, office } = swept;
    const next = () => new WorkQueue(bus, { make: false }).next(5_000);
    await office.settled();
    const early = await next();
    const first = await held();
    for (const verb of ['pause', 'resume', 'cancel', 'resume'] as const) await office.change(record.id, verb);
    await office.settled();
    const again = await next();
    expect([early, again]).toMatchObject([
      { number: 0, stops: 0 },
      { number: 0, stops: 2, identity: run.identity, deliveries: 1 },
    ]);

    expect(await claim(record, 2)).toEqual({ kind: 'elsewhere' });
    expect(await first.look()).toBe('stopped');
    await first.release({ kind: 'interrupted' });
    expect((await held(record, 2)).deaths).toBe(0);
    // The word about what was laid out before takes nothing out.
    early!.takeOut();
    again!.giveBack();
    expect(await next()).toMatchObject({ number: 0, stops: 2, deliveries: 2 });
  });

  it('is free a while after its sweep was stopped where its holder died, also when the sweep goes on by then', async () => {
    await swept.close();
    swept = await openSwept({ releaseMs: 200 });
    const { office, store, durable } = swept;
    expect(await office.submit(record)).toBeNull();
    await held();
    const isFree = new Promise<void>((resolve) => {
      const stop = durable.watch(
        ({ key, value }) => {
          if (key !== keys.run(run.identity) || JSON.parse(value!).claim !== null) return;
          stop();
          resolve();
        },
        () => {},
      );
    });
    for (const verb of ['pause', 'resume'] as const) await office.change(record.id, verb);
    await isFree;
    const second = await held(record, 1);

    // Another coordinator does so too, and leaves who has it now alone.
    const next = await SweepOffice.open({
      ...swept,
      store: durable,
      workers: () => [],
      onEvent: () => {},
      releaseMs: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await next.settled();
    expect(await second.look()).toBe('held');
    await next.close();
    expect((await store.run(run.identity))!.value).toMatchObject({ claim: { stops: 1 }, deaths: 0 });
  });
});
