import type { AdversarialBatch, AttackTask, Outputs, PassTask } from '@sparring/protocol';
import type { StepGradients, TrainingDefinition } from '@sparring/training';
import type { WorkDesk } from '../work/work-desk.js';
import type { StateKeeper } from './state-keeper.js';

type Pass = Outputs['pass'];

export interface Exchanged {
  readonly gradients: StepGradients;
  readonly losses: readonly Pass['loss'][];
}

/** The attack on a shard that was laid down. */
interface Attack {
  readonly task: AttackTask;
  readonly made: Promise<Outputs['attack']>;
}

/**
 * Steps whose shards go to several workers: every shard's passes are leased alone. Split, the attacks are leased apart, up to
 * `staleness` steps ahead of the passes, and their examples are kept until the step is reduced.
 */
export class Exchange {
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #definition: TrainingDefinition;
  /** By step: those of its shards. */
  readonly #attacks = new Map<number, Attack[]>();

  constructor(desk: WorkDesk, keeper: StateKeeper, definition: TrainingDefinition) {
    this.#desk = desk;
    this.#keeper = keeper;
    this.#definition = definition;
  }

  /** Every shard's clean pass, attack and adversarial pass of the keeper's step, each shard's in one task. */
  async fused(): Promise<Exchanged> {
    const { step, lineage } = this.#keeper;
    const passes = await Promise.all(
      this.#shards().map((shard) => this.#desk.perform({ kind: 'pass', part: 'whole', step, shard, ...lineage })),
    );
    return combined(passes);
  }

  /** The same, with attacks made by attackers at the same time as trainers make the clean passes. */
  async split(lastStep: number): Promise<Exchanged> {
    const { step, lineage } = this.#keeper;
    this.#attackFrom(step, lastStep);
    const attacks = this.#attacks.get(step)!;
    const passes = await Promise.all(
      attacks.map(async ({ made }, shard) => {
        const pass = (part: 'clean' | 'adversarial', adversarial?: AdversarialBatch) =>
          this.#desk.perform({ kind: 'pass', part, step, shard, ...lineage }, adversarial);
        const [clean, adversarial] = await Promise.all([
          pass('clean'),
          made.then((attacked) => pass('adversarial', attacked.adversarial)),
        ]);
        return { clean, adversarial };
      }),
    );
    this.#attacks.delete(step);
    return {
      gradients: {
        parts: 'split',
        clean: passes.map(({ clean }) => clean.gradients),
        adversarial: passes.map(({ adversarial }) => adversarial.gradients),
      },
      losses: passes.map(({ clean, adversarial }) => ({
        clean: clean.loss.clean,
        adversarial: adversarial.loss.adversarial,
      })),
    };
  }

  /**
   * The same, for attackers that cannot keep pace with the trainers: a trainer takes whole shards that nobody attacks yet. Examples
   * and gradients that would travel in pieces stay where they are made.
   */
  async shared(lastStep: number): Promise<Exchanged> {
    const { step } = this.#keeper;
    const attacks = this.#attacks.get(step) ?? [];
    this.#attacks.delete(step);
    const passes = this.#shards().map((shard) => this.#sharedPass(step, shard, attacks[shard]));
    this.#attackFrom(step + 1, lastStep);
    return combined(await Promise.all(passes));
  }

  async #sharedPass(step: number, shard: number, ahead: Attack | undefined): Promise<Pass> {
    const { lineage } = this.#keeper;
    const pass = (part: PassTask['part']): PassTask => ({ kind: 'pass', part, step, shard, ...lineage });
    // One that was laid down ahead, and that nobody has taken, is the trainers' too from now on.
    const begun = ahead && !this.#desk.reclaim(ahead.task);
    const done = await (begun ? ahead.made : this.#desk.performEither(this.#attackTask(step, shard), pass('whole')));
    return 'gradients' in done ? done : this.#desk.perform(pass('both'), done.adversarial);
  }

  /** Forgets the attacks made ahead: whoever takes the next steps makes their own. */
  abandonAttacks(): void {
    this.#attacks.clear();
    this.#desk.withdraw(({ kind }) => kind === 'attack');
  }

  /** Lays down the attacks of a step and of those after it that parameters are here for, where it was not done. */
  #attackFrom(first: number, lastStep: number): void {
    const last = Math.min(this.#keeper.step + this.#definition.staleness, lastStep);
    for (let step = first; step <= last; step++) {
      if (!this.#attacks.has(step))
        this.#attacks.set(
          step,
          this.#shards().map((shard) => this.#attack(step, shard)),
        );
    }
  }

  #attack(step: number, shard: number): Attack {
    const task = this.#attackTask(step, shard);
    const made = this.#desk.perform(task);
    made.catch(() => {}); // a failure is met where the step awaits it
    return { task, made };
  }

  #attackTask(step: number, shard: number): AttackTask {
    const parametersStep = Math.max(0, step - this.#definition.staleness);
    return { kind: 'attack', step, shard, parametersStep, ...this.#keeper.lineage };
  }

  #shards(): number[] {
    return Array.from({ length: this.#definition.shards }, (_, shard) => shard);
  }
}

/** Of shards whose passes came combined. */
function combined(passes: readonly Pass[]): Exchanged {
  return {
    gradients: { parts: 'whole', whole: passes.map(({ gradients }) => gradients) },
    losses: passes.map(({ loss }) => loss),
  };
}
