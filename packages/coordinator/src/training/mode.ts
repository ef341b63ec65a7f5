import { hasAdversary, type TrainingDefinition } from '@sparring/training';
import type { Mode } from '../events.js';
import type { Membership } from '../members/membership.js';
import type { Placement } from '../work/preference.js';

/** How the next step is best computed by whoever is alive, and how many trainers it leaves without work. */
export function chooseMode(
  definition: TrainingDefinition,
  placement: Placement,
  membership: Membership,
): { mode: Mode; spareTrainers: number } {
  const trainers = membership.count('trainer');
  const split = hasAdversary(definition) && placement !== 'fused' && membership.count('attacker') > 0;
  const useful = split ? 2 * definition.shards : definition.shards;
  const spareTrainers = Math.max(0, trainers - useful);
  if (split) return { mode: 'split', spareTrainers };
  return { mode: Math.min(trainers, useful) > 1 ? 'fused' : 'advance', spareTrainers };
}
