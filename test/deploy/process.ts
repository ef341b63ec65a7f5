import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Chronicle } from '../cluster/chronicle.ts';

export interface Started {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** A process as a container would have it: its command, its environment and no other. It does not outlive the test file. */
export class Process {
  readonly lines = new Chronicle<string>();
  readonly environment: Readonly<Record<string, string>>;
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
  readonly #child: ChildProcess;

  constructor({ command: [program, ...args], environment = {}, folder }: Started) {
    const env = { PATH: process.env.PATH ?? '', ...environment };
    this.environment = env;
    this.#child = spawn(program!, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(this);
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => this.lines.add(line));
    }
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => resolve({ code, said: this.lines.all.join('\n') }));
    });
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#child.kill(signal);
  }
}

const started: Process[] = [];
afterAll(async () => {
  for (const one of started) one.kill();
  await Promise.allSettled(started.map(({ ended }) => ended));
});
