import type { Model } from '@sparring/core';
import { type EngineName, TracingError, trace } from '@sparring/engine';
import { type Tensors, tf } from '@sparring/engine/tensorflow';
import { nearestName } from '@sparring/runtime';
import { under, within } from '@sparring/training';
import { logitsProgram } from './logits-program.js';

interface Trial {
  /** Examples of a shard: what the training hands over. */
  readonly batch: number;
  readonly engine: EngineName | 'auto';
}

/**
 * Calls the `logits` of a user's file on symbols, which computes nothing: as they are evaluated, and as they are trained.
 * @throws when they fail, or return something else than logits: the message names the file, and says what helps where that is known
 */
export function tryLogits(path: string, model: Model, { batch, engine }: Trial): void {
  const evaluated = logitsProgram(model, batch);
  const masks = model.dropout.map(
    ({ name, size }) => [name, { shape: [batch, size], dtype: 'bool' as const }] as const,
  );
  const trained = {
    ...evaluated,
    inputs: { ...evaluated.inputs, ...under('masks', Object.fromEntries(masks)) },
    fn: (inputs: Tensors) => ({
      logits: model.logits(within('parameters', inputs), inputs.x as tf.Tensor2D, floats(within('masks', inputs))),
    }),
  };
  for (const program of masks.length === 0 ? [evaluated] : [evaluated, trained]) {
    try {
      trace(program);
    } catch (error) {
      // These engines run the function itself.
      if (error instanceof TracingError && engine.startsWith('tfjs:')) continue;
      const message = error instanceof Error ? error.message : String(error);
      const said = /\blogits: /.test(message) ? message : `logits: ${message}`;
      const hint = hintFor(message, Object.keys(model.parameters));
      throw new Error(`model: ${path}: ${said}${hint === null ? '' : ` (${hint})`}`, { cause: error });
    }
  }
}

function floats(masks: Tensors): Tensors {
  return Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, tf.cast(mask, 'float32')]));
}

/** What is meant by the mistakes that are made most. */
function hintFor(message: string, parameters: readonly string[]): string | null {
  const [, of, op] = /^(.+)\.(\w+) is not a function$/.exec(message) ?? [];
  if (of !== undefined && op !== undefined) {
    const ops = Object.keys(tf).filter((name) => /^[a-z]/.test(name));
    if (of !== 'tf') return ops.includes(op) ? `operations are functions: tf.${op}(x), not x.${op}()` : null;
    const meant = nearestName(op, ops);
    return meant === null ? null : `did you mean tf.${meant}?`;
  }
  if (!/ must be a Tensor or TensorLike, but got 'null'/.test(message)) return null;
  return `parameters that init returns: ${parameters.join(', ')}`;
}
