import { setImmediate } from 'node:timers/promises';
import { exitCodes, respectNohup } from '@sparring/runtime';
import { createProgram } from './commands/program.js';
import { runProgram } from './commands/run-program.js';
import { surviveLostWords } from './commands/survive-lost-words.js';

respectNohup();
const wordsAreLost = surviveLostWords(process);
const exitCode = await runProgram(createProgram(), process.argv);
for (const stream of [process.stdout, process.stderr]) {
  // A write of nothing calls back when all before it is out: a pipe would lose what `exit` finds in its buffer.
  await new Promise((resolve) => stream.write('', resolve));
  // That it failed is told after that.
  await setImmediate();
}
// Not left to the event loop: what a failure left running must not keep the process.
process.exit(exitCode === exitCodes.done && wordsAreLost() ? exitCodes.failure : exitCode);
