import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunState, SweepRecord } from '@sparring/sweep';
import { Curves } from '../dist/sweep/curves.js';

const rule = { on: 'cleanError', epochs: [2, 4], fewest: 5 } as unknown as NonNullable<SweepRecord['prune']>;
const record = { prune: rule, configurations: [{ config: { retrain: false } }] } as unknown as SweepRecord;

const learnt = {
  ...{ loss: 1, learningRate: 0.1, momentum: 0.5, trainingSeconds: 1, examplesPerSecond: 10 },
  ...{ parametersDigest: 'p', optimizerDigest: 'o' },
};

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'sparring-curves-'));
});
afterAll(() => rm(out, { recursive: true }));

/** A run whose net erred on that share after each of its epochs, with a probe within each. */
async function begun(number: number, error: number, numEpochs = 4): Promise<RunState> {
  const lines = [1, 2, 3, 4].slice(0, numEpochs).flatMap((epoch) => [
    {
      kind: 'probe',
      step: 10 * epoch - 5,
      errors: { clean: 0.9, fgsm: 0.9, pgd: 0.9 },
      collapsed: false,
      action: 'none',
    },
    { ...learnt, step: 10 * epoch, epoch, validation: { clean: { error }, fgsm: { error: 1 } } },
  ]);
  const folder = `run-${number}`;
  await mkdir(join(out, folder));
  await writeFile(join(out, folder, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { run: { number, configuration: 0, folder }, status: 'claimed', folder } as unknown as RunState;
}

test('a sweep that goes on reads the epochs of its runs, and leaves their probes out', async () => {
  const states: RunState[] = [];
  for (const [number, error] of [0.1, 0.2, 0.3, 0.2, 0.1, 0.25].entries()) states.push(await begun(number, error));
  const verdictsOf = async (of: RunState[]) => (await Curves.read(out, record, of)).newVerdicts(of);
  expect((await verdictsOf(states)).map(([{ run }]) => run.number)).toEqual([5]);
  // Nothing is known yet of who comes after a run that is not so far.
  const behind = [await begun(6, 0.1, 1), ...states.slice(1)].map((state, number) => ({
    ...state,
    run: { ...state.run, number },
  }));
  expect(await verdictsOf(behind)).toEqual([]);
});
