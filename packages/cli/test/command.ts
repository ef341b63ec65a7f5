import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../bin/sparring.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command, in a folder of its own. */
export class Workplace {
  readonly path: string;
  /** Set for the commands that are started from now on. */
  readonly environment: Record<string, string> = {};

  private constructor(path: string) {
    this.path = path;
  }

  /** A folder with `tiny.yaml`, which trains in about a second. */
  static async open(): Promise<Workplace> {
    const place = new Workplace(await mkdtemp(join(tmpdir(), 'sparring-cli-')));
    await place.write('tiny.yaml', tiny);
    return place;
  }

  write(name: string, content: string): Promise<void> {
    return writeFile(join(this.path, name), content);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.path, name), 'utf8');
  }

  /** The runs that there are, oldest first. */
  async runs(root = 'runs'): Promise<string[]> {
    const names = await readdir(join(this.path, root)).catch(() => []);
    return names.sort().map((name) => `${root}/${name}`);
  }

  async run(...args: string[]): Promise<Finished> {
    const { finished } = this.start(...args);
    return finished;
  }

  start(...args: string[]): { child: ChildProcess; finished: Promise<Finished> } {
    const { NO_COLOR: _, FORCE_COLOR: __, NODE_OPTIONS: ___, SPARRING_DEBUG: ____, ...env } = process.env;
    const child = spawn(process.execPath, [script, ...args], {
      cwd: this.path,
      env: { ...env, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const finished = new Promise<Finished>((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
    return { child, finished };
  }

  async close(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

const tiny = `
data: { set: synthetic, synthetic: { train: 1200, test: 300, side: 8, classes: 4 }, validation: 200 }
model: { kind: maxout, layers: [{ units: 12, pieces: 2, keep: .9 }] }
epochs: 6
batch: 50
shards: 2
alpha: .3
attack: { kind: fgsm, epsilon: .1 }
optimizer: { learningRate: .1, momentum: .5 }
twin: { epochs: 2 }
trainers: 1
attackers: 0
`;
