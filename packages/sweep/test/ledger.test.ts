import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, deadly, freshStates, Ledger, type LedgerEvent, RunLine } from '../dist/index.js';

const at = '2026-11-23T12:00:00.000Z';
const result = {
  ...{ clean: 0.01, fgsm: 0.05, pgd: 0.9, seconds: 3, steps: 10, parametersDigest: 'p', optimizerDigest: 'o' },
};
const runs = [0, 1, 2].map((number) => ({
  ...{ number, configuration: 0, seed: number, identity: `run${number}`, folder: `folder${number}` },
}));
const of = (identity: string, event: object, sweep = 'ours') => ({ ...event, identity, sweep, at }) as LedgerEvent;
const claimed = (step: number, identity = 'run0') => of(identity, { kind: 'claimed', folder: 'folder0', step });
const threw = of('run0', { kind: 'threw', error: 'oh', final: false });
const done = of('run0', { kind: 'done', folder: 'folder0', result });
const retried = of('run0', { kind: 'retried' });

function after(...events: LedgerEvent[]) {
  const states = freshStates(runs);
  apply(states, events, { id: 'ours', maxAttempts: 2 });
  return states.get('run0')!;
}

describe('a run', () => {
  it('has no record before it is claimed, and is done with its result', () => {
    expect(after()).toMatchObject({ status: 'waiting', result: null, claimedAtStep: null });
    expect(after(claimed(0))).toMatchObject({ status: 'claimed', open: true });
    expect(after(claimed(0), done)).toMatchObject({ status: 'done', result, open: false });
  });

  it('may throw as often as it has attempts, and has them anew when it is retried', () => {
    expect(after(claimed(0), threw)).toMatchObject({ status: 'claimed', attempts: 1, error: 'oh' });
    const failed = [claimed(0), threw, claimed(0), threw];
    expect(after(...failed)).toMatchObject({ status: 'failed', attempts: 2 });
    expect(after(...failed, retried)).toMatchObject({ status: 'claimed', attempts: 0, error: null });
    expect(after(claimed(0), of('run0', { kind: 'threw', error: 'diverged', final: true }))).toMatchObject({
      status: 'failed',
      attempts: 1,
    });
  });

  it('takes the result of another sweep, and none of its failures', () => {
    const elsewhere = (event: object) => of('run0', event, 'theirs');
    expect(after(elsewhere({ kind: 'threw', error: 'oh', final: true }))).toMatchObject({ status: 'waiting' });
    expect(after(elsewhere({ kind: 'pruned', epoch: 5, error: 1, median: 0 }))).toMatchObject({ status: 'waiting' });
    expect(after(elsewhere({ kind: 'done', folder: 'theirs', result }))).toMatchObject({
      status: 'done',
      folder: 'theirs',
    });
  });

  it('stays given up, though it is done', () => {
    const pruned = of('run0', { kind: 'pruned', epoch: 5, error: 0.9, median: 0.1 });
    expect(after(claimed(0), done, pruned)).toMatchObject({ status: 'pruned', result });
    expect(after(claimed(0), pruned, done)).toMatchObject({ status: 'pruned', result });
  });
});

describe('a death', () => {
  const killed = (times: number, step = 0) => Array.from({ length: times }, () => claimed(step));

  it('counts where nothing was got further since the last', () => {
    expect(after(...killed(1)).deaths).toBe(0);
    expect(after(...killed(4)).deaths).toBe(3);
    expect(after(...killed(4), claimed(8)).deaths).toBe(0);
    expect(after(...killed(4), claimed(8), claimed(8)).deaths).toBe(1);
  });

  it('is none where the run was given back or threw', () => {
    expect(after(claimed(0), of('run0', { kind: 'interrupted' }), claimed(0)).deaths).toBe(0);
    expect(after(claimed(0), threw, claimed(0)).deaths).toBe(0);
  });

  it('ten times in a row is the fault of the run', () => {
    expect(deadly(after(...killed(9)), 0)).toBeNull();
    expect(deadly(after(...killed(10)), 0)).toContain('kills its worker: 10 times in a row');
    expect(deadly(after(...killed(10)), 1)).toBeNull();
    expect(deadly(after(...killed(10), retried), 0)).toBeNull();
  });
});

describe('the line', () => {
  it('hands out each run once, in order, and those again that are to be', () => {
    const line = new RunLine(freshStates([...runs].reverse()).values());
    const [first, second, third] = [line.take(), line.take(), line.take()];
    expect([first, second, third].map((state) => (state as { run: object }).run)).toEqual(runs);
    expect(line.take()).toBe('later');
    line.settle();
    line.elsewhere(second as never);
    line.again(third as never);
    expect([line.take(), line.take()]).toEqual([third, 'later']);
    line.settle();
    line.recheck();
    expect(line.take()).toBe(second);
    line.settle();
    expect(line.take()).toBeNull();
  });

  it('passes over what others have done meanwhile', () => {
    const states = freshStates(runs);
    const line = new RunLine(states.values());
    apply(states, [done], { id: 'ours', maxAttempts: 1 });
    expect(line.take()).toMatchObject({ run: runs[1] });
  });
});

describe('the ledger', () => {
  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'sparring-ledger-'));
  });
  afterEach(() => rmSync(out, { recursive: true }));

  it('tells each event once, whoever added it', async () => {
    const [ours, theirs] = [new Ledger(out), new Ledger(out)];
    expect(await ours.news()).toEqual([]);
    await theirs.append(claimed(0));
    await ours.append(threw, retried);
    expect(await ours.news()).toEqual([claimed(0), threw, retried]);
    expect(await ours.news()).toEqual([]);
    await theirs.append(done);
    expect(await ours.news()).toEqual([done]);
    expect(await theirs.news()).toHaveLength(4);
  });

  it('passes over a torn line, and ends it before it adds another', async () => {
    mkdirSync(join(out, '.sweeps'));
    const file = join(out, '.sweeps', 'ledger.jsonl');
    writeFileSync(file, `${JSON.stringify(claimed(0))}\n{"kind":"do`);
    const ledger = new Ledger(out);
    expect(await ledger.news()).toEqual([claimed(0)]);
    await ledger.append(done);
    expect(await ledger.news()).toEqual([done]);
    appendFileSync(file, '{"kind":"threw"');
    expect(await ledger.news()).toEqual([]);
    expect(await new Ledger(out).news()).toEqual([claimed(0), done]);
  });
});
