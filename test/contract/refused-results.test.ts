import { Diverged, type TrainingEvent } from '@sparring/coordinator';
import type { NamedTensors, Output, Task } from '@sparring/protocol';
import type { WorkerEvent } from '@sparring/runtime';
import { alone, type Fate, type Host, type Result, small, type Team, train } from './training.ts';
import type { Worker } from './workers.ts';

const overrides = { staleness: 1 };
const two: Team = { trainers: 2, attackers: 0 };

let expected: Result;

beforeAll(async () => {
  expected = (await train(small(overrides))).result;
});

/** Trains by workers that are not trusted, and keeps what was said of workers that were refused. */
async function trainInspected(team: Team, fate: Fate) {
  const refused: string[] = [];
  const receipts: string[] = [];
  const onEvent = (event: TrainingEvent | WorkerEvent, host: Host) => {
    if (event.kind === 'refused') refused.push(event.reason);
    if (event.kind === 'receipt') receipts.push(event.receipt);
    fate.onEvent?.(event, host);
  };
  const trained = await train(small(overrides), team, { ...fate, inspected: true, onEvent });
  return { ...trained, refused, receipts };
}

/** A result with NaN for its first value. */
function spoilt({ kind, output }: Output): Output {
  const copy = structuredClone({ kind, output }) as Output;
  const tensors: NamedTensors =
    copy.kind === 'pass' ? copy.output.gradients : copy.kind === 'advance' ? copy.output.state : {};
  Object.values(tensors)[0]?.fill(Number.NaN, 0, 1);
  return copy;
}

const isStep = (task: Task, step: number) => 'step' in task && task.step >= step;

test.each([
  ['one trainer', alone],
  ['two trainers', two],
  ['a trainer and an attacker', { trainers: 1, attackers: 1 }],
])('%s whose results are inspected come to what a trusted one comes to', async (_, team) => {
  const { result, refused, receipts } = await trainInspected(team, {});
  expect(result).toEqual(expected);
  expect([...refused, ...receipts]).toEqual([]);
});

test.each([
  ['a lone trainer tries again', alone],
  ['another trainer tries', two],
])('a result that is once not finite is refused, %s, and the bits are the same', async (_, team) => {
  let spoils = 1;
  const onOutput = (_: Worker, task: Task, output: Output) =>
    isStep(task, 4) && spoils-- > 0 ? spoilt(output) : output;
  const { result, refused, receipts, releases } = await trainInspected(team, { onOutput });
  expect(result).toEqual(expected);
  expect(receipts).toEqual(['refused']);
  expect(releases).toBe(1);
  expect(refused).toEqual([]);
});

test('a worker that alone returns what is not finite is evicted, may not come back, and changes no bit', async () => {
  let faulty: Worker | undefined;
  const onTask = (worker: Worker, task: Task) => {
    if (isStep(task, 4)) faulty ??= worker;
  };
  let comingBack: Promise<string> | undefined;
  const onOutput = async (worker: Worker, _: Task, output: Output) => {
    if (worker === faulty) return spoilt(output);
    // The run goes on until it has tried to.
    await comingBack;
    return output;
  };
  const onEvent = (event: TrainingEvent | WorkerEvent, host: Host) => {
    if (event.kind !== 'refused' || comingBack) return;
    comingBack = host.start('trainer').then(
      () => 'it came back',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  };
  const { result, refused, receipts } = await trainInspected(two, { onTask, onOutput, onEvent });
  expect(result).toEqual(expected);
  expect(receipts.filter((receipt) => receipt === 'refused').length).toBeGreaterThanOrEqual(3);
  const reason = 'its process was evicted: it alone failed at tasks that others performed';
  expect(refused).toEqual(['evicted: it alone failed at tasks that others performed', reason]);
  expect(await comingBack).toBe(`JoinRefused: ${reason}`);
});

test.each([
  ['alone', alone],
  ['exchanging gradients', two],
])('a run that diverges fails at the same step, trainers %s, and evicts nobody', async (_, team) => {
  const config = small({ 'optimizer.learningRate': 1e30, 'optimizer.maxColumnNorm': null });
  const refused: TrainingEvent[] = [];
  const onEvent = (event: TrainingEvent | WorkerEvent) => {
    if (event.kind === 'refused') refused.push(event);
  };
  const training = train(config, team, { inspected: true, onEvent });
  await expect(training).rejects.toBeInstanceOf(Diverged);
  await expect(training).rejects.toThrow('diverged at step 2: ');
  expect(refused).toEqual([]);
});
