import { ObjectCheckpoints, type Records } from '@sparring/coordinator';
import {
  type DurableStore,
  type ModelPlaces,
  parseConfigYaml,
  parseShownConfig,
  type RunConfig,
  twinConfig,
} from '@sparring/runtime';
import { factsOf, type Summary } from '../folder/summary.js';
import type { LiveRun } from '../live/live-run.js';
import type { Cursor, Message, ShownRun } from '../live/shown-run.js';
import { develop } from '../pictures/develop.js';
import { inTurn } from '../pictures/in-turn.js';
import type { Pictures } from '../pictures/pictures.js';
import { evaluationOf, netsOf, resultRows, subjectOf, titleOf } from '../view/facts.js';
import type { NetKey, NetView, RunView } from '../view/run-view.js';

/** What a coordinator knows of its runs. */
export interface Archive {
  readonly records: Records;
  /** Where their checkpoints are. */
  readonly store: DurableStore;
  /** From where it may load models: to make pictures is to run them. */
  readonly models: ModelPlaces;
  /** The run that is trained, or was last. */
  readonly live: () => LiveRun | undefined;
}

const lookEveryMs = 1_000;

/** A run of a cluster: while it is trained here as it goes, before and after as it is recorded, with what was last seen of it. */
export class RecordedRun implements ShownRun {
  readonly id: string;
  readonly #archive: Archive;
  #view: RunView | undefined;
  #seen = '';
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> = Promise.resolve();
  #recorded = 0;
  /** Of the run that is over. */
  readonly #pictures = new Map<NetKey, Pictures>();

  constructor(id: string, archive: Archive) {
    this.id = id;
    this.#archive = archive;
  }

  refresh(): Promise<void> {
    const live = this.#training;
    if (live) return live.refresh();
    if (performance.now() - this.#lookedAt >= lookEveryMs) {
      this.#lookedAt = performance.now();
      this.#looking = this.#look();
    }
    return this.#looking;
  }

  view(): RunView {
    return this.#training?.view() ?? this.#view!;
  }

  since(cursor: Cursor | null): Message | null {
    const live = this.#training;
    if (live) return live.since(cursor);
    if (!this.#view || cursor?.recorded === this.#recorded) return null;
    return { event: 'snapshot', json: JSON.stringify(this.#view), cursor: { recorded: this.#recorded } };
  }

  /** Of a run that is over they are made from its checkpoint, or are those that were seen last. */
  async pictures(net: NetKey): Promise<Pictures | null> {
    const live = this.#training;
    if (live) return live.pictures(net);
    const { status } = this.#archive.records.get(this.id)!;
    if (status === 'queued' || status === 'running' || net === 'selection') return null;
    const known = this.#pictures.get(net);
    if (known) return known;
    const made = await inTurn(`${this.id}/${net}`, () => this.#develop(net)).catch(() => null);
    const pictures = made ?? (await this.#last?.pictures(net)) ?? null;
    if (pictures) this.#pictures.set(net, pictures);
    return pictures;
  }

  /** While it is trained here. */
  get #training(): LiveRun | undefined {
    return this.#last?.isOver ? undefined : this.#last;
  }

  /** As it was trained here, as long as that is known. */
  get #last(): LiveRun | undefined {
    const live = this.#archive.live();
    return live?.id === this.id ? live : undefined;
  }

  async #look(): Promise<void> {
    const { status, step, error, config } = this.#archive.records.get(this.id)!;
    const seen = JSON.stringify([status, step, error, config.length]);
    if (seen === this.#seen) return;
    this.#view = await this.#read();
    this.#seen = seen;
    this.#recorded++;
  }

  async #read(): Promise<RunView> {
    const { records } = this.#archive;
    const record = records.get(this.id)!;
    const config = parseShownConfig(record.config, this.id);
    const summary = (await records.summary(this.id, 'net')) as Summary | null;
    const isOpen = record.status === 'queued' || record.status === 'running';
    const seen = this.#last?.view() ?? this.#view;
    const nets = netsOf(config).map(async (key): Promise<NetView> => {
      const points = seen?.nets.find((net) => net.key === key)?.points ?? [];
      return { ...(await this.#net(key, config, !isOpen)), points };
    });
    return {
      ...{ id: this.id, name: record.name, seed: record.seed, engine: summary?.engine ?? config.engine },
      ...{ status: record.status, note: record.error, reopen: '', isLive: isOpen, subject: subjectOf(config) },
      evaluation: evaluationOf(config, summary?.evaluation.examples),
      nets: await Promise.all(nets),
      ...{ lanes: seen?.lanes ?? [], log: seen?.log ?? [], config: record.config },
      results: summary && resultRows(config, summary),
      facts: summary ? factsOf(summary) : {},
    };
  }

  async #net(key: NetKey, config: RunConfig, isOver: boolean): Promise<Omit<NetView, 'points'>> {
    const { epochs } = (key === 'twin' ? twinConfig(config) : null) ?? config;
    const { records: archived } = this.#archive;
    // No cluster trains anew.
    const [records, probes] =
      key === 'selection' ? [[], []] : [await archived.epochs(this.id, key), await archived.probes(this.id, key)];
    const last = records.at(-1);
    return {
      ...{ key, title: titleOf(key), stage: isOver ? 'done' : 'waiting', epochs, records, probes },
      lastStep: last ? Math.round((last.step / last.epoch) * epochs) : 0,
      now: last ? { step: last.step, loss: last.loss, examplesPerSecond: last.examplesPerSecond } : null,
      picturesStep: isOver && last ? last.step : null,
    };
  }

  /** @throws ConfigError where its model may not be loaded here; what hinders it from being run */
  async #develop(net: 'net' | 'twin'): Promise<Pictures | null> {
    const { records, store, models } = this.#archive;
    const config = parseConfigYaml(records.get(this.id)!.config, this.id, models);
    const kinds = config.earlyStop ? (['best', 'last'] as const) : (['last'] as const);
    const checkpoint = await ObjectCheckpoints.readFirst(store, this.id, net, kinds);
    return checkpoint && develop(config, checkpoint);
  }
}
