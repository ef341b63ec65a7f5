import type { NamedTensors } from './tensors.js';

/**
 * Which of a run's lines of parameters something is of. A run that was rolled back goes on from earlier parameters under the same count of
 * steps: a step then has other parameters, a lower learning rate and other random numbers than it had before.
 */
export interface Lineage {
  /** How often the run was rolled back before; absent: never. */
  readonly rollbacks?: number;
}

/** From parameters `step`, `numSteps` consecutive steps of a replica: all its shards in order, update included. */
export interface AdvanceTask extends Lineage {
  readonly kind: 'advance';
  readonly step: number;
  readonly numSteps: number;
  /** 0 where there is one replica. */
  readonly replica: number;
  /** Attackers may make some of its examples: whoever advances publishes each step's parameters, and tells them which shards. */
  readonly assisted?: boolean;
}

/** The clean or the adversarial pass of one shard, or the two combined: `whole` with the attack fused between them, `both` on given examples. */
export interface PassTask extends Lineage {
  readonly kind: 'pass';
  readonly part: 'whole' | 'both' | 'clean' | 'adversarial';
  readonly step: number;
  readonly shard: number;
}

/** The adversarial examples of one shard of `step`, against the parameters of `parametersStep`. */
export interface AttackTask extends Lineage {
  readonly kind: 'attack';
  readonly step: number;
  readonly shard: number;
  readonly parametersStep: number;
}

/** The attacks that a trainer asks for while it advances `numSteps` steps from parameters `step`. */
export interface AssistTask extends Lineage {
  readonly kind: 'assist';
  readonly step: number;
  readonly numSteps: number;
}

/** An attack that only measures: error and confidence on examples `from` to `to` of a split. */
export interface ProbeTask extends Lineage {
  readonly kind: 'probe';
  readonly split: 'validation' | 'test';
  /** 'clean', or the JSON of an attack's specification. */
  readonly attack: string;
  readonly from: number;
  readonly to: number;
  readonly parametersStep: number;
}

/** Tasks whose inputs can be made before they are leased. */
export type PreparableTask = PassTask | Omit<AttackTask, 'parametersStep'>;

export type Task = AdvanceTask | PassTask | AttackTask | AssistTask | ProbeTask;

/** Tensors that a task reads besides the data. A compute thread that still holds those of `step` may be handed none. */
export interface TaskInputs {
  /** The whole state before `task.step`, for `advance`. */
  readonly state?: NamedTensors;
  /** Parameters of `task.step`, or of `task.parametersStep` for an attack or a probe. */
  readonly parameters?: NamedTensors;
  /** Older parameters that a whole pass attacks when the attack is stale. */
  readonly attacked?: NamedTensors;
  /** Of the shard, for an adversarial pass, alone or combined with the clean one. */
  readonly adversarial?: AdversarialBatch;
}

/** Adversarial examples of one shard, to the bit. */
export type AdversarialBatch =
  | { readonly encoding: 'float32'; readonly examples: Float32Array }
  /** Two bits an input: 0 for the clean example's value, 1 and 2 for ε more and less, clipped. Whoever decodes them knows the shard. */
  | { readonly encoding: 'signs'; readonly codes: Uint8Array };

export interface ShardLoss {
  readonly clean: number | null;
  readonly adversarial: number | null;
}

/** What each kind of task returns. */
export interface Outputs {
  readonly advance: { readonly state: NamedTensors; readonly losses: readonly number[] };
  readonly pass: { readonly gradients: NamedTensors; readonly loss: ShardLoss };
  readonly attack: { readonly adversarial: AdversarialBatch };
  /** How many shards it attacked, and whether the trainer has said that the span is over: else the trainer was not heard any more. */
  readonly assist: { readonly attacks: number; readonly dismissed: boolean };
  readonly probe: {
    readonly examples: number;
    readonly wrong: number;
    readonly confidenceOnMistakes: number;
    readonly loss: number;
    /** Sum of the cosines between the input gradients at the examples and at the points that a random attack came to; else 0. */
    readonly gradientCosine: number;
  };
}

export type OutputOf<T extends Task> = Outputs[T['kind']];
