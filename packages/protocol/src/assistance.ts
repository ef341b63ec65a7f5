import type { AdversarialBatch, Lineage } from './tasks.js';

/** An attacker asks the trainer that advances which shard to attack. The answer may take until there is one. */
export interface AssistanceRequest extends Lineage {
  readonly workerId: string;
  readonly term: number;
  /** The first of the span that it helps with. */
  readonly step: number;
  /**
   * Which of the attacker's questions this is, from 1. Asked again under the same number, the answer is the same; under a higher one,
   * the attacker has done with whatever it was given before.
   */
  readonly ask: number;
}

export type AssistanceReply =
  /** A shard of a step, to be attacked at the step's own parameters. */
  | { readonly kind: 'shard'; readonly step: number; readonly shard: number }
  /** The span is over. */
  | { readonly kind: 'over' };

/** Adversarial examples that a trainer has asked for. */
export interface AssistanceResult extends Lineage {
  readonly workerId: string;
  readonly term: number;
  readonly step: number;
  readonly shard: number;
  readonly adversarial: AdversarialBatch;
}
