import { type AttackSpec, type ModelSpec, type OptimizerSpec, valueAt } from '@sparring/core';
import { stepsPerEpoch } from '@sparring/data';

/** A model in the user's own file, exporting `init` and `logits`. */
export interface UserModelSpec {
  readonly kind: 'file';
  /** Absolute path of an ES module. */
  readonly path: string;
}

/** What is trained, against what, and how: all that decides the parameters after a step, besides the data. Plain JSON. */
export interface TrainingDefinition {
  readonly seed: number;
  readonly model: ModelSpec | UserModelSpec;
  /** Weight of the clean loss: J~ = α J(x) + (1 − α) J(x + η) (paper §6). 1: no adversary. */
  readonly alpha: number;
  readonly attack: AttackSpec & {
    /** The adversarial pass draws the dropout masks of the clean pass. */
    readonly sameMasks: boolean;
  };
  readonly optimizer: OptimizerSpec;
  /** Examples of a replica's step. */
  readonly batch: number;
  /** Equal slices of the batch, each leased and computed alone. */
  readonly shards: number;
  /** Step t is attacked from the parameters of step max(0, t − staleness). */
  readonly staleness: number;
  /** Copies of the parameters that advance apart for a round, each with batches of its own, and are then averaged. */
  readonly replicas: number;
  /** Steps of a round; a round also ends where its epoch does. null only with one replica, to which rounds mean nothing. */
  readonly localSteps: number | null;
  /** What a round makes of the replicas' velocities: their average, or zero. */
  readonly momentumBetweenRounds: 'average' | 'reset';
  readonly epochs: number;
}

/** How steps and epochs lie over the training split. A step counts one replica's updates. */
export interface Timeline {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** The last short batch of an epoch is dropped. */
export function timelineOf(definition: TrainingDefinition, trainSize: number): Timeline {
  const steps = stepsPerEpoch(trainSize, examplesPerStep(definition));
  return { stepsPerEpoch: steps, totalSteps: steps * definition.epochs };
}

/** Examples that all replicas together take in a step: the global batch, of which each has a slice. */
export function examplesPerStep({ batch, replicas }: TrainingDefinition): number {
  return batch * replicas;
}

/** Steps done when the round of step `step` (counted from 0) ends. One replica's rounds are single steps. */
export function endOfRound(definition: TrainingDefinition, { stepsPerEpoch }: Timeline, step: number): number {
  if (definition.replicas === 1) return step + 1;
  const done = step % stepsPerEpoch;
  const localSteps = definition.localSteps!;
  return step - done + Math.min(stepsPerEpoch, (Math.floor(done / localSteps) + 1) * localSteps);
}

/** Learning rate and momentum of the update that ends step `step` (counted from 0). Each rollback before it halves the learning rate. */
export function ratesAt(definition: TrainingDefinition, timeline: Timeline, step: number, rollbacks = 0) {
  const { learningRate, momentum } = definition.optimizer;
  const at = { step, ...timeline };
  return { learningRate: valueAt(learningRate, at) * 0.5 ** rollbacks, momentum: valueAt(momentum, at) };
}

/** Does a step make adversarial examples at all? */
export function hasAdversary(definition: TrainingDefinition): boolean {
  return definition.alpha < 1;
}

/** FGSM with the true label on the parameters of the step itself needs no pass of its own: the clean pass yields ∇x. */
export function attackSharesCleanPass(definition: TrainingDefinition): boolean {
  const { attack, staleness } = definition;
  return attack.kind === 'fgsm' && attack.label === 'true' && staleness === 0;
}
