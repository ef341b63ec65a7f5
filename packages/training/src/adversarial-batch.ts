import type { TrainingSession } from './session.js';
import { decodeSigns, encodeSigns } from './sign-coding.js';

/** Adversarial examples of one shard, as they go from whoever makes them to whoever trains on them. */
export type AdversarialBatch =
  | { readonly encoding: 'float32'; readonly examples: Float32Array }
  /** What FGSM made, by `sign-coding`: of use together with the shard's clean examples, which both sides read from the data. */
  | { readonly encoding: 'signs'; readonly codes: Uint8Array };

/** A shard of a step, in which line of the run's parameters: see `TrainingSession`. */
export interface ShardOfStep {
  readonly step: number;
  readonly shard: number;
  readonly rollbacks?: number;
}

/** Why examples cannot be trained on. */
export interface BatchFault {
  readonly reason: 'shape' | 'invalid' | 'non-finite';
  readonly detail: string;
}

/** Looks at examples that somebody else made, before they are used; null: nothing is wrong with them. */
export function batchFault(
  { model, definition }: Pick<TrainingSession, 'model' | 'definition'>,
  batch: AdversarialBatch,
): BatchFault | null {
  const inputs = (definition.batch / definition.shards) * model.inputSize;
  if (batch.encoding === 'signs') {
    const { codes } = batch;
    const bytes = Math.ceil(inputs / 4);
    if (codes.length !== bytes)
      return { reason: 'shape', detail: `expected ${bytes} bytes of signs, got ${codes.length}` };
    // Two bits an input; both set mean nothing.
    const isWild = codes.some((byte) => byte & (byte >> 1) & 0x55);
    return isWild ? { reason: 'invalid', detail: 'codes that are no sign' } : null;
  }
  const { examples } = batch;
  if (examples.length !== inputs)
    return { reason: 'shape', detail: `expected ${inputs} inputs, got ${examples.length}` };
  // One pass over their squares is much faster than to ask each.
  let squares = 0;
  for (let i = 0; i < inputs; i++) squares += examples[i]! * examples[i]!;
  return Number.isFinite(squares) ? null : { reason: 'non-finite', detail: 'adversarial examples are not finite' };
}

/** The adversarial examples of a shard in as few bytes as hold every bit. */
export async function packAdversarial(
  session: TrainingSession,
  { step, shard, rollbacks }: ShardOfStep,
  adversarialX: Float32Array,
): Promise<AdversarialBatch> {
  const { attack } = session.definition;
  const fewMoves = attack.kind === 'fgsm' && attack.norm === 'linf';
  const codes = fewMoves ? encodeSigns(await session.examples(step, shard, rollbacks), adversarialX, attack) : null;
  return codes ? { encoding: 'signs', codes } : { encoding: 'float32', examples: adversarialX };
}

/** The adversarial examples of a shard that were packed. @throws RangeError where the codes are none of this shard's */
export async function unpackAdversarial(
  session: TrainingSession,
  { step, shard, rollbacks }: ShardOfStep,
  batch: AdversarialBatch,
): Promise<Float32Array> {
  if (batch.encoding === 'float32') return batch.examples;
  return decodeSigns(batch.codes, await session.examples(step, shard, rollbacks), session.definition.attack);
}
