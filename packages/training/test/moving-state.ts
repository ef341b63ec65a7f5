import { initialState, type StepGradients, type TrainingSession, type TrainingState } from '../dist/index.js';
import { trainedParameters } from './small-run.ts';

/** A state in the midst of training: parameters that have moved, with a velocity. */
export function movingState(session: TrainingSession): TrainingState {
  const parameters = trainedParameters(session);
  const state = initialState(session.model, session.definition);
  for (const [name, values] of Object.entries(parameters)) {
    state[`parameters/${name}`] = values;
    // Without momentum there is none.
    if (`velocity/${name}` in state) state[`velocity/${name}`] = values.map((value, i) => 0.05 * value * ((i % 5) - 2));
  }
  return state;
}

/** Both shards' gradients of a step, combined already or apart. */
export async function gradientsOf(session: TrainingSession, parts: 'whole' | 'split'): Promise<StepGradients> {
  const parameters = trainedParameters(session);
  const made = await Promise.all(
    [0, 1].map(async (shard) => {
      const adversarialX = await session.attack(parameters, 7, shard);
      const clean = await session.pass('clean', parameters, 7, shard);
      const adversarial = await session.pass('adversarial', parameters, 7, shard, { adversarialX });
      return { clean: clean.gradients, adversarial: adversarial.gradients };
    }),
  );
  if (parts === 'whole') return { parts, whole: made.map(({ adversarial }) => adversarial) };
  return { parts, clean: made.map(({ clean }) => clean), adversarial: made.map(({ adversarial }) => adversarial) };
}
