import { randomUUID } from 'node:crypto';
import type { DurableStore } from '@sparring/runtime';
import type { SweepRecord } from '../record/sweep-record.js';
import type { Wish } from '../record/wish.js';
import type { ResultEntry, RunEntry } from './run-entry.js';

/** What a cluster's store says of a sweep; its record lies in an object, since it may be large. */
export interface Header {
  readonly wish: Wish;
  /** Name of the record's object. */
  readonly record: string;
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

/** Sweeps and their runs in a cluster's store, as their keys hold them. */
export class SweepStore {
  readonly durable: DurableStore;

  constructor(durable: DurableStore) {
    this.durable = durable;
  }

  header(sweep: string): Promise<Kept<Header> | null> {
    return this.#get<Header>(keys.header(sweep));
  }

  run(identity: string): Promise<Kept<RunEntry> | null> {
    return this.#get<RunEntry>(keys.run(identity));
  }

  result(identity: string): Promise<Kept<ResultEntry> | null> {
    return this.#get<ResultEntry>(keys.result(identity));
  }

  /** null where it was lost, or replaced meanwhile. */
  async record({ record }: Header): Promise<SweepRecord | null> {
    const bytes = await this.durable.getObject(record);
    return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as SweepRecord);
  }

  /** At a revision, or for 0 where there is none. Returns the new revision, or null where another has replaced it. */
  writeRun(identity: string, entry: RunEntry, revision: number): Promise<number | null> {
    const value = JSON.stringify(entry);
    const key = keys.run(identity);
    return revision === 0 ? this.durable.create(key, value) : this.durable.update(key, value, revision);
  }

  /** Changes a run's entry, whatever else changes meanwhile; `change` returns null where there is nothing to change. */
  async changeRun(identity: string, change: (entry: RunEntry | undefined) => RunEntry | null): Promise<void> {
    for (;;) {
      const found = await this.run(identity);
      const next = change(found?.value);
      if (next === null || (await this.writeRun(identity, next, found?.revision ?? 0)) !== null) return;
    }
  }

  async #get<Value>(key: string): Promise<Kept<Value> | null> {
    const entry = await this.durable.get(key);
    return entry && { value: JSON.parse(entry.value) as Value, revision: entry.revision };
  }
}
