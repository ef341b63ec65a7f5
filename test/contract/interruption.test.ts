import type { Task } from '@sparring/protocol';
import type { Checkpoint } from '@sparring/runtime';
import { alone, MemoryStore, type Result, small, type Team, train } from './training.ts';

const teams: Team[] = [alone, { trainers: 2, attackers: 0 }, { trainers: 1, attackers: 1 }];

interface Segmented {
  readonly result: Result;
  /** The steps at which it was interrupted. */
  readonly stops: readonly number[];
}

/**
 * Trains a configuration in segments: each is interrupted when `interrupts` says so of a task that has begun, by its number in the
 * segment, and resumed from its checkpoint by the next team.
 */
async function trainInSegments(
  overrides: Record<string, unknown>,
  interrupts: (segment: number, task: Task, nth: number) => boolean,
  by: readonly Team[] = teams,
): Promise<Segmented> {
  const config = small(overrides);
  const checkpoints = new MemoryStore();
  const epochs: object[] = [];
  const stops: number[] = [];
  let resume: Checkpoint | null = null;
  for (let segment = 0; ; segment++) {
    const controller = new AbortController();
    let nth = 0;
    const { result }: { result: Result } = await train(config, by[segment % by.length], {
      ...{ checkpoints, resume, signal: controller.signal },
      onTask: (_, task) => {
        if (interrupts(segment, task, nth++)) controller.abort();
      },
    });
    epochs.push(...result.epochs);
    if (result.status !== 'interrupted') return { result: { ...result, epochs }, stops };
    stops.push(result.step);
    resume = await checkpoints.load('last');
    expect(resume.step).toBe(result.step);
  }
}

const isAdvance = (task: Task) => task.kind === 'advance';
const everyStep = Array.from({ length: 11 }, (_, i) => i + 1);

test('interrupted after every single step, a run comes to what it comes to undisturbed', async () => {
  const overrides = { stepsPerCall: 1, epochs: 2, staleness: 2 };
  const { result, stops } = await trainInSegments(overrides, (_, task) => isAdvance(task), [alone]);
  expect(stops).toEqual(everyStep);
  expect(result).toEqual((await train(small(overrides))).result);
});

test.each([
  { what: 'fresh attacks', overrides: {} },
  { what: 'attacks two steps stale', overrides: { staleness: 2 } },
])(
  'interrupted at any moment and resumed by any other team, with $what, it comes to the same',
  async ({ overrides }) => {
    // So many tasks into each segment: in the midst of a step, of an epoch's measurement, of attacks that run ahead.
    const moments = [1, 9, 30, 0, 21, 13];
    const { result, stops } = await trainInSegments(overrides, (segment, _, nth) => nth === moments[segment]);
    expect(stops.length).toBeGreaterThan(3);
    expect(result).toEqual((await train(small(overrides))).result);
  },
);

test('a run that takes a checkpoint after every step comes to the same, and goes on from any of them', async () => {
  const overrides = { checkpointEverySeconds: 1e-6, stepsPerCall: 1 };
  const kept: Checkpoint[] = [];
  const save = async (_: string, checkpoint: Checkpoint) => {
    kept.push(structuredClone(checkpoint));
  };
  const load = () => Promise.reject(new Error('nothing is to be loaded'));
  const expected = (await train(small())).result;
  const team = { trainers: 2, attackers: 0 };
  const { result } = await train(small(overrides), team, { checkpoints: { save, load } });
  expect(result).toEqual(expected);
  expect(kept.map(({ step }) => step)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  for (const from of [2, 6, 11]) {
    const { result } = await train(small(), teams[from % 3], { resume: kept[from - 1]! });
    const rest = expected.epochs.slice(Math.floor(from / 6));
    expect(result).toEqual({ ...expected, epochs: rest });
  }
});

describe('a run that stops early', () => {
  const overrides = { epochs: 30, earlyStop: { on: 'cleanError', patience: 2 }, 'optimizer.learningRate': 0.3 };

  test('stops at the same step, with the same best net, wherever it was interrupted', async () => {
    const undisturbed = (await train(small(overrides))).result;
    expect(undisturbed).toMatchObject({ status: 'stopped-early' });
    expect(undisturbed.net.step).toBe(undisturbed.step - 12);
    const moments = [3, 7, 0, 11, 5, 2, 8];
    const { result, stops } = await trainInSegments(overrides, (segment, _, nth) => nth === moments[segment]);
    expect(stops.length).toBeGreaterThan(3);
    expect(result).toEqual(undisturbed);
  });
});
