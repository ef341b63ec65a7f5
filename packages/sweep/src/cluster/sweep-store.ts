import { randomUUID } from 'node:crypto';
import { Malformed } from '@sparring/protocol';
import type { Bus, DurableStore } from '@sparring/runtime';
import type { SweepRecord } from '../record/sweep-record.js';
import type { Wish } from '../record/wish.js';
import { decodeEntry, type Entries } from './decode-entry.js';
import { type CurveEntry, freshEntry, type ResultEntry, type RunEntry } from './run-entry.js';

/** What a cluster's store says of a sweep; its record lies in an object, since it may be large. */
export interface Header {
  readonly wish: Wish;
  /** Name of the record's object. */
  readonly record: string;
  /** How often it has been paused or cancelled so far; absent: never. Whoever was at a run of it before the last time stops. */
  readonly stops?: number;
}

/** Whether runs that were laid out after so many stops of a sweep are to be computed still. */
export function isLaidOut(header: Header | undefined, stops: number): boolean {
  return header?.wish === 'run' && stopsOf(header) === stops;
}

export function stopsOf({ stops = 0 }: Pick<Header, 'stops'>): number {
  return stops;
}

/** The keys and objects under which a cluster's store keeps sweeps. */
export const keys = {
  header: (sweep: string) => `sweep.${sweep}`,
  run: (identity: string) => `run.${identity}`,
  result: (identity: string) => `result.${identity}`,
  curve: (identity: string) => `curve.${identity}`,
  /** What is kept of the folder of a run that is done. */
  resultFiles: (identity: string) => `result/${identity}`,
  /** A name that no other object has, of a file of a run that is not done. */
  newFile: (identity: string) => `${keys.files(identity)}${randomUUID()}`,
  /** How the names of a run's files begin. */
  files: (identity: string) => `run/${identity}/`,
  newRecord: (sweep: string) => `record/${sweep}/${randomUUID()}`,
};

export interface Kept<Value> {
  readonly value: Value;
  readonly revision: number;
}

/**
 * Sweeps and their runs in a cluster's store, as their keys hold them. What is malformed there is counted as a refused message, and is as if it
 * were not there: it can be written over.
 */
export class SweepStore {
  readonly durable: DurableStore;
  readonly #bus: Pick<Bus, 'refuse'>;

  /** @param bus counts what is malformed */
  constructor(durable: DurableStore, bus: Pick<Bus, 'refuse'>) {
    this.durable = durable;
    this.#bus = bus;
  }

  header(sweep: string): Promise<Kept<Header> | null> {
    return this.#get('sweep', sweep);
  }

  async run(identity: string): Promise<Kept<RunEntry> | null> {
    const found = await this.#find('run', identity);
    return found && { value: found.value ?? freshEntry, revision: found.revision };
  }

  result(identity: string): Promise<Kept<ResultEntry> | null> {
    return this.#get('result', identity);
  }

  curve(identity: string): Promise<Kept<CurveEntry> | null> {
    return this.#get('curve', identity);
  }

  /** null where it was lost, or replaced meanwhile. */
  async record({ record }: Header): Promise<SweepRecord | null> {
    const bytes = await this.durable.getObject(record);
    return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as SweepRecord);
  }

  /**
   * Changes a sweep's header, whatever else changes meanwhile; `change` returns null where nothing is to be written. Returns the new revision,
   * and what was there before; null where nothing was written.
   */
  async changeHeader(
    sweep: string,
    change: (header: Header | undefined) => Header | null,
  ): Promise<{ readonly revision: number; readonly before: Header | undefined } | null> {
    for (;;) {
      const found = await this.#find('sweep', sweep);
      const next = change(found?.value);
      if (next === null) return null;
      const revision = await this.#write(keys.header(sweep), next, found?.revision ?? 0);
      if (revision !== null) return { revision, before: found?.value };
    }
  }

  /** At a revision, or for 0 where there is none. Returns the new revision, or null where another has replaced it. */
  writeRun(identity: string, entry: RunEntry, revision: number): Promise<number | null> {
    return this.#write(keys.run(identity), entry, revision);
  }

  /** Changes a run's entry, whatever else changes meanwhile; `change` returns null where there is nothing to change. */
  async changeRun(identity: string, change: (entry: RunEntry | undefined) => RunEntry | null): Promise<void> {
    for (;;) {
      const found = await this.run(identity);
      const next = change(found?.value);
      if (next === null || (await this.writeRun(identity, next, found?.revision ?? 0)) !== null) return;
    }
  }

  /** Returns whether it is the one that counts: not where there was one already. */
  async commit(identity: string, result: ResultEntry): Promise<boolean> {
    const key = keys.result(identity);
    if ((await this.#write(key, result, 0)) !== null) return true;
    const found = await this.#find('result', identity);
    if (!found || found.value) return false;
    return (await this.#write(key, result, found.revision)) !== null;
  }

  /** What a key's value says; undefined where it is malformed, which is counted. */
  decode<Kind extends keyof Entries>(kind: Kind, id: string, text: string): Entries[Kind] | undefined {
    const entry = decodeEntry(kind, text);
    if (!(entry instanceof Malformed)) return entry;
    this.#bus.refuse(entry.reason, `${entry.message} (${kind}.${id} in the store)`);
    return undefined;
  }

  #write(key: string, entry: Entries[keyof Entries], revision: number): Promise<number | null> {
    const value = JSON.stringify(entry);
    return revision === 0 ? this.durable.create(key, value) : this.durable.update(key, value, revision);
  }

  async #get<Kind extends keyof Entries>(kind: Kind, id: string): Promise<Kept<Entries[Kind]> | null> {
    const found = await this.#find(kind, id);
    return found?.value ? { value: found.value, revision: found.revision } : null;
  }

  /** Without a value where that is malformed. */
  async #find<Kind extends keyof Entries>(kind: Kind, id: string): Promise<Kept<Entries[Kind] | undefined> | null> {
    const entry = await this.durable.get(`${kind}.${id}`);
    return entry && { value: this.decode(kind, id, entry.value), revision: entry.revision };
  }
}
