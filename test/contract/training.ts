import { fileURLToPath } from 'node:url';
import { type CheckpointStore, Coordinator, type EpochRecord, type TrainingEvent } from '@sparring/coordinator';
import { type DataSet, loadDataSet } from '@sparring/data';
import type { Output, Role, Task } from '@sparring/protocol';
import { type Checkpoint, InProcessBus, type RunConfig, resolveConfig, type WorkerEvent } from '@sparring/runtime';
import { qualificationHere } from '@sparring/trainer-worker';
import { Worker } from './workers.ts';

export const smallFile = fileURLToPath(new URL('small.yaml', import.meta.url));

/** `small.yaml` with what is given in its place, by dotted key. */
export function small(overrides: Record<string, unknown> = {}): RunConfig {
  return resolveConfig({ recipeOrFile: smallFile, overrides }).config;
}

export interface Team {
  readonly trainers: number;
  readonly attackers: number;
}

export const alone: Team = { trainers: 1, attackers: 0 };

/** What may not depend on who computed a run, or on how often it was interrupted. */
export interface Result {
  readonly status: string;
  readonly step: number;
  /** The net that the run reports on. */
  readonly net: { readonly step: number; readonly parameters: string; readonly optimizer: string };
  /** Epochs' records, times left out. */
  readonly epochs: readonly object[];
}

/** What befalls a run. */
export interface Fate {
  readonly checkpoints?: CheckpointStore;
  readonly resume?: Checkpoint | null;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainingEvent | WorkerEvent, host: Host) => void;
  /** A worker is about to compute a task that it was leased. */
  readonly onTask?: (worker: Worker, task: Task, host: Host) => void;
  /** Workers are not trusted: they qualify, and what they return is inspected. */
  readonly inspected?: boolean;
  /** What a worker returns in the place of what it computed. */
  readonly onOutput?: (worker: Worker, task: Task, output: Output) => Output | Promise<Output>;
}

/** All roles of a run in this process. */
export interface Host {
  readonly workers: readonly Worker[];
  start(role: Role): Promise<Worker>;
}

/** Keeps checkpoints as a file does: what they hold does not change any more. */
export class MemoryStore implements CheckpointStore {
  readonly #saved = new Map<string, Checkpoint>();

  async save(kind: string, checkpoint: Checkpoint): Promise<void> {
    this.#saved.set(kind, structuredClone(checkpoint));
  }

  async load(kind: string): Promise<Checkpoint> {
    return structuredClone(this.#saved.get(kind)!);
  }
}

export interface Trained {
  readonly result: Result;
  /** Tasks given to another worker, and answers that came too late. */
  readonly releases: number;
  readonly staleResults: number;
  readonly modes: readonly string[];
}

/** Trains a configuration to its end, or to its interruption, by a team on a bus of its own. */
export async function train(config: RunConfig, team: Team = alone, fate: Fate = {}): Promise<Trained> {
  const { inspected: qualify = false, onOutput = (_, __, output) => output } = fate;
  const bus = new InProcessBus();
  const dataSet = await dataOf(config);
  const workers: Worker[] = [];
  const epochs: object[] = [];
  const modes: string[] = [];
  const onEvent = (event: TrainingEvent | WorkerEvent) => {
    if (event.kind === 'epoch') epochs.push(timeless(event.record));
    if (event.kind === 'mode' && event.mode !== modes.at(-1)) modes.push(event.mode);
    fate.onEvent?.(event, host);
  };
  const coordinator = await Coordinator.open({
    ...{ run: 'contract', term: 1, config, engine: 'onnx:cpu', dataSet, bus, onEvent },
    qualify: qualify ? (settings) => qualificationHere(settings, async () => dataSet) : null,
    checkpoints: fate.checkpoints ?? new MemoryStore(),
    resume: fate.resume ?? null,
    signal: fate.signal ?? new AbortController().signal,
  });
  const onTask = (worker: Worker, task: Task) => fate.onTask?.(worker, task, host);
  const start = async (role: Role) => {
    const worker = new Worker(role, {
      bus,
      subjects: coordinator.subjects,
      dataSet,
      qualify,
      onEvent,
      onTask,
      onOutput,
    });
    workers.push(worker);
    await worker.loop.start();
    return worker;
  };
  const host: Host = { workers, start };
  const roles: Role[] = [...Array(team.trainers).fill('trainer'), ...Array(team.attackers).fill('attacker')];
  try {
    await Promise.all(roles.map(start));
    const { status, step, net, ledger } = await coordinator.train();
    const result = { status, step, net: { step: net.step, ...net.digests }, epochs };
    return { result, releases: ledger.releases, staleResults: ledger.staleResults, modes };
  } finally {
    await coordinator.close();
    await Promise.all(workers.map(({ loop }) => loop.stop()));
  }
}

function timeless({ trainingSeconds: _, examplesPerSecond: __, ...record }: EpochRecord): object {
  return record;
}

const loaded = new Map<string, Promise<DataSet>>();

function dataOf({ data }: RunConfig): Promise<DataSet> {
  const key = JSON.stringify(data);
  const dataSet = loaded.get(key) ?? loadDataSet(data);
  loaded.set(key, dataSet);
  return dataSet;
}
