import { respectNohup } from '@sparring/runtime';
import { createProgram } from './commands/program.js';
import { runProgram } from './commands/run-program.js';

respectNohup();
const exitCode = await runProgram(createProgram(), process.argv);
// A write of nothing calls back when all before it is out: a pipe would lose what `exit` finds in its buffer.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
);
// Not left to the event loop: what a failure left running must not keep the process.
process.exit(exitCode);
