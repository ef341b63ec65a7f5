import type { AdversarialBatch, Outputs } from '@sparring/protocol';
import type { StepGradients, TrainingDefinition } from '@sparring/training';
import type { WorkDesk } from '../work/work-desk.js';
import type { StateKeeper } from './state-keeper.js';

type Pass = Outputs['pass'];

export interface Exchanged {
  readonly gradients: StepGradients;
  readonly losses: readonly Pass['loss'][];
}

/**
 * Steps whose shards go to several workers: every shard's passes are leased alone. Split, the attacks are leased apart, up to
 * `staleness` steps ahead of the passes, and their examples are kept until the step is reduced.
 */
export class Exchange {
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #definition: TrainingDefinition;
  readonly #attacks = new Map<number, Promise<Outputs['attack']>[]>();

  constructor(desk: WorkDesk, keeper: StateKeeper, definition: TrainingDefinition) {
    this.#desk = desk;
    this.#keeper = keeper;
    this.#definition = definition;
  }

  /** Every shard's clean pass, attack and adversarial pass of the keeper's step, each shard's in one task. */
  async fused(): Promise<Exchanged> {
    const { step } = this.#keeper;
    const passes = await Promise.all(
      this.#shards().map((shard) => this.#desk.perform({ kind: 'pass', part: 'whole', step, shard })),
    );
    return {
      gradients: { parts: 'whole', whole: passes.map(({ gradients }) => gradients) },
      losses: passes.map(({ loss }) => loss),
    };
  }

  /** The same, with attacks made by attackers at the same time as trainers make the clean passes. */
  async split(lastStep: number): Promise<Exchanged> {
    const { step } = this.#keeper;
    for (let ahead = step; ahead <= Math.min(step + this.#definition.staleness, lastStep); ahead++) this.#attack(ahead);
    const attacks = this.#attacks.get(step)!;
    const passes = await Promise.all(
      this.#shards().map(async (shard) => {
        const pass = (part: 'clean' | 'adversarial', adversarial?: AdversarialBatch) =>
          this.#desk.perform({ kind: 'pass', part, step, shard }, adversarial);
        const [clean, adversarial] = await Promise.all([
          pass('clean'),
          attacks[shard]!.then((made) => pass('adversarial', made.adversarial)),
        ]);
        return { clean, adversarial };
      }),
    );
    for (const made of this.#attacks.keys()) if (made <= step) this.#attacks.delete(made);
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

  /** Forgets the attacks made ahead: whoever takes the next steps makes their own. */
  abandonAttacks(): void {
    this.#attacks.clear();
    this.#desk.withdraw(({ kind }) => kind === 'attack');
  }

  #attack(step: number): void {
    if (this.#attacks.has(step)) return;
    const parametersStep = Math.max(0, step - this.#definition.staleness);
    const attacks = this.#shards().map((shard) => this.#desk.perform({ kind: 'attack', step, shard, parametersStep }));
    for (const attack of attacks) attack.catch(() => {}); // a failure is met where the step awaits it
    this.#attacks.set(step, attacks);
  }

  #shards(): number[] {
    return Array.from({ length: this.#definition.shards }, (_, shard) => shard);
  }
}
