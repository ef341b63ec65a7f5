import type { TrainingDefinition } from '@sparring/training';
import { Membership } from '../dist/members/membership.js';
import { chooseMode } from '../dist/training/mode.js';
import { smallDefinition } from './small-definition.ts';

const placed = (placement: 'auto' | 'split' | 'fused') => ({ placement, seesGradients: false });
const place = { host: 'here', pid: 1 };

function team(trainers: number, attackers: number): Membership {
  const membership = new Membership();
  for (let i = 0; i < trainers; i++) membership.add({ workerId: `trainer-${i}`, role: 'trainer', ...place });
  for (let i = 0; i < attackers; i++) membership.add({ workerId: `attacker-${i}`, role: 'attacker', ...place });
  return membership;
}

const of = (given: Partial<TrainingDefinition>) => smallDefinition({ shards: 4, ...given });

const none = { spareTrainers: 0, spareAttackers: 0 };

test('a lone trainer advances, several exchange gradients', () => {
  expect(chooseMode(of({}), placed('auto'), team(1, 0))).toEqual({ mode: 'advance', ...none });
  expect(chooseMode(of({}), placed('auto'), team(2, 0))).toEqual({ mode: 'fused', ...none });
});

test('attacks are split off while an attacker is alive, unless they are to be fused', () => {
  expect(chooseMode(of({}), placed('auto'), team(1, 1)).mode).toBe('split');
  expect(chooseMode(of({}), placed('split'), team(2, 1)).mode).toBe('split');
  expect(chooseMode(of({}), placed('fused'), team(2, 1)).mode).toBe('fused');
  expect(chooseMode(of({}), placed('split'), team(2, 0)).mode).toBe('fused');
});

const pgd = of({ attack: { ...of({}).attack, kind: 'pgd', iterations: 20 } });

test('attackers that cannot keep pace share the attacks with the trainers, where those may make them', () => {
  expect(chooseMode(pgd, placed('auto'), team(2, 1))).toEqual({ mode: 'shared', ...none });
  expect(chooseMode({ ...pgd, staleness: 1 }, placed('auto'), team(1, 1)).mode).toBe('shared');
  expect(chooseMode(pgd, placed('auto'), team(2, 20)).mode).toBe('split');
  expect(chooseMode(pgd, placed('auto'), team(5, 1)).mode).toBe('split');
  expect(chooseMode(pgd, placed('split'), team(1, 1)).mode).toBe('split');
  expect(chooseMode(pgd, placed('fused'), team(2, 1)).mode).toBe('fused');
});

test('a lone trainer is helped with attacks that take longer than its passes', () => {
  expect(chooseMode(pgd, placed('auto'), team(1, 1))).toEqual({ mode: 'assisted', ...none });
  expect(chooseMode(pgd, placed('auto'), team(1, 10))).toEqual({ mode: 'assisted', ...none, spareAttackers: 7 });
  expect(chooseMode({ ...pgd, shards: 1 }, placed('auto'), team(1, 1)).mode).toBe('shared');
  expect(chooseMode(pgd, { placement: 'auto', seesGradients: true }, team(1, 1)).mode).toBe('shared');
});

test('without an adversary there is nothing to split off', () => {
  expect(chooseMode(of({ alpha: 1 }), placed('split'), team(1, 2)).mode).toBe('advance');
});

test('replicas advance in rounds, whoever is there to compute them', () => {
  const replicated = of({ replicas: 2, localSteps: 8 });
  for (const placement of ['auto', 'split', 'fused'] as const) {
    expect(chooseMode(replicated, placed(placement), team(1, 0))).toEqual({ mode: 'rounds', ...none });
    expect(chooseMode(replicated, placed(placement), team(2, 0))).toEqual({ mode: 'rounds', ...none });
    expect(chooseMode(replicated, placed(placement), team(3, 2))).toEqual({
      ...{ mode: 'rounds', spareTrainers: 1, spareAttackers: 2 },
    });
  }
  expect(chooseMode(of({ replicas: 1, localSteps: 8 }), placed('auto'), team(1, 0)).mode).toBe('advance');
});

test('workers beyond what a step can use are spares', () => {
  expect(chooseMode(of({ shards: 2 }), placed('auto'), team(3, 0))).toEqual({
    mode: 'fused',
    ...none,
    spareTrainers: 1,
  });
  expect(chooseMode(of({ shards: 1 }), placed('auto'), team(3, 0))).toEqual({
    mode: 'advance',
    ...none,
    spareTrainers: 2,
  });
  expect(chooseMode(of({}), placed('fused'), team(1, 2))).toEqual({ mode: 'advance', ...none, spareAttackers: 2 });
  // A clean and an adversarial pass of each shard, and its attack, which may run ahead where it is stale.
  expect(chooseMode(of({ shards: 2 }), placed('auto'), team(5, 3))).toEqual({
    ...{ mode: 'split', spareTrainers: 1, spareAttackers: 1 },
  });
  expect(chooseMode(of({ shards: 2, staleness: 1 }), placed('auto'), team(1, 4))).toEqual({ mode: 'split', ...none });
});

test('a worker that has left counts no more', () => {
  const membership = team(2, 0);
  expect(membership.remove('trainer-1')).toEqual({ workerId: 'trainer-1', role: 'trainer', ...place });
  expect(membership.remove('trainer-1')).toBeUndefined();
  expect(chooseMode(of({}), placed('auto'), membership).mode).toBe('advance');
});

test('where every gradient must be seen, also a lone trainer returns its', () => {
  const rules = { placement: 'auto', seesGradients: true } as const;
  expect(chooseMode(of({}), rules, team(1, 0)).mode).toBe('fused');
});
