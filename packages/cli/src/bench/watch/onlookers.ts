import { Agent, type ClientRequest, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { cpuMs, type Spent } from './spent.js';

export interface OnlookersRequest {
  readonly url: string;
  readonly scrapeEveryMs: number | null;
  readonly pages: number;
}

/** What those who watched came to see. */
export interface Seen {
  /** Answers of `/metrics`. */
  readonly scrapes: number;
  /** Messages on all event streams together. */
  readonly messages: number;
}

/** A look, from `look` to `rest`. */
export interface Look extends Seen {
  readonly spent: Spent;
}

/**
 * Whoever scrapes a training, or has its page open. They look only while it has its turn, and leave it alone while it rests: the pages go
 * away and come back, and time between two scrapes passes only while they look.
 */
export class Onlookers {
  readonly #request: OnlookersRequest;
  #pages: ClientRequest[] = [];
  #timer: NodeJS.Timeout | undefined;
  #scraping: Promise<void> = Promise.resolve();
  /** Until the next scrape, as it was when they went to rest. */
  #leftMs: number;
  #nextAt = 0;
  #seen = { scrapes: 0, messages: 0 };
  #since = { at: 0, cpuMs: 0 };

  constructor(request: OnlookersRequest) {
    this.#request = request;
    this.#leftMs = request.scrapeEveryMs ?? 0;
  }

  /** Resolves when every page has been told how things are. */
  async look(): Promise<void> {
    const { scrapeEveryMs, pages, url } = this.#request;
    this.#seen = { scrapes: 0, messages: 0 };
    for (let page = 0; page < pages; page++) await this.#open(`${url}/api/runs/bench/events`);
    this.#since = { at: performance.now(), cpuMs: cpuMs() };
    if (scrapeEveryMs === null) return;
    this.#nextAt = performance.now() + this.#leftMs;
    this.#timer = setTimeout(() => this.#scrape(scrapeEveryMs), this.#leftMs);
  }

  async rest(): Promise<Look> {
    clearTimeout(this.#timer);
    this.#leftMs = Math.max(0, this.#nextAt - performance.now());
    await this.#scraping;
    const { at, cpuMs: before } = this.#since;
    const spent = { ms: performance.now() - at, cpuMs: cpuMs() - before };
    for (const page of this.#pages) page.destroy();
    this.#pages = [];
    return { ...this.#seen, spent };
  }

  /** Resolves when the first message comes. */
  async #open(url: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const page = get(url, { agent: false }, (response) => {
        response.on('error', () => {}); // it has gone away
        response.setEncoding('utf8').on('data', (lines: string) => {
          const messages = lines.split('\nevent: ').length - 1 + (lines.startsWith('event: ') ? 1 : 0);
          this.#seen.messages += messages;
          if (messages > 0) resolve();
        });
      });
      page.on('error', reject);
      this.#pages.push(page);
    });
  }

  #scrape(everyMs: number): void {
    this.#nextAt += everyMs;
    this.#timer = setTimeout(() => this.#scrape(everyMs), Math.max(0, this.#nextAt - performance.now()));
    this.#scraping = this.#scraping.then(() => this.#ask());
  }

  async #ask(): Promise<void> {
    const told = await fetched(`${this.#request.url}/metrics`).catch(() => '');
    if (told.includes('sparring_coordinator_run_steps')) this.#seen.scrapes++;
  }
}

const agent = new Agent({ keepAlive: true });

/** By the plain client: what the one that looks costs is not to hide what being looked at does. */
function fetched(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => resolve(text(response))).on('error', reject);
  });
}
