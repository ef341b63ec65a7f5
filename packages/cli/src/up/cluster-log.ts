import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Screen } from '../presentation/screen.js';
import type { SupervisorEvent } from './child-plan.js';

const warning = 40;
/** A log that is larger, when it is opened, makes room for a new one. */
const largestLogBytes = 10 * 1024 * 1024;

/** What the processes of a cluster write: all of it goes to `up.log`; to the screen what concerns whoever looks at it. */
export class ClusterLog {
  readonly #screen: Screen;
  readonly #file: WriteStream;
  /** Somebody watches a run: only trouble is shown beside it. */
  readonly #quiet: boolean;
  #fileFailed = false;

  constructor(screen: Screen, folder: string, quiet: boolean) {
    this.#screen = screen;
    this.#quiet = quiet;
    const path = join(folder, 'up.log');
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > largestLogBytes) renameSync(path, `${path}.1`);
    this.#file = createWriteStream(path, { flags: 'a', mode: 0o600 });
    this.#file.on('error', (error) => {
      if (!this.#fileFailed)
        screen.say(`${path} cannot be written (${error.message}): the cluster goes on without it.`);
      this.#fileFailed = true;
    });
  }

  tell(event: SupervisorEvent): void {
    if (!this.#fileFailed) this.#file.write(`${JSON.stringify({ time: Date.now(), ...event })}\n`);
    switch (event.kind) {
      case 'started':
        if (event.restarts > 0) this.#say(event.name, `started again, pid ${event.pid}`);
        else if (!this.#quiet) this.#say(event.name, `pid ${event.pid}`);
        return;
      case 'ended':
        if (!this.#quiet) this.#say(event.name, 'is down');
        return;
      case 'died': {
        const { name, how, againInMs } = event;
        const again = againInMs === null ? '' : `; it is started again in ${(againInMs / 1_000).toFixed(1)} s`;
        this.#say(name, `ended (${how})${again}`);
        return;
      }
      case 'line':
        this.#showLine(event.name, event.line);
        return;
    }
  }

  close(): Promise<void> {
    if (this.#fileFailed) return Promise.resolve();
    return new Promise((resolve) => {
      // Whichever comes: what is left may not fit on the disk.
      this.#file.once('close', resolve).end(resolve);
    });
  }

  #showLine(name: string, line: string): void {
    const message = messageOf(line);
    if (message === null) {
      if (!isBrokersNews(line)) this.#say(name, line);
    } else if (!this.#quiet || message.level >= warning) {
      this.#say(name, message.text);
    }
  }

  #say(name: string, text: string): void {
    const { dim } = this.#screen.colors;
    this.#screen.say(`  ${dim(name.padEnd(12))} ${text}`);
  }
}

/** What nats-server logs when nothing is wrong; that passwords are written plainly is one of its warnings, and theirs are random. */
function isBrokersNews(line: string): boolean {
  return /^\[\d+\] .*\[(INF|DBG|TRC|WRN)\]/.test(line);
}

/** The message of a line of JSON, as our processes log; null for any other line. */
function messageOf(line: string): { readonly level: number; readonly text: string } | null {
  try {
    const { level, msg, time: _, pid: __, name: ___, ...facts } = JSON.parse(line) as Record<string, unknown>;
    const shown = Object.entries(facts).map(([key, value]) => {
      const text = (value as { message?: unknown } | null)?.message ?? value;
      return ` ${key}=${typeof text === 'string' ? text : JSON.stringify(text)}`;
    });
    return { level: Number(level), text: `${msg}${shown.join('')}` };
  } catch {
    return null;
  }
}
