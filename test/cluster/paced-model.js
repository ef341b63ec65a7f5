// A small net that takes its time: with the engine tfjs:cpu each call waits for PACE_MS, so that training lasts as long on any machine,
// and for .1 s while there is a file `slow` beside this one.
// The first call that finds a file `hang` beside this one never returns.
import { existsSync, rmSync } from 'node:fs';

const units = 16;
const paceMs = Number(process.env.PACE_MS ?? 0);
const never = new Int32Array(new SharedArrayBuffer(4));
const slow = new URL('./slow', import.meta.url);
const hang = new URL('./hang', import.meta.url);

export function init({ random, inputSize, classes }) {
  return {
    'hidden/kernel': { shape: [inputSize, units], values: random.uniform(inputSize * units, -0.2, 0.2) },
    'output/kernel': { shape: [units, classes], values: random.uniform(units * classes, -0.2, 0.2) },
  };
}

export function logits({ tf, parameters, x }) {
  if (paceMs > 0) Atomics.wait(never, 0, 0, existsSync(slow) ? 100 : paceMs);
  if (existsSync(hang)) computeForEver();
  return tf.matMul(tf.relu(tf.matMul(x, parameters['hidden/kernel'])), parameters['output/kernel']);
}

function computeForEver() {
  try {
    rmSync(hang);
  } catch {
    return; // another was first
  }
  for (;;);
}
