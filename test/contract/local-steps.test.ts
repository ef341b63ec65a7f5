import type { Checkpoint } from '@sparring/runtime';
import { alone, type Fate, MemoryStore, type Result, small, type Team, train } from './training.ts';

/** Six steps an epoch, in rounds of four and two. */
const rounds = { batch: 40, replicas: 2, localSteps: 4 };
const roundEnds = [4, 6, 10, 12, 16, 18];

const trainers = (n: number, attackers = 0): Team => ({ trainers: n, attackers });
const resultOf = async (...given: Parameters<typeof train>): Promise<Result> => (await train(...given)).result;

let expected: Result;

beforeAll(async () => {
  expected = await resultOf(small(rounds));
});

test.each([
  [2, 0],
  [3, 0],
  [2, 1],
])('%d + %d (trainers + attackers) come to what one trainer comes to alone', async (n, attackers) => {
  const { result, modes } = await train(small(rounds), trainers(n, attackers));
  expect(result).toEqual(expected);
  expect(modes).toEqual(['rounds']);
});

test('trainers take more replicas than they are in turn, to the same bits', async () => {
  const three = { ...rounds, batch: 20, replicas: 3, momentumBetweenRounds: 'reset' };
  expect(await resultOf(small(three), trainers(2))).toEqual(await resultOf(small(three), alone));
});

test.each([1, 3, 8])('%d steps a call come to the same', async (stepsPerCall) => {
  expect(await resultOf(small({ ...rounds, stepsPerCall }), trainers(2))).toEqual(expected);
});

test('one replica comes to what a run without rounds comes to, however long they are', async () => {
  const ordinary = await resultOf(small());
  for (const localSteps of [1, 4, 100]) {
    const { result, modes } = await train(small({ localSteps, momentumBetweenRounds: 'reset' }), trainers(2));
    expect(result).toEqual(ordinary);
    expect(modes).toEqual(['fused']);
  }
});

test('replicas, their number, the length of rounds and what becomes of momentum decide the result', async () => {
  const others = [{}, { replicas: 3 }, { localSteps: 3 }, { momentumBetweenRounds: 'reset' }, { replicas: 1 }];
  const results = await Promise.all(others.map((other) => resultOf(small({ ...rounds, epochs: 1, ...other }))));
  expect(new Set(results.map(({ net }) => net.parameters)).size).toBe(others.length);
});

test('momentum that is reset is zero at the end of every round, and without momentum there is none to reset', async () => {
  const reset = small({ ...rounds, momentumBetweenRounds: 'reset' });
  const optimizers = (await resultOf(reset)).epochs.map(
    (epoch) => (epoch as { optimizerDigest: string }).optimizerDigest,
  );
  expect(new Set(optimizers).size).toBe(1);
  const without = { ...rounds, 'optimizer.momentum': 0 };
  expect(await resultOf(small({ ...without, momentumBetweenRounds: 'reset' }))).toEqual(await resultOf(small(without)));
});

test('a trainer whose thread is killed in a round, and one that leaves in the next, change no bit', async () => {
  const met = new Set<number>();
  const onTask: Fate['onTask'] = (worker, task, host) => {
    if (task.kind !== 'advance' || task.replica !== 1 || met.has(task.step)) return;
    met.add(task.step);
    if (task.step === 4) worker.killThread();
    if (task.step === 10) {
      void host.start('trainer');
      void worker.loop.stop();
    }
  };
  const { result, releases } = await train(small(rounds), trainers(2), { onTask });
  expect(result).toEqual(expected);
  expect(releases).toBe(2);
  expect([...met].sort((a, b) => a - b)).toEqual([0, 4, 6, 10, 12, 16]);
});

test('interrupted in every round, it stops at the end of each, and comes to the same by whoever goes on', async () => {
  const checkpoints = new MemoryStore();
  const epochs: object[] = [];
  const stops: number[] = [];
  let resume: Checkpoint | null = null;
  for (let result: Result | undefined; result?.status !== 'finished'; ) {
    const controller = new AbortController();
    const fate = { checkpoints, resume, signal: controller.signal, onTask: () => controller.abort() };
    result = await resultOf(small(rounds), trainers(1 + (stops.length % 3)), fate);
    epochs.push(...result.epochs);
    stops.push(result.step);
    if (result.status === 'finished') expect({ ...result, epochs }).toEqual(expected);
    else resume = await checkpoints.load('last');
  }
  expect(stops).toEqual(roundEnds);
});

test('a run goes on from a checkpoint at the end of any round, and there is none at another step', async () => {
  const kept: Checkpoint[] = [];
  const save = async (_: string, checkpoint: Checkpoint) => {
    kept.push(structuredClone(checkpoint));
  };
  const load = () => Promise.reject(new Error('nothing is to be loaded'));
  const often = small({ ...rounds, checkpointEverySeconds: 1e-6 });
  expect(await resultOf(often, trainers(2), { checkpoints: { save, load } })).toEqual(expected);
  expect(kept.map(({ step }) => step)).toEqual(roundEnds);
  for (const [i, resume] of kept.slice(0, -1).entries()) {
    const result = await resultOf(small(rounds), trainers(1 + (i % 2)), { resume });
    expect(result).toEqual({ ...expected, epochs: expected.epochs.slice(Math.floor(resume.step / 6)) });
  }
});

test('a run that is to end in the middle of a round ends with it, and goes on to the same', async () => {
  const checkpoints = new MemoryStore();
  const cut = await resultOf(small({ ...rounds, maxSteps: 8 }), trainers(2), { checkpoints });
  expect(cut).toMatchObject({ status: 'finished', step: 10 });
  expect(await resultOf(small({ ...rounds, maxSteps: 10 }))).toEqual(cut);
  const result = await resultOf(small(rounds), alone, { resume: await checkpoints.load('last') });
  expect(result).toEqual({ ...expected, epochs: expected.epochs.slice(1) });
});

test('in rounds of one step, replicas come as close to one batch of them all as rounding lets them', async () => {
  // The limit on columns is kept to by each replica, and does not add up.
  const common = { epochs: 1, 'optimizer.maxColumnNorm': null };
  const apart = await resultOf(small({ ...common, batch: 80, shards: 4, replicas: 2, localSteps: 1 }));
  const together = await resultOf(small({ ...common, batch: 160, shards: 8 }));
  expect(apart.step).toBe(together.step);
  expect(lossesOf(apart)[0]!).toBeCloseTo(lossesOf(together)[0]!, 5);
});

test('the loss falls', () => {
  expect(lossesOf(expected)[2]!).toBeLessThan(lossesOf(expected)[0]!);
});

function lossesOf({ epochs }: Result): number[] {
  return (epochs as { loss: number }[]).map(({ loss }) => loss);
}
