import { hasVelocity } from '@sparring/core';
import type { Program } from '@sparring/engine';
import { floatSpecs, type Specs } from '../inputs.js';
import { within } from '../names.js';
import type { Recipe } from './step.js';

/**
 * The averages of what the replicas came to in a round, `replica/<r>/parameters/…` and, unless it is reset, `replica/<r>/velocity/…`:
 * `parameters/…` and `velocity/…`.
 */
export function averageProgram({ model, definition, pieces }: Recipe): Program {
  const { optimizer, momentumBetweenRounds } = definition;
  const groups = ['parameters'];
  if (hasVelocity(optimizer) && momentumBetweenRounds === 'average') groups.push('velocity');
  const replicas = Array.from({ length: definition.replicas }, (_, r) => `replica/${r}`);
  const inputs: Specs = {};
  for (const replica of replicas) {
    for (const group of groups) Object.assign(inputs, floatSpecs(`${replica}/${group}`, model.parameters));
  }
  return {
    name: 'average',
    inputs,
    fn: (tensors) => pieces.average(replicas.map((replica) => within(replica, tensors))),
  };
}
