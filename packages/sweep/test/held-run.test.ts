// @boundaries-ignore tests of several packages start the same server
import { describeWithNats } from '../../../test/nats/nats-server.ts';
import { expand, HeldRun, keys } from '../dist/index.js';
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

  const claim = (ofSweep = record) =>
    HeldRun.claim({ store: swept.store, record: ofSweep, run: expand(ofSweep)[0]!, broker: 'b' });
  const held = async (ofSweep = record): Promise<HeldRun> => {
    const claiming = await claim(ofSweep);
    if (claiming.kind !== 'held') throw new Error(claiming.kind);
    return claiming.held;
  };

  it('that was given up keeps its checkpoint where another sweep goes on from it', async () => {
    const { durable, store } = swept;
    const wider = recordOf({ seeds: [0, 7] });
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
});
