import type { Task } from '@sparring/protocol';
import { preference } from '../dist/work/preference.js';

const tasks: Record<string, Task> = {
  advance: { kind: 'advance', step: 0, numSteps: 8, replica: 0 },
  'whole pass': { kind: 'pass', part: 'whole', step: 0, shard: 0 },
  'clean pass': { kind: 'pass', part: 'clean', step: 0, shard: 0 },
  'adversarial pass': { kind: 'pass', part: 'adversarial', step: 0, shard: 0 },
  'both passes': { kind: 'pass', part: 'both', step: 0, shard: 0 },
  attack: { kind: 'attack', step: 0, shard: 0, parametersStep: 0 },
  probe: { kind: 'probe', split: 'test', attack: 'clean', from: 0, to: 500, parametersStep: 0 },
};

const taken = (role: 'trainer' | 'attacker', placement: 'auto' | 'split' | 'fused', hasAttackers: boolean) =>
  Object.keys(tasks)
    .map((name) => ({ name, rank: preference(role, tasks[name]!, placement, hasAttackers) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => a.rank! - b.rank!)
    .map(({ name }) => name);

test('an attacker attacks before it probes, and takes no pass', () => {
  expect(taken('attacker', 'auto', true)).toEqual(['attack', 'probe']);
});

test('attackers probe before trainers do', () => {
  const rank = (role: 'trainer' | 'attacker') => preference(role, tasks.probe!, 'auto', true)!;
  expect(rank('attacker')).toBeLessThan(rank('trainer'));
});

test('a trainer ends shards before it begins them, and attacks rather than stand idle', () => {
  const order = ['adversarial pass', 'both passes', 'advance', 'whole pass', 'clean pass', 'attack', 'probe'];
  expect(taken('trainer', 'auto', true)).toEqual(order);
});

test("placement 'split' leaves attacks to attackers while one is alive", () => {
  expect(taken('trainer', 'split', true)).not.toContain('attack');
  expect(taken('trainer', 'split', false)).toContain('attack');
});
