import { join } from 'node:path';
import type { Cluster } from './cluster.ts';
import { type Result, resultOf } from './result.ts';
import { Sparring } from './sparring.ts';
import type { Told } from './watch.ts';

/** A run that a cluster trains, and the command that follows it. */
export class Submitted {
  readonly command: Sparring;
  readonly #cluster: Cluster;
  /** What had been told before it. */
  readonly #from: number;

  constructor(cluster: Cluster, args: readonly string[]) {
    this.#cluster = cluster;
    this.#from = cluster.watch.told.all.length;
    this.command = new Sparring([...args, '--json'], cluster.folder);
  }

  /** The run's id, once it has one. */
  async id(): Promise<string> {
    const words = /submitted as (\S+)/;
    return words.exec(await this.command.lines.until('a run is submitted', (line) => words.test(line)))![1]!;
  }

  /** Resolves when all workers of the cluster have joined, and have then taken some steps together. */
  async underWay({ trainers, attackers } = this.#cluster.team): Promise<void> {
    const { told } = this.#cluster.watch;
    let joined = 0;
    const allJoined = ({ event }: Told) => event.kind === 'joined' && ++joined === trainers + attackers;
    await told.until('all workers join', allJoined, { from: this.#from });
    // The end of what one of them had begun alone.
    await this.told('a step is taken', ({ event }) => event.kind === 'progress');
    await this.recovery();
  }

  /** The first thing that is told of it from now on that matches. */
  told(what: string, matches: (told: Told) => boolean, withinMs = 60_000): Promise<Told> {
    const { told } = this.#cluster.watch;
    return told.until(what, matches, { from: told.all.length, withinMs });
  }

  /** The last step that was told of. */
  get step(): number {
    const steps = this.#cluster.watch.told.all
      .slice(this.#from)
      .map(({ event }) => (event.kind === 'progress' ? event.step : 0));
    return Math.max(0, ...steps);
  }

  /** The first progress from a step on; told already, or to come. */
  reaches(step: number, withinMs = 60_000): Promise<Told> {
    const isThere = ({ event }: Told) => event.kind === 'progress' && event.step >= step;
    return this.#cluster.watch.told.until(`step ${step}`, isThere, { from: this.#from, withinMs });
  }

  /** Resolves when training has come some steps further than it was: after how many milliseconds. */
  async recovery(): Promise<number> {
    const { told } = this.#cluster.watch;
    const [startedAt, from, step] = [performance.now(), told.all.length, this.step];
    const { at } = await told.until(
      `training goes beyond step ${step}`,
      ({ event }) => event.kind === 'progress' && event.step >= step + stepsBeyond,
      { from },
    );
    return at - startedAt;
  }

  /** What it comes to. Nothing more is to happen to it: it need not last. */
  async result(): Promise<Result> {
    this.#cluster.setPace('none');
    return resultOf(await this.command.finished, join(this.#cluster.folder, 'runs'));
  }
}

/** More than were taken since progress was told last, five times a second, and not yet when something happened. */
const stepsBeyond = 3;
