import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkerInfo } from '@sparring/protocol';
import { type NatsBus, NatsStore } from '@sparring/runtime';
import type { Chronicle } from './chronicle.ts';
import { eventually } from './eventually.ts';
import { followLog } from './follow-log.ts';
import { setPace, writeRecipe } from './recipes.ts';
import { type Result, resultOf } from './result.ts';
import { type Finished, Sparring } from './sparring.ts';
import { Submitted } from './submitted.ts';
import { connectAs, Watch } from './watch.ts';

/** What `sparring up` says of its processes. */
type UpEvent =
  | { readonly kind: 'started'; readonly name: string; readonly pid: number; readonly restarts: number }
  | { readonly kind: 'ended'; readonly name: string }
  | { readonly kind: 'died'; readonly name: string; readonly how: string }
  | { readonly kind: 'line'; readonly name: string; readonly line: string };

export interface Team {
  readonly trainers: number;
  readonly attackers: number;
}

/** Of a call of the recipes' model; what nothing disturbs need not last. */
const pace = { PACE_MS: '40' };

/** A cluster that `sparring up` keeps alive, in a scratch folder. */
export class Cluster {
  readonly folder: string;
  readonly up: Sparring;
  /** What it writes to its up.log. */
  readonly log: Chronicle<UpEvent>;
  readonly team: Team;
  readonly #stopFollowing: () => void;
  #watch: Watch | undefined;
  #storeBus: NatsBus | undefined;

  private constructor(folder: string, team: Team, recipe: string | undefined) {
    this.folder = folder;
    this.team = team;
    const state = join(folder, '.sparring');
    mkdirSync(state, { recursive: true, mode: 0o700 });
    const { lines, stop } = followLog<UpEvent>(join(state, 'up.log'));
    this.log = lines;
    this.#stopFollowing = stop;
    const work = recipe === undefined ? [] : [writeRecipe(folder, recipe)];
    const workers = ['--trainers', String(team.trainers), '--attackers', String(team.attackers)];
    this.up = new Sparring(['up', ...work, ...workers, '--json'], folder, pace);
  }

  /** Starts one, and resolves when it is coordinated and all its workers are heard; with a recipe that it is to train, does not wait for them. */
  static async start(team: Team, options: { folder?: string; recipe?: string } = {}): Promise<Cluster> {
    const cluster = new Cluster(options.folder ?? scratchFolder(), team, options.recipe);
    try {
      await cluster.log.until('the broker is started', (event) => event.kind === 'started' && event.name === 'broker');
      cluster.#watch = await Watch.open(cluster.credentials('client'));
      await cluster.#watch.termAfter(0);
      if (options.recipe === undefined) await cluster.#staffed();
      return cluster;
    } catch (error) {
      await cluster.kill();
      throw error;
    }
  }

  /** That a run ends before all of its workers have begun must not hang on how long a process takes to start. */
  async #staffed(): Promise<void> {
    const { trainers, attackers } = this.team;
    const heard = async () => (await this.watch.status()).workers.length;
    await eventually(heard, (workers) => workers >= trainers + attackers);
  }

  get watch(): Watch {
    return this.#watch!;
  }

  credentials(role: 'coordinator' | 'trainer' | 'attacker' | 'client'): string {
    return join(this.folder, '.sparring', 'credentials', `${role}.env`);
  }

  /** Of the process that bears the name now: `broker`, `coordinator`, `trainer-1`, … */
  pid(name: string): number {
    const started = this.log.all.findLast((event) => event.kind === 'started' && event.name === name);
    return (started as { pid: number }).pid;
  }

  /** As who the process of that name works for the run. */
  async workerOf(name: string): Promise<WorkerInfo> {
    const pid = this.pid(name);
    const { workers } = await this.watch.status();
    return workers.find((worker) => worker.pid === pid && worker.run !== '')!;
  }

  signal(name: string, signal: NodeJS.Signals): void {
    process.kill(this.pid(name), signal);
  }

  /** Ends a process by `kill -9`, once it is there; resolves when `up` has seen its death. */
  async kill9(name: string): Promise<void> {
    const { all } = this.log;
    const last = all.findLastIndex((event) => event.name === name && event.kind !== 'line');
    const is = (kind: UpEvent['kind']) => (event: UpEvent) => event.kind === kind && event.name === name;
    if (all[last]!.kind === 'died') await this.log.until(`${name} is started again`, is('started'), { from: last });
    const from = all.length;
    this.signal(name, 'SIGKILL');
    await this.log.until(`${name} has died`, is('died'), { from });
  }

  #alive(): number[] {
    const pids = new Map<string, number>();
    for (const event of this.log.all) {
      if (event.kind === 'started') pids.set(event.name, event.pid);
      else if (event.kind !== 'line') pids.delete(event.name);
    }
    return [...pids.values()];
  }

  /** How long the recipes' steps take from now on, until the next run is submitted. */
  setPace(pace: 'usual' | 'slow' | 'none'): void {
    setPace(this.folder, pace);
  }

  /** Resolves when a process, at a slow pace, has begun to compute something. */
  async computing(pid: number): Promise<void> {
    const file = join(this.folder, `computing-${pid}`);
    rmSync(file, { force: true });
    await eventually(async () => existsSync(file), Boolean);
  }

  /** One process more, of any role. */
  add(role: 'coordinator' | 'trainer' | 'attacker'): Sparring {
    return new Sparring([role, '--credentials', this.credentials(role), '--models', '.'], this.folder, pace);
  }

  /** Has it train a recipe, as a user would. */
  submit(recipe: string, ...options: string[]): Submitted {
    const file = writeRecipe(this.folder, recipe);
    this.setPace('usual');
    return new Submitted(this, ['train', file, '--credentials', this.credentials('client'), ...options]);
  }

  /** What the coordinator keeps at the broker, or what is kept of sweeps. */
  async store(bucket?: 'sweeps'): Promise<NatsStore> {
    this.#storeBus ??= await connectAs('coordinator', this.credentials('coordinator'));
    return NatsStore.open(this.#storeBus, bucket ? { bucket } : {});
  }

  /** What a command that asks the cluster comes to, `status` for one. */
  ask(...args: string[]): Promise<Finished> {
    return new Sparring([...args, '--credentials', this.credentials('client')], this.folder).finished;
  }

  /** Ends all of it at once, as `kill -9` does, and waits until every process is gone. */
  async kill(): Promise<void> {
    await Promise.all([this.#watch?.close(), this.#storeBus?.close()]);
    await this.up.kill();
    this.#stopFollowing();
    // Its guard does the same.
    const children = this.#alive();
    for (const pid of children) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    while (children.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What one process makes of a recipe that nothing disturbs. */
export async function undisturbed(recipe: string, ...options: string[]): Promise<Result> {
  const folder = scratchFolder();
  try {
    const file = writeRecipe(folder, recipe);
    const { finished } = new Sparring(['train', file, '--json', ...options], folder);
    return resultOf(await finished, join(folder, 'runs'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sparring-cluster-'));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
