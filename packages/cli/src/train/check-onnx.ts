import type { Model } from '@sparring/core';
import { readBatch, type Split } from '@sparring/data';
import { type Arrays, type EngineName, openEngine } from '@sparring/engine';
import ort from 'onnxruntime-node';
import { logitsProgram } from './logits-program.js';

/** One example alone, an odd number of them, and more than any batch that was trained on. */
export const checkedBatches = [1, 7, 1_000] as const;

/** Of the largest logit: float32 sums in another order differ by a hundredth of it. */
const tolerance = 1e-5;

interface Reference {
  readonly engine: EngineName;
  readonly model: Model;
  /** `parameters/…` */
  readonly parameters: Arrays;
  readonly test: Split;
  /** How many examples at once. */
  readonly batches: readonly number[];
}

/**
 * Runs a model as a stranger would, with ONNX Runtime's own settings, and compares its logits of test examples with the engine's.
 * @throws where they differ: a model that is not the net must not be handed out
 */
export async function checkOnnx(
  bytes: Uint8Array,
  { engine, model, parameters, test, batches }: Reference,
): Promise<void> {
  // The native TensorFlow binding can be loaded in one thread of a process, which trains; its JavaScript twin computes the same.
  const reference = await openEngine(engine === 'tfjs:tensorflow' ? 'tfjs:cpu' : engine);
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  try {
    for (const batch of batches) {
      const x = firstExamples(test, batch, model.inputSize);
      const executable = await reference.compile(logitsProgram(model, batch));
      const { logits: expected } = await executable.run({ ...parameters, x });
      await executable.dispose();
      const input = new ort.Tensor('float32', x, [batch, model.inputSize]);
      const { [session.outputNames[0]!]: output } = await session.run({ [session.inputNames[0]!]: input });
      compare(output!.data as Float32Array, expected as Float32Array, batch);
    }
  } finally {
    await session.release();
  }
}

function compare(got: Float32Array, expected: Float32Array, batch: number): void {
  const fault = (what: string) => new Error(`model.onnx is not written: at batch ${batch} ${what}`);
  if (got.length !== expected.length) throw fault(`it gives ${got.length} logits, the engine ${expected.length}`);
  let largest = 0;
  let difference = 0;
  for (const [i, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - got[i]!));
  }
  if (!(difference <= tolerance * largest))
    throw fault(`its logits differ by ${difference}, the largest is ${largest}`);
}

/** The first examples of a split, from the start again where it has fewer. */
function firstExamples(split: Split, size: number, inputSize: number): Float32Array {
  const x = new Float32Array(size * inputSize);
  const indices = Uint32Array.from({ length: size }, (_, i) => i % split.size);
  readBatch(split, indices, 0, size, x, new Int32Array(size), 0);
  return x;
}
