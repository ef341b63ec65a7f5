/** A compute thread for tests: it opens, and then does what it is told. */

let opened = 0;

export function open() {
  opened++;
}

export function advance({ task }) {
  if (opened !== 1) throw new Error(`opened ${opened} times`);
  return behave(task.step);
}

/** By the step that is asked for: 0 computes, 1 throws, 2 ends the thread, 3 hangs, 4 takes its time. */
function behave(step) {
  if (step === 1) throw new Error('the task is at fault');
  if (step === 2) process.exit(1);
  if (step === 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (step === 4) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  return { state: {}, losses: [step] };
}
