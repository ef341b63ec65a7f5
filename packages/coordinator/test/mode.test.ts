import type { TrainingDefinition } from '@sparring/training';
import { Membership } from '../dist/members/membership.js';
import { chooseMode } from '../dist/training/mode.js';
import { smallDefinition } from './small-definition.ts';

function team(trainers: number, attackers: number): Membership {
  const membership = new Membership();
  for (let i = 0; i < trainers; i++) membership.add({ workerId: `trainer-${i}`, role: 'trainer' });
  for (let i = 0; i < attackers; i++) membership.add({ workerId: `attacker-${i}`, role: 'attacker' });
  return membership;
}

const of = (given: Partial<TrainingDefinition>) => smallDefinition({ shards: 4, ...given });

test('a lone trainer advances, several exchange gradients', () => {
  expect(chooseMode(of({}), 'auto', team(1, 0))).toEqual({ mode: 'advance', spareTrainers: 0 });
  expect(chooseMode(of({}), 'auto', team(2, 0))).toEqual({ mode: 'fused', spareTrainers: 0 });
});

test('attacks are split off while an attacker is alive, unless they are to be fused', () => {
  expect(chooseMode(of({}), 'auto', team(1, 1)).mode).toBe('split');
  expect(chooseMode(of({}), 'split', team(2, 1)).mode).toBe('split');
  expect(chooseMode(of({}), 'fused', team(2, 1)).mode).toBe('fused');
  expect(chooseMode(of({}), 'split', team(2, 0)).mode).toBe('fused');
});

test('without an adversary there is nothing to split off', () => {
  expect(chooseMode(of({ alpha: 1 }), 'split', team(1, 2)).mode).toBe('advance');
});

test('trainers beyond what a step can use are spares', () => {
  expect(chooseMode(of({ shards: 2 }), 'auto', team(3, 0))).toEqual({ mode: 'fused', spareTrainers: 1 });
  expect(chooseMode(of({ shards: 1 }), 'auto', team(3, 0))).toEqual({ mode: 'advance', spareTrainers: 2 });
  // A clean and an adversarial pass of each shard.
  expect(chooseMode(of({ shards: 2 }), 'auto', team(5, 1))).toEqual({ mode: 'split', spareTrainers: 1 });
});

test('a worker that has left counts no more', () => {
  const membership = team(2, 0);
  expect(membership.remove('trainer-1')).toEqual({ workerId: 'trainer-1', role: 'trainer' });
  expect(membership.remove('trainer-1')).toBeUndefined();
  expect(chooseMode(of({}), 'auto', membership).mode).toBe('advance');
});
