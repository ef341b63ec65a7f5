import { drawStart } from '@sparring/core';
import { Random, readBatch, type Split } from '@sparring/data';
import { allocate } from './arrays.js';
import { under } from './names.js';
import { type EvaluationAttack, evaluateProgram } from './programs/evaluate.js';
import type { TrainingSession } from './session.js';
import type { Parameters } from './step-gradients.js';

/** Examples that one probe task evaluates. Fixed, so that a measurement does not depend on who made it. */
export const probeSize = 500;

/** Sums over evaluated examples; parts of a split add up, in order. */
export interface EvaluationSums {
  readonly examples: number;
  readonly wrong: number;
  /** Sum of the maximum probability over the misclassified examples. */
  readonly confidenceOnMistakes: number;
  readonly loss: number;
  /** Sum of the cosines between the input gradients at the examples and at the points that a random attack came to; else 0. */
  readonly gradientCosine: number;
}

/** Error as a fraction; mean confidence on mistakes (null when there are none); mean loss. */
export interface Evaluation {
  readonly error: number;
  readonly confidence: number | null;
  readonly loss: number;
}

/** Evaluates examples `from` to `to` (at most `probeSize` of them) of a split at `parameters`. */
export async function evaluateExamples(
  session: TrainingSession,
  parameters: Parameters,
  split: Split,
  attack: EvaluationAttack,
  from: number,
  to: number,
): Promise<EvaluationSums> {
  const key = `evaluate ${JSON.stringify(attack)}`;
  const { program, executable } = await session.compiled(key, () => evaluateProgram(session.recipe, attack, probeSize));
  const { x, labels, start } = program.inputs;
  const arrays = allocate({ x: x!, labels: labels!, ...(start ? { start } : {}) });
  readBatch(split, identity(split.size), from, to, arrays.x as Float32Array, arrays.labels as Int32Array, 0);
  if (start && attack !== 'clean') {
    const { seed } = session.definition;
    const random = new Random({ seed, purpose: 'evaluation-start', epoch: 0, step: 0, shard: from / probeSize });
    arrays.start = drawStart(attack.norm, arrays.start!.length, random);
  }
  const outputs = await executable.run({ ...arrays, ...under('parameters', parameters) });
  let [wrong, confidenceOnMistakes, loss, gradientCosine] = [0, 0, 0, 0];
  for (let i = 0; i < to - from; i++) {
    loss += outputs.loss![i]!;
    gradientCosine += outputs.cosine?.[i] ?? 0;
    if (outputs.wrong![i] === 0) continue;
    wrong++;
    confidenceOnMistakes += outputs.confidence![i]!;
  }
  return { examples: to - from, wrong, confidenceOnMistakes, loss, gradientCosine };
}

/** Adds the parts of an evaluation, in order. */
export function concludeEvaluation(parts: readonly EvaluationSums[]): Evaluation {
  let [examples, wrong, confidence, loss] = [0, 0, 0, 0];
  for (const part of parts) {
    examples += part.examples;
    wrong += part.wrong;
    confidence += part.confidenceOnMistakes;
    loss += part.loss;
  }
  return { error: wrong / examples, confidence: wrong === 0 ? null : confidence / wrong, loss: loss / examples };
}

/** Cuts a split of `size` examples into the ranges of probe tasks. */
export function probeRanges(size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(size / probeSize) }, (_, i) => ({
    from: i * probeSize,
    to: Math.min(size, (i + 1) * probeSize),
  }));
}

let cachedIdentity = new Uint32Array(0);

function identity(size: number): Uint32Array {
  if (cachedIdentity.length < size) cachedIdentity = Uint32Array.from({ length: size }, (_, i) => i);
  return cachedIdentity;
}
