import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Cursor, Told } from '../live/shown-run.js';
import { answer, beginEvents, eventStream } from './answers.js';

interface Watcher {
  readonly about: Told;
  readonly response: ServerResponse;
  cursor: Cursor | null;
  /** When it last took what it was sent. */
  keptUpAt: number;
  toldAt: number;
}

const lookEveryMs = 200;
/** Proxies and browsers give up connections on which nothing comes. */
const signOfLifeMs = 15_000;
const longestStallMs = 60_000;
/** More at once are no audience. */
const mostWatchers = 64;

/**
 * The pages that watch runs and sweeps. Each is told five times a second at most, and only when it has taken what it was told before: then it
 * gets all that is new in one message. So nothing is queued for a slow one, and nobody waits for it.
 */
export class Audience {
  readonly #watchers = new Set<Watcher>();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  get size(): number {
    return this.#watchers.size;
  }

  has(response: ServerResponse): boolean {
    return [...this.#watchers].some((watcher) => watcher.response === response);
  }

  /** Returns false where there is no room. */
  admit(about: Told, response: ServerResponse): boolean {
    if (response.req.method === 'HEAD') return answer(response, 200, eventStream, '');
    if (this.#watchers.size >= mostWatchers) return false;
    const now = performance.now();
    const watcher: Watcher = { about, response, cursor: null, keptUpAt: now, toldAt: now };
    beginEvents(response);
    this.#watchers.add(watcher);
    response.on('close', () => this.#dismiss(watcher));
    this.#tell(watcher, now);
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs).unref();
    return true;
  }

  /** Tells everybody who keeps up what is new, without waiting for the next look. */
  tellAll(): void {
    const now = performance.now();
    for (const watcher of this.#watchers) this.#tell(watcher, now);
  }

  /** Tells everybody the last, and that it was the last; waits for those who are slow no longer than `graceMs`. */
  async dismissAll(graceMs = 500): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    const leaving = [...this.#watchers].map(async ({ about, response, cursor }) => {
      const message = about.since(cursor);
      if (message) response.write(frame(message.event, message.json));
      response.end(frame('end', '{}'));
      await once(response, 'close');
    });
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.allSettled(leaving), grace]);
    clearTimeout(timer);
    for (const { response } of this.#watchers) response.destroy();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const watched = new Set([...this.#watchers].map(({ about }) => about));
      // A folder that cannot be read now can be another time.
      await Promise.allSettled([...watched].map((about) => about.refresh()));
      this.tellAll();
    } finally {
      this.#isLooking = false;
    }
  }

  #tell(watcher: Watcher, now: number): void {
    const { about, response } = watcher;
    if (response.writableEnded) return;
    if (response.writableNeedDrain || response.writableLength > 0) {
      if (now - watcher.keptUpAt > longestStallMs) response.destroy();
      return;
    }
    watcher.keptUpAt = now;
    const message = about.since(watcher.cursor);
    if (message) response.write(frame(message.event, message.json));
    else if (now - watcher.toldAt > signOfLifeMs) response.write(': still here\n\n');
    else return;
    watcher.toldAt = now;
    if (message) watcher.cursor = message.cursor;
  }

  #dismiss(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** JSON has no line breaks of its own. */
function frame(event: string, json: string): string {
  return `event: ${event}\ndata: ${json}\n\n`;
}
