import { release } from '@sparring/engine';
import {
  type AdversarialBatch,
  type BatchFault,
  batchFault,
  type ShardOfStep,
  unpackAdversarial,
} from './adversarial-batch.js';
import { within } from './names.js';
import type { PassResult, TrainingSession } from './session.js';
import type { TrainingState } from './state.js';
import { type Parameters, stepLoss } from './step-gradients.js';

/**
 * An `advance` taken apart: steps of a lone trainer, shard by shard and in any order, on examples that others may have made. The bits are
 * those of `TrainingSession.advance`: the gradients wait for each other here, and are reduced in the order of their shards.
 */
export class StepwiseAdvance {
  readonly #session: TrainingSession;
  readonly rollbacks: number;
  readonly #passes = new Map<number, PassResult>();
  #step: number;
  #state: TrainingState;

  /** @param state Before `step`, in memory of this thread's own. It is used up. */
  constructor(session: TrainingSession, state: TrainingState, step: number, rollbacks: number) {
    this.#session = session;
    this.#state = state;
    this.#step = step;
    this.rollbacks = rollbacks;
  }

  /** Steps that the state has behind it. */
  get step(): number {
    return this.#step;
  }

  /** Valid until the next step ends. */
  get state(): TrainingState {
    return this.#state;
  }

  /** Valid until the next step ends. */
  get parameters(): Parameters {
    return within('parameters', this.#state) as Parameters;
  }

  /** A shard's passes, on the given examples, else with the attack between. Returns why the examples cannot be used; null: it is done. */
  async pass(shard: number, adversarial?: AdversarialBatch): Promise<BatchFault | null> {
    const place: ShardOfStep = { step: this.#step, shard, rollbacks: this.rollbacks };
    const fault = adversarial ? batchFault(this.#session, adversarial) : null;
    if (fault) return fault;
    const given = adversarial ? { adversarialX: await unpackAdversarial(this.#session, place, adversarial) } : {};
    const part = adversarial ? 'both' : 'whole';
    const done = await this.#session.pass(part, this.parameters, this.#step, shard, given, this.rollbacks);
    this.#passes.set(shard, done);
    return null;
  }

  /** Reduces and updates, once every shard's passes are done: one step further. Returns the step's loss. */
  async endStep(): Promise<number> {
    const { definition } = this.#session;
    const passes = Array.from({ length: definition.shards }, (_, shard) => this.#passes.get(shard)!);
    const whole = passes.map(({ gradients }) => gradients);
    const before = this.#state;
    this.#state = await this.#session.update(before, this.#step, { parts: 'whole', whole }, this.rollbacks);
    release([before, ...whole].flatMap((tensors) => Object.values(tensors)));
    this.#passes.clear();
    this.#step += 1;
    return stepLoss(
      definition.alpha,
      passes.map(({ loss }) => loss),
    );
  }
}
