import { createInterface } from 'node:readline';
import { killGroup } from './kill-group.js';

// The guard's own process. Each line that it reads lists the process groups that must not outlive who writes them; when nobody is
// left to write, they are killed. At once: the run is safe at every moment, and they might hang.
let pids: readonly number[] = [];

// Whoever ends the whole family by signals ends its parent too, and that is what this one waits for.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    pids = JSON.parse(line) as number[];
  })
  .on('close', () => {
    for (const pid of pids) killGroup(pid);
  });
