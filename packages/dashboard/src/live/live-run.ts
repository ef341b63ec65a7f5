import type { Coordinator, TrainingEvent } from '@sparring/coordinator';
import type { DataSet } from '@sparring/data';
import { type RunConfig, twinConfig, writeConfigYaml } from '@sparring/runtime';
import type { Pictures } from '../pictures/pictures.js';
import { evaluationOf, netsOf, subjectOf } from '../view/facts.js';
import type {
  EpochView,
  LogLine,
  NetKey,
  ProbeView,
  ResultRow,
  RunRow,
  RunStatus,
  RunUpdate,
  RunView,
} from '../view/run-view.js';
import { keptLooks } from '../view/run-view.js';
import { LiveNet } from './live-net.js';
import { LivePictures } from './live-pictures.js';
import { Looks } from './looks.js';
import type { Cursor, Message, ShownRun } from './shown-run.js';
import { wordsOf } from './words.js';

export interface LiveRunOptions {
  readonly id: string;
  /** With the engine resolved. */
  readonly config: RunConfig;
  readonly dataSet: DataSet;
  /** What to type to see the run again, once this process has ended; '' where there is nothing. */
  readonly reopen: string;
  /** Where the pictures of a net are kept; null where it has no folder here. */
  readonly folderOf: (net: NetKey) => string | null;
}

/** What a run came to. */
export interface Conclusion {
  readonly status: RunStatus;
  readonly note?: string;
  readonly results?: readonly ResultRow[];
  readonly facts?: Readonly<Record<string, string>>;
}

const mostLogLines = 200;
/** A look of the lanes is a fifth of a second, however many ask; a timer may be a little early. */
const lookEveryMs = 190;

/** A run that this process trains: what it tells is kept in bounded memory, for pages that are opened or loaded anew later. */
export class LiveRun implements ShownRun {
  readonly id: string;
  readonly #options: Omit<LiveRunOptions, 'dataSet'>;
  readonly #numTests: number;
  readonly #nets: ReadonlyMap<NetKey, LiveNet>;
  readonly #looks = new Looks();
  readonly #pictures: LivePictures;
  readonly #configYaml: string;
  readonly #startedAtMs = Date.now();
  #coordinator: Pick<Coordinator, 'workersAtWork' | 'parametersNow'> | null = null;
  #current: LiveNet | null = null;
  #log: LogLine[] = [];
  /** Lines so far, those that are forgotten included. */
  #lines = 0;
  #conclusion: Conclusion = { status: 'running' };
  #lookedAt = Number.NEGATIVE_INFINITY;
  #generation = 0;
  /** Goes up with every change. */
  #revision = 0;
  /** What was answered to a cursor, until something changes: pages that keep up share it. */
  readonly #answers = new Map<string, Message>();

  constructor(options: LiveRunOptions) {
    const { dataSet, ...kept } = options;
    const { id, config, folderOf } = kept;
    this.id = id;
    this.#options = kept;
    this.#numTests = dataSet.test.size;
    const epochsOf = (net: NetKey) => (net === 'twin' ? twinConfig(config)! : config).epochs;
    this.#nets = new Map(netsOf(config).map((net) => [net, new LiveNet(net, epochsOf(net))]));
    this.#pictures = new LivePictures(config, dataSet, folderOf);
    this.#configYaml = writeConfigYaml(config);
  }

  /** A net's training begins, or goes on from what was recorded of it before. */
  begin(key: NetKey, records: readonly EpochView[] = [], probes: readonly ProbeView[] = []): void {
    const net = this.#nets.get(key);
    if (!net) return;
    net.restore(records, probes);
    net.stage = 'training';
    this.#current = net;
    this.#looks.clear();
    this.#generation++;
    this.#changed();
  }

  /** It is not trained here any more. */
  get isOver(): boolean {
    return this.#conclusion.status !== 'running';
  }

  /** From here on workers can be seen, and parameters be had. */
  attend(coordinator: Pick<Coordinator, 'workersAtWork' | 'parametersNow'>): void {
    this.#coordinator = coordinator;
  }

  /** A net is done, or its training was ended. */
  leave(key: NetKey, isDone: boolean): void {
    this.#coordinator = null;
    const net = this.#nets.get(key);
    if (net && isDone) net.stage = 'done';
    this.#looks.clear();
    this.#generation++;
    this.#changed();
  }

  tell(key: NetKey, event: TrainingEvent): void {
    const net = this.#nets.get(key);
    if (!net) return;
    if (event.kind === 'progress') net.advance(event);
    else if (event.kind === 'epoch') net.record(event.record);
    else if (event.kind === 'probe') net.probe(event);
    const words = wordsOf(event);
    if (words) this.#add(words.level, words.text);
    this.#changed();
  }

  /** Adds a line to what happened. */
  say(level: LogLine['level'], text: string): void {
    this.#add(level, text);
    this.#changed();
  }

  /** The run is over, for this process at least. */
  conclude(conclusion: Conclusion): void {
    this.#conclusion = conclusion;
    this.#coordinator = null;
    this.#changed();
  }

  async refresh(): Promise<void> {
    const coordinator = this.#coordinator;
    if (!coordinator || !this.#current || performance.now() - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = performance.now();
    this.#looks.take(coordinator.workersAtWork());
    this.#pictures.consider(this.#current, coordinator);
    this.#changed();
  }

  view(): RunView {
    const nets = [...this.#nets.values()].map((net) => net.view());
    return { ...this.#rest(), nets, lanes: this.#looks.lanes(), log: this.#log, config: this.#configYaml };
  }

  row(): RunRow {
    const { config } = this.#options;
    const net = this.#nets.get('net')!;
    const record = net.records.at(-1);
    const tested = this.#conclusion.results?.[0]?.test;
    const measured = Object.entries(tested ?? record?.validation ?? {});
    return {
      ...{ id: this.id, name: config.name, seed: config.seed, status: this.#conclusion.status },
      ...{ startedAtMs: this.#startedAtMs, progress: `${record?.epoch ?? 0} of ${config.epochs} epochs` },
      errors: Object.fromEntries(measured.map(([attack, { error }]) => [attack, error])),
      isTested: tested !== undefined,
      examplesPerSecond: record?.examplesPerSecond ?? null,
      digest: record?.parametersDigest ?? '',
    };
  }

  since(cursor: Cursor | null): Message | null {
    if (cursor?.revision === this.#revision) return null;
    const at = JSON.stringify(cursor);
    const known = this.#answers.get(at);
    if (known) return known;
    const message = this.#message(cursor);
    this.#answers.set(at, message);
    return message;
  }

  pictures(net: NetKey): Promise<Pictures | null> {
    return this.#pictures.of(net);
  }

  /** Frees the thread that made pictures, and the data: what there is to see stays. */
  async close(): Promise<void> {
    await this.#pictures.close();
  }

  #message(cursor: Cursor | null): Message {
    const now = this.#cursor();
    if (cursor === null || cursor.generation !== now.generation) {
      return { event: 'snapshot', json: JSON.stringify(this.view()), cursor: now };
    }
    const nets = [...this.#nets.values()].map((net) =>
      net.view({
        points: cursor[`${net.key} points`]!,
        records: cursor[`${net.key} records`]!,
        probes: cursor[`${net.key} probes`]!,
      }),
    );
    const lanes = this.#looks.lanes(Math.min(keptLooks, now.looks! - cursor.looks!));
    const newLines = Math.min(this.#log.length, now.lines! - cursor.lines!);
    const log = newLines === 0 ? [] : this.#log.slice(-newLines);
    const update: RunUpdate = { ...this.#rest(), nets, lanes, log };
    return { event: 'update', json: JSON.stringify(update), cursor: now };
  }

  #cursor(): Cursor {
    let generation = this.#generation;
    const places: Record<string, number> = {};
    for (const net of this.#nets.values()) {
      generation += net.generation;
      places[`${net.key} points`] = net.series.points.length;
      places[`${net.key} records`] = net.records.length;
      places[`${net.key} probes`] = net.probes.length;
    }
    return { generation, revision: this.#revision, looks: this.#looks.taken, lines: this.#lines, ...places };
  }

  #rest(): Omit<RunView, 'nets' | 'lanes' | 'log' | 'config'> {
    const { id, config, reopen } = this.#options;
    const { status, note = '', results = null, facts = {} } = this.#conclusion;
    return {
      ...{ id, name: config.name, seed: config.seed, engine: config.engine, status, note, reopen },
      ...{ isLive: status === 'running', subject: subjectOf(config), results, facts },
      evaluation: evaluationOf(config, this.#numTests),
    };
  }

  #add(level: LogLine['level'], text: string): void {
    this.#lines++;
    this.#log.push({ atMs: Date.now(), level, text });
    if (this.#log.length > mostLogLines) this.#log.shift();
  }

  #changed(): void {
    this.#revision++;
    this.#answers.clear();
  }
}
