import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asRunFolderError, makeFolder } from '@sparring/runtime';
import type { LedgerEvent } from './ledger-event.js';
import { sweepsFolder } from './sweep-record.js';

/**
 * What happened to the runs of an output folder, a line each, added by whoever has claimed the run. It is what makes ten thousand runs
 * quick to list, and the only memory of attempts and failures; that a run is done, its own `summary.json` says. Several processes may add
 * to it at once, each line with one write.
 */
export class Ledger {
  readonly #file: string;
  #read = 0;

  constructor(out: string) {
    this.#file = join(sweepsFolder(out), 'ledger.jsonl');
  }

  /** The events since the last call, the first time all. A line that was torn, by a kill or a full disk, is left out. */
  async news(): Promise<LedgerEvent[]> {
    if (!existsSync(this.#file)) return [];
    try {
      const { size } = await stat(this.#file);
      if (size <= this.#read) return [];
      const handle = await open(this.#file, 'r');
      try {
        const bytes = Buffer.alloc(size - this.#read);
        await handle.read(bytes, 0, bytes.length, this.#read);
        // What does not end yet is somebody's write under way, or torn.
        const end = bytes.lastIndexOf(0x0a) + 1;
        this.#read += end;
        return bytes.toString('utf8', 0, end).split('\n').flatMap(parse);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw asRunFolderError(error, `read ${this.#file}`);
    }
  }

  /** Adds events; they are on the disk when it resolves. What a torn line left behind is ended first. */
  async append(...events: readonly LedgerEvent[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await makeFolder(join(this.#file, '..'));
      const handle = await open(this.#file, 'a+');
      try {
        const { size } = await handle.stat();
        const last = Buffer.alloc(1);
        if (size > 0) await handle.read(last, 0, 1, size - 1);
        const torn = size > 0 && last[0] !== 0x0a;
        await handle.appendFile(`${torn ? '\n' : ''}${events.map((event) => `${JSON.stringify(event)}\n`).join('')}`);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw asRunFolderError(error, `write ${this.#file}`);
    }
  }
}

function parse(line: string): LedgerEvent[] {
  if (line === '') return [];
  try {
    const event = JSON.parse(line) as LedgerEvent;
    return typeof event?.kind === 'string' && typeof event.identity === 'string' ? [event] : [];
  } catch {
    return [];
  }
}
