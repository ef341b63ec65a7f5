import { existsSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEvent } from '@sparring/sweep';
import type { sweepJson } from '../dist/sweep/sweep-json.js';
import type { RunSummary } from '../dist/train/summary.js';
import { Workplace } from './command.ts';

type Json = ReturnType<typeof sweepJson>;

/** Small enough to be trained in a moment, long enough to be killed in the middle; without the twin. */
const options = ['--set', 'twin=false', '--set', 'epochs=25', '--set', 'checkpointEverySeconds=.05', '--slots', '2'];
const sweep = ['sweep', 'tiny.yaml', '--seeds', '0..2', '--grid', 'alpha=.3,1', ...options];

/** Several processes one after the other: where the machine is busy, each takes seconds to start. */
const longMs = 900_000;

let place: Workplace;
let calm: Json;
beforeAll(async () => {
  place = await Workplace.open();
  const { code, stdout, stderr } = await place.run(...sweep, '--out', 'calm', '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  calm = JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}, longMs);
afterAll(() => place.close());

const digestsOf = (json: Json) =>
  Object.fromEntries(json.runs.map(({ identity, result }) => [identity, result?.parametersDigest]));

async function ledger(out: string): Promise<LedgerEvent[]> {
  const lines = (await place.read(`${out}/.sweeps/ledger.jsonl`)).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as LedgerEvent);
}

async function status(out: string): Promise<Json & { standing: string }> {
  return JSON.parse((await place.run('sweep', 'status', 'tiny', '--out', out, '--json')).stdout);
}

/** Starts the command, and kills it once it has said so much, or after so long. */
async function killed(out: string, afterMs: number): Promise<number | null> {
  const { child, finished } = place.start(...sweep, '--out', out);
  await new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.stdout!.once('data', () => setTimeout(resolve, afterMs));
  });
  child.kill('SIGKILL');
  return (await finished).code;
}

describe('a sweep', () => {
  it('computes each configuration with each seed to the bits of train', async () => {
    expect(calm.counts).toEqual({ runs: 6, done: 6, failed: 0, pruned: 0, begun: 0, waiting: 0 });
    expect(calm.runs.map(({ configuration, seed }) => `${configuration} ${seed}`)).toEqual([
      ...['alpha=.3 0', 'alpha=1 0', 'alpha=.3 1', 'alpha=1 1', 'alpha=.3 2', 'alpha=1 2'],
    ]);
    const trained = await place.run(
      'train',
      'tiny.yaml',
      '--seed',
      '2',
      ...options.slice(0, 6),
      '--json',
      '--out',
      'one',
    );
    const summary: RunSummary = JSON.parse(trained.stdout);
    const same = calm.runs[4]!;
    expect(summary.identity).toBe(same.identity);
    expect(same.result).toMatchObject({
      parametersDigest: summary.parametersDigest,
      optimizerDigest: summary.optimizerDigest,
      clean: summary.test.clean.error,
      pgd: summary.test.pgd.error,
    });
    expect(new Set(Object.values(digestsOf(calm))).size).toBe(6);
  });

  it('keeps of each run the folder that train makes, without model.onnx', async () => {
    const folder = `calm/${calm.runs[0]!.folder}`;
    const names = (await readdir(join(place.path, folder))).sort();
    expect(names).toEqual(['checkpoints', 'config.yaml', 'metrics.jsonl', 'summary.json']);
    const { code, stdout } = await place.run('evaluate', folder, '--attack', 'clean', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!).test.clean.error).toBe(calm.runs[0]!.result!.clean);
  });

  it(
    'computes nothing again that is done, whichever sweep or train has done it',
    async () => {
      await place.run('train', 'tiny.yaml', '--seed', '7', ...options.slice(0, 6), '--out', 'calm');
      const before = (await ledger('calm')).length;
      const more = [...sweep.slice(0, 3), '0..2,7', '--grid', 'alpha=.3', ...options, '--out', 'calm'];
      const { code, stdout } = await place.run(...more);
      expect(code).toBe(0);
      expect(stdout).toContain('4 runs, 0 to compute');
      expect(stdout).toContain('alpha=.3: 4 of 4 runs');
      expect((await ledger('calm')).length).toBe(before);
    },
    longMs,
  );

  it(
    'that is killed again and again ends with one result a run, to the same bits',
    async () => {
      let kills = 0;
      for (const afterMs of [0, 300, 700, 150, 500]) if ((await killed('killed', afterMs)) === null) kills++;
      expect(kills).toBeGreaterThan(0);
      const { code } = await place.run('sweep', 'resume', 'tiny', '--out', 'killed');
      expect(code).toBe(0);
      expect(digestsOf(await status('killed'))).toEqual(digestsOf(calm));
      const done = (await ledger('killed')).filter(({ kind }) => kind === 'done').map(({ identity }) => identity);
      expect(done.sort()).toEqual(Object.keys(digestsOf(calm)).sort());
      expect((await readdir(join(place.path, 'killed'))).filter((name) => !name.startsWith('.'))).toHaveLength(6);
    },
    longMs,
  );

  it('shares runs with another that is computed at the same time, and none is computed twice', async () => {
    const asked = (seeds: string) => [
      'sweep',
      'tiny.yaml',
      '--seeds',
      seeds,
      '--set',
      'alpha=.3',
      ...options,
      '--out',
      'shared',
    ];
    const both = await Promise.all([place.run(...asked('0..2')), place.run(...asked('0..3'))]);
    expect(both.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    expect(both[0]!.stdout).toContain('3 of 3 runs');
    expect(both[1]!.stdout).toContain('4 of 4 runs');
    const events = await ledger('shared');
    for (const kind of ['claimed', 'done']) expect(events.filter((event) => event.kind === kind)).toHaveLength(4);
    const done = new Map(
      events.flatMap((event) => (event.kind === 'done' ? [[event.identity, event.result] as const] : [])),
    );
    const alone = calm.runs.filter(({ configuration }) => configuration === 'alpha=.3');
    for (const { identity, result } of alone)
      expect(done.get(identity)!.parametersDigest).toBe(result!.parametersDigest);
  }, 900_000);

  it(
    'is computed by one process at a time, pauses on request and goes on',
    async () => {
      const { child, finished } = place.start(...sweep, '--out', 'paused');
      await new Promise<void>((resolve) => child.stdout!.once('data', () => resolve()));
      const second = await place.run(...sweep, '--out', 'paused');
      if (child.exitCode === null) {
        expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('the sweep is in use by process') });
        await place.run('sweep', 'pause', 'tiny', '--out', 'paused');
      }
      const { code, stderr } = await finished;
      if (code !== 0) {
        expect(code).toBe(130);
        expect(stderr).toMatch(
          /Stopped with \d of 6 runs done; .* To go on:\n.* sweep resume tiny-\w{8} --out paused\n/,
        );
        expect((await status('paused')).standing).toBe('paused');
      }
      const events = await ledger('paused');
      for (const { identity } of events.filter(({ kind }) => kind === 'claimed')) {
        const own = events.filter((event) => event.identity === identity).map(({ kind }) => kind);
        expect(['done', 'interrupted']).toContain(own.at(-1));
      }
      expect((await place.run('sweep', 'resume', 'tiny', '--out', 'paused')).code).toBe(0);
      expect(digestsOf(await status('paused'))).toEqual(digestsOf(calm));
    },
    longMs,
  );
});

describe('a run that throws', () => {
  it(
    'shows its error, has its attempts, and does not stop the others; retry tries it again',
    async () => {
      await place.run(...sweep.slice(0, 3), '0', ...options, '--out', 'broken');
      const [run] = (await status('broken')).runs;
      const checkpoint = join(place.path, 'broken', run!.folder!, 'checkpoints', 'last.safetensors');
      await writeFile(checkpoint, 'no checkpoint');
      await rm(join(place.path, 'broken', run!.folder!, 'summary.json'));
      await rm(join(place.path, 'broken', '.sweeps'), { recursive: true });

      const { code, stdout } = await place.run(
        ...sweep.slice(0, 3),
        '0..1',
        ...options,
        '--max-attempts',
        '2',
        '--out',
        'broken',
      );
      expect(code).toBe(1);
      expect(stdout).toMatch(/seed 0 threw, attempt 1, to be tried again: .*corrupt checkpoint/);
      expect(stdout).toMatch(/seed 0 failed: .*corrupt checkpoint/);
      expect(stdout).toContain('1 of 2 runs, 1 failed, best seed 1 by error under FGSM');
      expect(stdout).toContain('sweep retry tiny-');

      await rm(checkpoint);
      const id = /sweep retry (tiny-\w+)/.exec(stdout)![1]!;
      expect((await place.run('sweep', 'retry', id, '--out', 'broken')).code).toBe(0);
      const retried = JSON.parse((await place.run('sweep', 'status', id, '--out', 'broken', '--json')).stdout) as Json;
      expect(digestsOf(retried)[run!.identity]).toBe(run!.result!.parametersDigest);
    },
    longMs,
  );

  it('because it diverges is not tried again', async () => {
    const rates = ['--grid', 'optimizer.learningRate=.1,1e30', '--set', 'twin=false', '--seeds', '0..1'];
    const { code, stdout } = await place.run('sweep', 'tiny.yaml', ...rates, '--out', 'diverged');
    expect(code).toBe(1);
    expect(stdout.match(/learningRate=1e30 seed \d failed: diverged/g)).toHaveLength(2);
    expect(stdout).not.toContain('attempt');
    expect(stdout).toContain('optimizer.learningRate=.1: 2 of 2 runs');
    expect((await ledger('diverged')).filter(({ kind }) => kind === 'threw')).toHaveLength(2);
  });

  it('ends a sweep that is to fail fast', async () => {
    const rates = ['--set', 'optimizer.learningRate=1e30', '--set', 'twin=false', '--seeds', '0..9'];
    const { code } = await place.run('sweep', 'tiny.yaml', ...rates, '--slots', '1', '--fail-fast', '--out', 'fast');
    expect(code).toBe(1);
    expect((await ledger('fast')).map(({ kind }) => kind)).toEqual(['claimed', 'threw']);
  });
});

describe('the median rule', () => {
  it(
    'gives up the same runs in one slot and in two, and leaves them out',
    async () => {
      const prune = ['sweep', 'tiny.yaml', '--seeds', '0..9', '--set', 'twin=false', '--prune', '2,4', '--json'];
      const [one, two] = await Promise.all(
        ['1', '2'].map(async (slots) => {
          const { code, stdout } = await place.run(...prune, '--slots', slots, '--out', `pruned${slots}`);
          expect(code).toBe(0);
          return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Json;
        }),
      );
      const verdicts = (json: Json) => json.runs.map(({ status, pruned }) => ({ status, pruned }));
      expect(verdicts(one!)).toEqual(verdicts(two!));
      expect(one!.counts.pruned).toBeGreaterThan(0);
      expect(one!.counts.done + one!.counts.pruned).toBe(10);
      expect(one!.table.rows[0]).toMatchObject({ done: one!.counts.done, pruned: one!.counts.pruned });
    },
    longMs,
  );
});

describe('sweeps', () => {
  it('are listed, and forgotten with the runs that no other has', async () => {
    const { stdout } = await place.run('sweeps', '--out', 'calm', '--json');
    const listed = JSON.parse(stdout) as { sweep: string; done: number; standing: string }[];
    expect(listed.map(({ done, standing }) => [done, standing]).sort()).toEqual([
      [4, 'ended'],
      [6, 'ended'],
    ]);
    const [wide, narrow] = [listed.find(({ done }) => done === 6)!, listed.find(({ done }) => done === 4)!];
    expect((await place.run('sweep', 'rm', wide.sweep, '--out', 'calm')).code).toBe(0);
    // Those with alpha=1 go; three are the other sweep's too, and train's own stays.
    const names = (await readdir(join(place.path, 'calm'))).filter((name) => !name.startsWith('.'));
    expect(names).toHaveLength(4);
    expect(await place.run('sweep', 'status', narrow.sweep, '--out', 'calm', '--csv')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^configuration,figure,.*\nalpha=\.3,clean,4,4,/),
    });
  });

  it.each([
    [['sweep', 'tiny.yaml'], '--seeds 0..9'],
    [['sweep', 'tiny.yaml', '--seeds', '3..1'], '3..1 is empty'],
    [['sweep', 'tiny.yaml', '--seeds', '0', '--grid', 'trainers=1,2'], 'these two are the same run'],
    [['sweep', 'tiny.yaml', '--seeds', '0', '--grid', 'alpha=.3,7'], 'alpha: got 7'],
    [['sweep', 'tiny.yaml', '--seeds', '0', '--grid', 'alpha=.3,1', '--baseline', 'alpha=2'], '"alpha=.3", "alpha=1"'],
    [['sweep', 'tiny.yaml', '--seeds', '0', '--prune', '9,3'], 'ascending epochs'],
  ])('refuse %j in one message, and write nothing', async (command, words) => {
    const { code, stderr } = await place.run(...command, '--out', 'refused');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
    expect(existsSync(join(place.path, 'refused'))).toBe(false);
  });

  it('refuse a disk that is too small', async () => {
    const huge = ['sweep', 'maxout-1600', '--seeds', '0..99999', '--set', 'data=synthetic', '--out', 'huge'];
    const { code, stderr } = await place.run(...huge);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('the disk is too small') });
    expect(await readdir(join(place.path, 'huge', '.sweeps'))).toEqual([]);
    expect((await stat(join(place.path, 'huge'))).isDirectory()).toBe(true);
  });
});
