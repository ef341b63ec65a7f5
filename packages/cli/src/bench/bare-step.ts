import type { Program } from '@sparring/engine';
import { piece } from '@sparring/engine/piece';
import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { type Recipe, under, wholePassProgram, within } from '@sparring/training';

/**
 * A training step of one shard with nothing but what is essential: the whole pass of the recipe's own pieces (clean pass, attack fused
 * into it, adversarial pass, combination) and p ← p − lr · g, scanned over consecutive steps.
 */
export function bareStepProgram(recipe: Recipe): Program {
  const pass = wholePassProgram(recipe);
  const state = Object.keys(pass.inputs).filter((name) => name.startsWith('parameters/'));
  const sequence = Object.keys(pass.inputs).filter((name) => !state.includes(name));
  const descend = piece('descend', (parameters: Tensors, gradients: Tensors, learningRate: tf.Tensor) =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, p]) => [name, tf.sub(p, tf.mul(gradients[name]!, learningRate))]),
    ),
  );
  return {
    name: 'bare step',
    inputs: { ...pass.inputs, learningRate: { shape: [], dtype: 'float32' } },
    scan: { state, sequence: [...sequence, 'learningRate'] },
    fn: ({ learningRate, ...inputs }) => {
      const { 'loss/clean/0': loss, ...outputs } = pass.fn(inputs);
      const next = descend(within('parameters', inputs), within('gradient', outputs), learningRate!);
      return { ...under('parameters', next), 'loss/clean/0': loss! };
    },
  };
}
