import { setTimeout as delay } from 'node:timers/promises';
import type { Output, Task } from '@sparring/protocol';
import { type Fate, type Host, type Result, small, type Team, train } from './training.ts';
import type { Worker } from './workers.ts';

/* A lone trainer advances, and attackers help it: whatever becomes of them, the bits are its own. */

const overrides = { attack: { kind: 'pgd', epsilon: 0.2, iterations: 20, randomStart: true }, shards: 4, epochs: 6 };
const helped: Team = { trainers: 1, attackers: 1 };
const isAttack = ({ kind }: Task) => kind === 'attack';

let expected: Result;

beforeAll(async () => {
  expected = (await train(small(overrides))).result;
});

/** Does something at the first task of a kind from some step on, once. */
function once(what: string, act: (worker: Worker, host: Host) => void): Fate['onTask'] {
  let done = false;
  return (worker, task, host) => {
    const name = task.kind === 'pass' ? `${task.part} pass` : task.kind;
    if (done || name !== what || !('step' in task) || task.step < 4) return;
    done = true;
    act(worker, host);
  };
}

test('an attacker makes a part of the examples, and it makes no difference', async () => {
  const met = { attack: 0, whole: 0, both: 0 };
  const onTask: Fate['onTask'] = (_, task) => {
    if (task.kind === 'attack') met.attack++;
    else if (task.kind === 'pass') met[task.part as 'whole' | 'both']++;
  };
  const { result, modes, releases, staleResults } = await train(small(overrides), helped, { onTask });
  expect(result).toEqual(expected);
  expect(modes).toEqual(['assisted']);
  expect([releases, staleResults]).toEqual([0, 0]);
  expect(met.both).toBeGreaterThan(0);
  expect(met.both).toBeLessThanOrEqual(met.attack);
  expect(met.both + met.whole).toBe(4 * result.step);
});

test.each(['attack', 'whole pass', 'both pass', 'advance'])(
  'the thread of who is at the %s is killed',
  async (what) => {
    const onTask = once(what, (worker) => worker.killThread())!;
    const { result } = await train(small(overrides), { trainers: 1, attackers: 2 }, { onTask });
    expect(result).toEqual(expected);
  },
);

test('an attacker that cannot attack is told of, once', async () => {
  const onTask: Fate['onTask'] = ({ role }, task) => {
    if (role === 'attacker' && task.kind === 'attack') throw new Error('out of memory');
  };
  const unable: string[] = [];
  const onEvent: Fate['onEvent'] = (event) => {
    if (event.kind === 'unable' && 'workerId' in event) unable.push(`${event.workerId} is ${event.reason}`);
  };
  const { result } = await train(small(overrides), helped, { onTask, onEvent });
  expect(result).toEqual(expected);
  expect(unable).toEqual(['an attacker is unable to help: out of memory']);
});

test('the only attacker leaves, and the trainer goes on alone', async () => {
  const onTask = once('attack', (worker) => void worker.loop.stop())!;
  const { result, modes } = await train(small(overrides), helped, { onTask });
  expect(result).toEqual(expected);
  expect(modes).toEqual(['assisted', 'advance']);
});

test('the trainer leaves in the midst of a step, and another one is helped on', async () => {
  const onTask = once('both pass', (worker, host) => {
    void host.start('trainer');
    void worker.loop.stop();
  })!;
  const { result } = await train(small(overrides), helped, { onTask });
  expect(result).toEqual(expected);
});

test.each([
  ['not finite', (examples: Float32Array) => examples.fill(Number.NaN)],
  ['too few', (examples: Float32Array) => examples.subarray(1)],
])(
  'examples that are %s are refused, their maker is asked no more in this run, and the bits are the same',
  async (_, spoil) => {
    let attacks = 0;
    const onOutput = (_: Worker, task: Task, output: Output): Output => {
      if (output.kind !== 'attack' || output.output.adversarial.encoding !== 'float32' || !isAttack(task))
        return output;
      attacks++;
      const examples = spoil(output.output.adversarial.examples);
      return { kind: 'attack', output: { adversarial: { encoding: 'float32', examples } } };
    };
    const { result } = await train(small(overrides), helped, { onOutput });
    expect(result).toEqual(expected);
    expect(attacks).toBeLessThan(expected.step);
  },
);

test('an attacker that takes its time is not waited for', async () => {
  const onOutput = async (_: Worker, task: Task, output: Output) => {
    if (isAttack(task)) await delay(300);
    return output;
  };
  const { result } = await train(small(overrides), helped, { onOutput });
  expect(result).toEqual(expected);
});
