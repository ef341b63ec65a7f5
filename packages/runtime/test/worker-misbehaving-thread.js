/** A compute thread for tests: it opens, and then does what it is told, or returns what it was given. */

let opened = 0;

export function open({ definition } = {}) {
  if (definition?.refuse) throw new Error('the engine is not there');
  opened++;
}

export function fingerprint() {
  return { engine: 'misbehaving 1', fingerprint: 'f00d' };
}

export function advance({ task, inputs }) {
  if (opened !== 1) throw new Error(`opened ${opened} times`);
  behave(task.step);
  return { state: inputs?.state ?? {}, losses: [task.step] };
}

export function pass({ task, inputs }) {
  behave(task.step);
  return { gradients: inputs.parameters ?? {}, loss: { clean: task.shard, adversarial: null } };
}

export function prepare() {}

/** By the step that is asked for: 1 throws, 2 ends the thread, 3 hangs, 4 takes its time. */
function behave(step) {
  if (step === 1) throw new Error('the task is at fault');
  if (step === 2) process.exit(1);
  if (step === 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (step === 4) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
}
