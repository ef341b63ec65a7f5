/** A compute thread for tests that opens, or shows what it computes with, as its run says, the first time that it is tried: `hang` or `end`. */

let tries;
let definition;

export function open({ definition: given, dataSet }) {
  ({ tries } = dataSet);
  definition = given;
  behave(definition.open);
}

export function fingerprint() {
  behave(definition.fingerprint);
  return { engine: 'unsound 1', fingerprint: 'f00d' };
}

function behave(how) {
  if (how === undefined || Atomics.add(tries, 0, 1) > 0) return;
  if (how === 'end') process.exit(1);
  if (how === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
