import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Chronicle } from './chronicle.ts';

const script = fileURLToPath(new URL('../../packages/cli/bin/sparring.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real `sparring` command, in a process of its own that does not outlive the test file. */
export class Sparring {
  /** The lines that it writes to stderr. */
  readonly lines = new Chronicle<string>();
  readonly finished: Promise<Finished>;
  readonly #child: ChildProcess;

  constructor(args: readonly string[], folder: string, environment: Readonly<Record<string, string>> = {}) {
    const { NO_COLOR: _, FORCE_COLOR: __, NODE_OPTIONS: ___, SPARRING_DEBUG: ____, ...env } = process.env;
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, [script, ...args], { cwd: folder, env: { ...env, ...environment }, stdio });
    this.#child = child;
    started.push(this);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    createInterface({ input: child.stderr }).on('line', (line) => this.lines.add(line));
    this.finished = new Promise((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr: this.lines.all.join('\n') }));
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it at once; one that is stopped too. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.finished;
  }
}

const started: Sparring[] = [];
afterAll(() => Promise.all(started.map((command) => command.kill())));
