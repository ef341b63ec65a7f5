import type { Records } from '@sparring/coordinator';
import { parseConfigYaml, type RunConfig, twinConfig } from '@sparring/runtime';
import { factsOf, type Summary } from '../folder/summary.js';
import type { LiveRun } from '../live/live-run.js';
import type { Cursor, Message, ShownRun } from '../live/shown-run.js';
import type { Pictures } from '../pictures/pictures.js';
import { evaluationOf, netsOf, resultRows, subjectOf, titleOf } from '../view/facts.js';
import type { NetKey, NetView, RunView } from '../view/run-view.js';

const lookEveryMs = 1_000;

/** A run of a cluster: while it is trained here as it goes, before and after as it is recorded. */
export class RecordedRun implements ShownRun {
  readonly id: string;
  readonly #records: Records;
  readonly #live: () => LiveRun | undefined;
  #config: RunConfig | undefined;
  #view: RunView | undefined;
  #seen = '';
  #lookedAt = Number.NEGATIVE_INFINITY;
  #recorded = 0;

  constructor(id: string, records: Records, live: () => LiveRun | undefined) {
    this.id = id;
    this.#records = records;
    this.#live = live;
  }

  async refresh(): Promise<void> {
    const live = this.#live();
    if (live) return live.refresh();
    if (performance.now() - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = performance.now();
    const { status, step, error, config } = this.#records.get(this.id)!;
    const seen = JSON.stringify([status, step, error, config.length]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    await this.#read();
    this.#recorded++;
  }

  view(): RunView {
    return this.#live()?.view() ?? this.#view!;
  }

  since(cursor: Cursor | null): Message | null {
    const live = this.#live();
    if (live) return live.since(cursor);
    if (!this.#view || cursor?.recorded === this.#recorded) return null;
    return { event: 'snapshot', json: JSON.stringify(this.#view), cursor: { recorded: this.#recorded } };
  }

  /** Of a run that is over its folder has them, once it is fetched. */
  async pictures(net: NetKey): Promise<Pictures | null> {
    return this.#live()?.pictures(net) ?? null;
  }

  async #read(): Promise<void> {
    const record = this.#records.get(this.id)!;
    this.#config ??= parseConfigYaml(record.config, this.id);
    const config = this.#config;
    const summary = (await this.#records.summary(this.id, 'net')) as Summary | null;
    const isOpen = record.status === 'queued' || record.status === 'running';
    this.#view = {
      ...{ id: this.id, name: record.name, seed: record.seed, engine: summary?.engine ?? config.engine },
      ...{ status: record.status, note: record.error, reopen: '', isLive: isOpen, subject: subjectOf(config) },
      evaluation: evaluationOf(config, summary?.evaluation.examples),
      nets: await Promise.all(netsOf(config).map((net) => this.#net(net, config, !isOpen))),
      ...{ lanes: [], log: [], config: record.config },
      results: summary && resultRows(config, summary),
      facts: summary ? factsOf(summary) : {},
    };
  }

  async #net(key: NetKey, config: RunConfig, isOver: boolean): Promise<NetView> {
    const { epochs } = (key === 'twin' ? twinConfig(config) : null) ?? config;
    // No cluster trains anew.
    const records = key === 'selection' ? [] : await this.#records.epochs(this.id, key);
    const last = records.at(-1);
    return {
      ...{ key, title: titleOf(key), stage: isOver ? 'done' : 'waiting', epochs, points: [], records, probes: [] },
      lastStep: last ? Math.round((last.step / last.epoch) * epochs) : 0,
      now: last ? { step: last.step, loss: last.loss, examplesPerSecond: last.examplesPerSecond } : null,
      picturesStep: null,
    };
  }
}
