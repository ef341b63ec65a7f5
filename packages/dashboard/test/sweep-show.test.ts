import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SweepShow, sweepCsv, sweepReportHtml } from '@sparring/dashboard';
import { resolveConfig } from '@sparring/runtime';
import { expand, freshStates, newRecord, type RunState, type SweepRecord } from '@sparring/sweep';

const { config } = resolveConfig({ recipeOrFile: 'softmax' });
function recordOf(numSeeds: number, labels: readonly string[]): SweepRecord {
  return newRecord({
    ...{ name: 'many', source: 'softmax', grid: [], seeds: Array.from({ length: numSeeds }, (_, seed) => seed) },
    configurations: labels.map((label, n) => ({ label, config: { ...config, epochs: n + 1 }, dataChecksum: 'data' })),
    ...{ code: 'code', engine: 'onnx:cpu', baseline: labels[0]!, failFast: false, maxAttempts: 3, prune: null },
    published: null,
  });
}

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'sparring-show-'));
});
afterAll(() => rm(out, { recursive: true }));

function done(state: RunState, error: number): void {
  const digests = { parametersDigest: 'p'.repeat(64), optimizerDigest: 'o'.repeat(64) };
  state.status = 'done';
  state.result = { clean: error, fgsm: 2 * error, pgd: null, seconds: 9, steps: 10, ...digests };
}

async function trained({ folder }: RunState, errors: readonly number[], collapses = 0): Promise<void> {
  await mkdir(join(out, folder), { recursive: true });
  const epochs = errors.map((error, i) => ({
    ...{ loss: 1, learningRate: 0.1, momentum: 0.5, trainingSeconds: 1, examplesPerSecond: 10 },
    ...{ parametersDigest: 'p', optimizerDigest: 'o' },
    ...{ step: 10 * (i + 1), epoch: i + 1, validation: { clean: { error }, fgsm: { error: 2 * error } } },
  }));
  const probes = Array.from({ length: collapses }, () => ({
    kind: 'probe',
    step: 5,
    errors: {},
    collapsed: true,
    action: 'warn',
  }));
  const lines = [...probes, ...epochs].map((line) => `${JSON.stringify(line)}\n`);
  await writeFile(join(out, folder, 'metrics.jsonl'), lines.join(''));
}

function shown(record: SweepRecord, busy: readonly RunState[] = []) {
  const states = freshStates(expand(record));
  const show = new SweepShow({
    ...{ out, record, states: () => states.values() },
    standing: () => ({
      ...{ status: 'running', note: '', reopen: 'again', slots: [], numSlots: 2, etaSeconds: null },
      isRunning: (state) => busy.includes(state),
    }),
  });
  return { show, states: [...states.values()] };
}

describe('a sweep that is shown', () => {
  it('tells what has changed, and nothing where nothing has', () => {
    const { show, states } = shown(recordOf(2, ['a', 'b']));
    const first = show.since(null)!;
    expect(first.event).toBe('snapshot');
    expect(JSON.parse(first.json)).toMatchObject({ numRuns: 4, counts: { waiting: 4, done: 0 }, isLive: true });
    expect(show.since(first.cursor)).toBeNull();
    done(states[0]!, 0.1);
    show.update({ whole: true });
    const next = show.since(first.cursor)!;
    const update = JSON.parse(next.json);
    expect(update).toMatchObject({
      counts: { waiting: 3, done: 1 },
      table: { blocks: [{ label: 'a' }, { label: 'b' }] },
    });
    // What never changes is told once.
    expect(update.config).toBeUndefined();
    expect(show.since(next.cursor)).toBeNull();
  });

  it('lists its runs with errors, collapses and who is at work, and draws those that are done or under way', async () => {
    const record = recordOf(3, ['c', 'd']);
    const busy: RunState[] = [];
    const { show, states } = shown(record, busy);
    const [one, two, failed] = [states[0]!, states[2]!, states[1]!];
    await trained(one, [0.5, 0.25], 1);
    await trained(two, [0.3]);
    done(one, 0.2);
    two.status = 'claimed';
    busy.push(two);
    Object.assign(failed, { status: 'failed', error: 'diverged' });
    show.update({ whole: true });
    expect(show.view().counts).toEqual({ waiting: 3, running: 1, done: 1, failed: 1, pruned: 0 });
    const { total, rows } = await show.runs('all', 0);
    expect(total).toBe(6);
    expect(
      rows
        .slice(0, 4)
        .map(({ label, seed, status, note, collapses, folder }) => [
          label,
          seed,
          status,
          note,
          collapses,
          folder !== null,
        ]),
    ).toEqual([
      ['c', 0, 'done', '', 1, true],
      ['d', 0, 'failed', 'diverged', 0, true],
      ['c', 1, 'running', '', 0, true],
      ['d', 1, 'waiting', '', 0, false],
    ]);
    expect((await show.runs('failed', 0)).rows).toHaveLength(1);
    expect((await show.runs('all', -1)).rows).toEqual([]);
    expect(await show.curves(0)).toMatchObject({ numRuns: 2, clean: { n: [2, 1], median: [0.4, 0.25] } });
    expect(await show.curves(1)).toMatchObject({ numRuns: 0, clean: null });
    expect(await show.curves(2)).toBeNull();
  });

  it('is as large for ten thousand runs as for a hundred, and told in a moment', async () => {
    const labels = Array.from({ length: 500 }, (_, n) => `epochs=${n + 1}`);
    const { show, states } = shown(recordOf(20, labels));
    for (const [n, state] of states.entries()) done(state, n / 1e5);
    show.update({ whole: true });
    const text = JSON.stringify(show.view());
    expect(show.view()).toMatchObject({ numRuns: 10_000, numConfigurations: 500, counts: { done: 10_000 } });
    expect(show.view().table.blocks).toHaveLength(100);
    expect(text.length).toBeLessThan(200_000);
    expect((await show.runs('done', 199)).rows).toHaveLength(50);
  });
});

describe("a sweep's report", () => {
  it('has plots, table, comparison and failed runs, and escapes whatever they say', async () => {
    const evil = '<script>alert("1")</script>';
    const { show, states } = shown(recordOf(7, ['plain', evil]));
    for (const state of states) {
      if (state.run.seed === 6) Object.assign(state, { status: 'failed', error: evil });
      else {
        done(state, 0.01 * (state.run.seed + 1) * (state.run.configuration + 1));
        await trained(state, [0.5, 0.2]);
      }
    }
    show.update({ whole: true });
    const runs = await show.everyRun();
    const curves = (await Promise.all([show.curves(0), show.curves(1)])).filter((each) => each !== null);
    const text = sweepReportHtml({ view: show.view(), curves, runs: runs.map(({ row }) => row) });
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert');
    expect(text.match(/<svg /g)).toHaveLength(6);
    expect(text).toContain('Against plain');
    expect(text).toContain('Failed runs');
    expect(text.match(/(src|href)="(?!data:)/g)).toBeNull();
    const lines = sweepCsv('id', runs).trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 14 + 12 * 2);
  });
});
