import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepRun } from '@sparring/sweep';
import { NoCoordinator } from '../../cluster/client.js';
import { unpackFiles } from './run-files.js';
import type { SweepClient } from './sweep-client.js';

const atOnce = 4;
const retryMs = 1_000;

/** Fetches what is kept of finished runs into their folders, as they finish; those that are there already are left as they are. */
export class ResultFetcher {
  readonly #client: SweepClient;
  readonly #out: string;
  readonly #waiting: SweepRun[] = [];
  readonly #known = new Set<string>();
  readonly #fetching = new Set<Promise<void>>();
  #stopped = false;

  constructor(client: SweepClient, out: string) {
    this.#client = client;
    this.#out = out;
  }

  add(run: SweepRun): void {
    if (this.#known.has(run.identity) || existsSync(join(this.#out, run.folder, 'summary.json'))) return;
    this.#known.add(run.identity);
    this.#waiting.push(run);
    if (this.#fetching.size >= atOnce) return;
    const fetching = this.#fetch().finally(() => this.#fetching.delete(fetching));
    fetching.catch(() => {});
    this.#fetching.add(fetching);
  }

  /** Resolves when all that was added is there. @throws the first fault */
  async done(): Promise<void> {
    await Promise.all(this.#fetching);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #fetch(): Promise<void> {
    for (let run = this.#waiting.shift(); run && !this.#stopped; run = this.#waiting.shift()) {
      const bytes = await this.#patiently(run.identity);
      if (bytes && bytes.length > 0) await unpackFiles(bytes, join(this.#out, run.folder));
    }
  }

  async #patiently(identity: string): Promise<Uint8Array | null> {
    while (!this.#stopped) {
      try {
        return await this.#client.files(identity);
      } catch (error) {
        if (!(error instanceof NoCoordinator)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    return null;
  }
}
