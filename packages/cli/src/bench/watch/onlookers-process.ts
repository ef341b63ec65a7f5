import { get } from 'node:http';
import { answerQuestions } from './forked.js';

/** Those who watch a training, in a process of their own: they look from when they are told where, and say on each question what they saw. */

export interface Onlookers {
  readonly url: string;
  readonly scrapes: boolean;
  readonly pages: number;
}

export interface Seen {
  /** Answers of `/metrics`. */
  readonly scrapes: number;
  /** Messages on all event streams together. */
  readonly messages: number;
}

const scrapeEveryMs = 1_000;
const seen = { scrapes: 0, messages: 0 };

answerQuestions(async (question: Onlookers | 'seen'): Promise<Seen> => {
  if (question === 'seen') return seen;
  const { url, scrapes, pages } = question;
  for (let page = 0; page < pages; page++) await read(`${url}/api/runs/bench/events`);
  if (scrapes) setInterval(() => void scrape(`${url}/metrics`), scrapeEveryMs);
  return seen;
});

/** Resolves when the first comes. */
async function read(url: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => {
        seen.messages += text.split('\nevent: ').length - 1 + (text.startsWith('event: ') ? 1 : 0);
        resolve();
      });
    }).on('error', reject);
  });
}

async function scrape(url: string): Promise<void> {
  const response = await fetch(url).catch(() => null);
  if ((await response?.text())?.includes('sparring_coordinator_run_steps')) seen.scrapes++;
}
