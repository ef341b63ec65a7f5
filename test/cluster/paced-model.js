// A small net that takes its time: with the engine tfjs:cpu each call waits for PACE_MS, so that training lasts as long on any machine,
// for .2 s while there is a file `slow` beside this one, which it notes in a file `computing-PID`, and not at all while there is a file
// `hurry`.
// The first call that finds a file `hang` beside this one never returns.
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const units = 16;
const paceMs = Number(process.env.PACE_MS ?? 0);
const never = new Int32Array(new SharedArrayBuffer(4));
const slow = new URL('./slow', import.meta.url);
const hurry = new URL('./hurry', import.meta.url);
const hang = new URL('./hang', import.meta.url);

export function init({ random, inputSize, classes }) {
  return {
    'hidden/kernel': { shape: [inputSize, units], values: random.uniform(inputSize * units, -0.2, 0.2) },
    'output/kernel': { shape: [units, classes], values: random.uniform(units * classes, -0.2, 0.2) },
  };
}

export function logits({ tf, parameters, x }) {
  if (paceMs > 0 && !existsSync(hurry)) takeTime();
  if (existsSync(hang)) computeForEver();
  return tf.matMul(tf.relu(tf.matMul(x, parameters['hidden/kernel'])), parameters['output/kernel']);
}

function takeTime() {
  const isSlow = existsSync(slow);
  if (isSlow) writeFileSync(new URL(`./computing-${process.pid}`, import.meta.url), '');
  Atomics.wait(never, 0, 0, isSlow ? 200 : paceMs);
}

function computeForEver() {
  try {
    rmSync(hang);
  } catch {
    return; // another was first
  }
  for (;;);
}
