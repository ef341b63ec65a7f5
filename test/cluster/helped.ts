import { Cluster, undisturbed } from './cluster.ts';
import { note } from './figures.ts';
import { assisted } from './recipes.ts';
import type { Result } from './result.ts';
import type { Submitted } from './submitted.ts';

/** A lone trainer with two attackers that help it, and what it comes to without them. */
export class Helped {
  readonly cluster: Cluster;
  readonly expected: Result;

  static async start(): Promise<Helped> {
    const alone = undisturbed(assisted, '--set', 'attack.placement=fused');
    return new Helped(...(await Promise.all([Cluster.start({ trainers: 1, attackers: 2 }), alone])));
  }

  private constructor(cluster: Cluster, expected: Result) {
    this.cluster = cluster;
    this.expected = expected;
  }

  /** A run that is being helped with. */
  async underWay(): Promise<Submitted> {
    const run = this.cluster.submit(assisted);
    await run.told('it is helped', ({ event }) => event.kind === 'mode' && event.mode === 'assisted');
    await run.underWay();
    return run;
  }

  /** What a run comes to of whose processes one is killed. */
  async resultWithout(name: string): Promise<Result> {
    const run = await this.underWay();
    this.cluster.signal(name, 'SIGKILL');
    note(`${name} is killed while attackers help`, await run.recovery());
    return run.result();
  }
}
