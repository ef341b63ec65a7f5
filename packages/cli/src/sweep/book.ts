import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSummary } from '@sparring/runtime';
import { apply, expand, freshStates, Ledger, type LedgerEvent, type RunState, type SweepRecord } from '@sparring/sweep';
import { shortPath } from '../presentation/invocation.js';
import type { RunSummary } from '../train/summary.js';
import { resultOf } from './result-of.js';
import { countOf, type SweepView } from './sweep-view.js';

/** What the ledger and the runs' folders say of a sweep's runs. */
export class Book implements SweepView {
  readonly out: string;
  readonly record: SweepRecord;
  /** By identity, in the sweep's order. */
  readonly states: Map<string, RunState>;
  readonly #ledger: Ledger;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(out: string, record: SweepRecord, ledger: Ledger) {
    this.out = out;
    this.record = record;
    this.states = freshStates(expand(record));
    this.#ledger = ledger;
  }

  static async open(out: string, record: SweepRecord): Promise<Book> {
    const [book] = await Book.openAll(out, [record]);
    return book!;
  }

  /** Reads ledger and folders once for all of them. */
  static async openAll(out: string, records: readonly SweepRecord[]): Promise<Book[]> {
    const ledger = new Ledger(out);
    const [events, names] = [await ledger.news(), new Set(await readdir(out).catch(() => []))];
    const strangers = await finishedElsewhere(out, names);
    const books = records.map((record) => new Book(out, record, ledger));
    for (const book of books) {
      book.#recall(events, names);
      await book.#adopt(names, strangers);
    }
    return books;
  }

  /** Adds events and takes over what has been added since, by others too. Returns all of that. */
  tell(...events: readonly LedgerEvent[]): Promise<LedgerEvent[]> {
    const told = this.#turn.then(async () => {
      await this.#ledger.append(...events);
      const news = await this.#ledger.news();
      apply(this.states, news, this.record);
      return news;
    });
    this.#turn = told.catch(() => {});
    return told;
  }

  /** Counts by status. */
  count(...statuses: readonly RunState['status'][]): number {
    return countOf(this.states, statuses);
  }

  get where(): string {
    return whereOf(this.out);
  }

  /** Whoever deletes a run's folder wants it forgotten. */
  #recall(events: readonly LedgerEvent[], names: ReadonlySet<string>): void {
    const remembered = events.filter((event) => {
      const folder = event.kind === 'done' ? event.folder : this.states.get(event.identity)?.run.folder;
      return folder !== undefined && names.has(folder);
    });
    apply(this.states, remembered, this.record);
  }

  /** Runs that are done without a line in the ledger: their process was killed in between, or `sparring train` made them. */
  async #adopt(names: ReadonlySet<string>, strangers: ReadonlyMap<string, Finished>): Promise<void> {
    for (const state of this.states.values()) {
      if (state.status !== 'waiting' && state.status !== 'claimed') continue;
      const { folder, identity } = state.run;
      const own = names.has(folder) ? await summaryOf(join(this.out, folder)) : null;
      const found = own ? { folder, summary: own } : strangers.get(identity);
      if (found) Object.assign(state, { status: 'done', folder: found.folder, result: resultOf(found.summary) });
    }
  }
}

/** The option by which a command finds the sweeps of an output folder. */
export function whereOf(out: string): string {
  return out === 'runs' ? '' : ` --out ${shortPath(out)}`;
}

interface Finished {
  readonly folder: string;
  readonly summary: RunSummary;
}

/** Folders that no sweep has made end otherwise than in sixteen hexadecimal digits. */
const ofSweep = /-[0-9a-f]{16}$/;

async function finishedElsewhere(out: string, names: ReadonlySet<string>): Promise<Map<string, Finished>> {
  const found = new Map<string, Finished>();
  for (const folder of names) {
    if (ofSweep.test(folder) || folder.startsWith('.')) continue;
    // Whose cannot be read are no concern of a sweep that has not made them.
    const summary = await summaryOf(join(out, folder)).catch(() => null);
    if (summary?.identity) found.set(summary.identity, { folder, summary });
  }
  return found;
}

/** null where the run is not finished. @throws RunFolderError where it is damaged */
export async function summaryOf(folder: string): Promise<RunSummary | null> {
  return (await readSummary(folder)) as RunSummary | null;
}
