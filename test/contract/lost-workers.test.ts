import type { Task } from '@sparring/protocol';
import { alone, type Fate, type Host, type Result, small, type Team, train } from './training.ts';
import type { Worker } from './workers.ts';

const overrides = { staleness: 1, attack: { kind: 'pgd', epsilon: 0.2, iterations: 2 } };

let expected: Result;

beforeAll(async () => {
  expected = (await train(small(overrides))).result;
});

/** Does something to the worker that begins the given task of a step, once. */
function once(kind: string, step: number, act: (worker: Worker, host: Host) => void): Fate['onTask'] {
  let done = false;
  return (worker: Worker, task: Task, host: Host) => {
    const what = task.kind === 'pass' ? `${task.part} pass` : task.kind;
    if (done || what !== kind || !('step' in task) || task.step < step) return;
    done = true;
    act(worker, host);
  };
}

const losses: { what: string; team: Team; kind: string }[] = [
  { what: 'a lone trainer over a span of steps', team: alone, kind: 'advance' },
  { what: 'one of two trainers over a whole pass', team: { trainers: 2, attackers: 0 }, kind: 'whole pass' },
  { what: 'a trainer over a clean pass', team: { trainers: 2, attackers: 2 }, kind: 'clean pass' },
  { what: 'a trainer over both passes of a shard', team: { trainers: 2, attackers: 1 }, kind: 'both pass' },
  { what: 'the only trainer over an adversarial pass', team: { trainers: 1, attackers: 1 }, kind: 'adversarial pass' },
  { what: 'an attacker over its attack', team: { trainers: 1, attackers: 2 }, kind: 'attack' },
];

test.each(losses)(
  'the thread of $what is killed: the task goes to another, and the bits are the same',
  async (given) => {
    const onTask = once(given.kind, 4, (worker) => worker.killThread())!;
    const { result, releases } = await train(small(overrides), given.team, { onTask });
    expect(result).toEqual(expected);
    expect(releases).toBe(1);
  },
);

test('a worker that is stopped in the midst of a task, and one that takes its place, change no bit', async () => {
  const onTask = once('clean pass', 4, (worker, host) => {
    void host.start(worker.role);
    void worker.loop.stop();
  })!;
  const { result, releases } = await train(small(overrides), { trainers: 1, attackers: 1 }, { onTask });
  expect(result).toEqual(expected);
  expect(releases).toBeGreaterThan(0);
});

test("the only attacker leaves, with placement 'split': trainers attack, and the bits are the same", async () => {
  const config = small({ ...overrides, 'attack.placement': 'split' });
  const onTask = once('attack', 4, (worker) => void worker.loop.stop())!;
  const { result, modes } = await train(config, { trainers: 2, attackers: 1 }, { onTask });
  expect(result).toEqual(expected);
  expect(modes).toEqual(['split', 'fused']);
});

test('workers that come and go change how the steps are taken, and no bit', async () => {
  let phase = 0;
  const onTask: Fate['onTask'] = (worker, task, host) => {
    if (!('step' in task)) return;
    if (phase === 0 && task.step >= 2) {
      phase++;
      void host.start('trainer');
    } else if (phase === 1 && task.kind === 'pass' && task.step >= 4) {
      phase++;
      void host.start('attacker');
    } else if (phase === 2 && task.kind === 'attack' && task.step >= 9) {
      phase++;
      void worker.loop.stop();
    } else if (phase === 3 && task.kind === 'pass' && task.part === 'whole') {
      phase++;
      void worker.loop.stop();
    }
  };
  const config = small({ ...overrides, 'attack.placement': 'split', stepsPerCall: 1, epochs: 3 });
  const { result, modes } = await train(config, alone, { onTask });
  expect(result).toEqual(expected);
  expect(modes).toEqual(['advance', 'fused', 'split', 'fused', 'advance']);
});
