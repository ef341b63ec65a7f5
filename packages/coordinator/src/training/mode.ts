import { hasAdversary, type TrainingDefinition } from '@sparring/training';
import type { Mode } from '../events.js';
import type { Membership } from '../members/membership.js';
import type { Placement } from '../work/preference.js';

export interface ChosenMode {
  readonly mode: Mode;
  /** Workers without a part in the steps; they still help to measure. */
  readonly spareTrainers: number;
  readonly spareAttackers: number;
}

export interface ModeRules {
  readonly placement: Placement;
  /** Every gradient must come before the coordinator's eyes: also a lone trainer returns its. */
  readonly seesGradients: boolean;
}

/** How the next step, or round, is best computed by whoever is alive, and how many workers it leaves without work. */
export function chooseMode(
  definition: TrainingDefinition,
  { placement, seesGradients }: ModeRules,
  membership: Membership,
): ChosenMode {
  const { replicas, shards, staleness } = definition;
  const trainers = membership.count('trainer');
  const attackers = membership.count('attacker');
  const spares = (usefulTrainers: number, usefulAttackers: number) => ({
    spareTrainers: Math.max(0, trainers - usefulTrainers),
    spareAttackers: Math.max(0, attackers - usefulAttackers),
  });
  if (replicas > 1) return { mode: 'rounds', ...spares(replicas, 0) };
  const split = hasAdversary(definition) && placement !== 'fused' && attackers > 0;
  const usefulAttackers = shards * (1 + staleness);
  const alone = Math.min(trainers, shards) <= 1 && !seesGradients;
  if (split && placement === 'auto' && alone && shards > 1 && staleness === 0 && !keepPace(definition, 1, 1)) {
    return { mode: 'assisted', ...spares(1, shards - 1) };
  }
  if (split && placement === 'auto' && !keepPace(definition, trainers, attackers)) {
    return { mode: 'shared', ...spares(shards, usefulAttackers) };
  }
  if (split) return { mode: 'split', ...spares(2 * shards, usefulAttackers) };
  return { mode: alone ? 'advance' : 'fused', ...spares(shards, 0) };
}

/**
 * Can attackers make all examples in the time that trainers take for the passes? An iteration costs two products of a batch and a
 * layer, the passes of the same examples four. Trainers beyond the shards have nothing better to do than passes.
 */
function keepPace({ attack, shards }: TrainingDefinition, trainers: number, attackers: number): boolean {
  const iterations = attack.kind === 'fgsm' ? 1 : attack.iterations;
  return trainers > shards || iterations * trainers <= 2 * attackers;
}
