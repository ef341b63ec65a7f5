/** What computes. `auto` is resolved once, by the coordinator, and written to the run's `config.yaml`. */
export const engineChoices = [
  'auto',
  'onnx:cpu',
  'onnx:webgpu',
  'onnx:cuda',
  'tfjs:tensorflow',
  'tfjs:wasm',
  'tfjs:cpu',
] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** A run's configuration with every option filled: nothing is optional, times are in milliseconds, paths absolute. */
export interface RunConfig {
  readonly name: string;
  readonly seed: number;
  readonly engine: EngineChoice;
  /** null: planned from the cores and the attack's cost. */
  readonly trainers: number | null;
  readonly attackers: number | null;
  readonly data: DataConfig;
  readonly model: ModelConfig;
  /** Weight of the clean loss; 1 trains without an adversary. */
  readonly alpha: number;
  readonly epochs: number;
  /** Examples of a replica's step; a last short batch of an epoch is dropped. */
  readonly batch: number;
  /** Fixed slices of a batch. */
  readonly shards: number;
  /** Step t is attacked from the parameters of step max(0, t − staleness). */
  readonly staleness: number;
  /** Copies of the parameters that advance apart and are averaged at the end of each round. */
  readonly replicas: number;
  /** Steps of a round; null: off, which one replica alone can be. */
  readonly localSteps: number | null;
  /** What a round makes of the replicas' velocities: their average, or zero. */
  readonly momentumBetweenRounds: 'average' | 'reset';
  readonly stepsPerCall: number;
  /** A gradient that a trainer sends is refused where its L2 norm is larger; null: any finite one is taken. */
  readonly maxGradientNorm: number | null;
  /** Workers whose arithmetic differs may join; the contract of equal bits is then off. */
  readonly allowMixedHardware: boolean;
  readonly attack: AttackConfig;
  readonly optimizer: OptimizerConfig;
  readonly earlyStop: EarlyStopConfig | null;
  /**
   * Once training has stopped early, train anew on all examples, those of the validation split included, for as many epochs as the best net
   * had. That second net is the run's.
   */
  readonly retrain: boolean;
  /** The same net and seed trained with α = 1 for comparison. */
  readonly twin: TwinConfig | null;
  readonly evaluation: EvaluationConfig;
  /** Robustness is measured after every so many steps, while training goes on; null: it is not. */
  readonly probeEvery: number | null;
  readonly probe: ProbeConfig;
  /** What a probe that shows a collapse leads to, at the next one. */
  readonly onCollapse: 'warn' | 'stop' | 'rollback';
  readonly checkpointEveryMs: number;
  /** Stop after this step; schedules still run over `epochs`. */
  readonly maxSteps: number | null;
}

export interface TwinConfig {
  readonly epochs: number;
}

export interface EarlyStopConfig {
  /** The validation error watched: 'adversarialError' is FGSM's, at the evaluation's epsilon and clipping. */
  readonly on: 'cleanError' | 'adversarialError';
  /** Epochs without a better error after which training stops; the best parameters are kept. */
  readonly patience: number;
}

export interface EvaluationConfig {
  readonly epsilon: number;
  readonly clip: boolean;
  readonly pgdIterations: number;
  readonly pgdStepSize: number;
  readonly pgdRandomStart: boolean;
  /** Validation examples used each time, from the first; null: all. The closing table always uses the whole test split. */
  readonly validationExamples: number | null;
  readonly everyEpochs: number;
}

export interface ProbeConfig {
  /** Validation examples, from the first: at most as many as there are. */
  readonly examples: number;
  /** A net has collapsed whose PGD error is above the lowest so far by more than this, while its FGSM error is not above what it was there. */
  readonly growth: number;
}

export interface AttackConfig {
  readonly kind: 'fgsm' | 'pgd';
  readonly norm: 'linf' | 'l2';
  readonly epsilon: number;
  readonly stepSize: number;
  readonly iterations: number;
  readonly randomStart: boolean;
  readonly clip: boolean;
  readonly bounds: [number, number];
  readonly label: 'true' | 'predicted';
  /** Scheduling only: the bits do not depend on it. */
  readonly placement: 'auto' | 'split' | 'fused';
  /** The adversarial pass shares the clean pass's dropout masks. */
  readonly sameMasks: boolean;
}

export interface OptimizerConfig {
  readonly learningRate: ScheduleConfig;
  readonly momentum: ScheduleConfig;
  readonly nesterov: boolean;
  /** Parameter name, or '*' for all kernels → coefficient. */
  readonly l1: Record<string, number>;
  readonly l2: Record<string, number>;
  readonly maxColumnNorm: number | null;
}

/**
 * constant: `value`. linear: from `from` at the first step towards `to` at the end of the run, a little with every step; with epochs, once an
 * epoch, `from` up to `fromEpoch` and `to` as of `toEpoch` epochs done. exponential: `initial` / `divideBy`^step, never below `minimum`.
 */
export type ScheduleConfig =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'linear'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'linear';
      readonly from: number;
      readonly to: number;
      readonly fromEpoch: number;
      readonly toEpoch: number;
    }
  | { readonly kind: 'exponential'; readonly initial: number; readonly divideBy: number; readonly minimum: number };

export type InitConfig =
  | { readonly kind: 'glorot' }
  | { readonly kind: 'uniform'; readonly range: number }
  | { readonly kind: 'zeros' };

export interface LayerConfig {
  readonly units: number;
  /** Probability that a unit survives dropout; 1: no dropout. */
  readonly keep: number;
  /** What surviving units are multiplied by. */
  readonly scale: number;
}

export interface MlpConfig {
  readonly kind: 'mlp';
  readonly activation: 'relu' | 'sigmoid' | 'tanh';
  readonly layers: LayerConfig[];
  readonly inputKeep: number;
  readonly inputScale: number;
  readonly init: InitConfig;
}

export interface MaxoutConfig {
  readonly kind: 'maxout';
  readonly layers: (LayerConfig & { readonly pieces: number })[];
  readonly inputKeep: number;
  readonly inputScale: number;
  readonly init: InitConfig;
}

export type ModelConfig =
  | { readonly kind: 'softmax'; readonly init: InitConfig }
  | { readonly kind: 'logistic'; readonly init: InitConfig }
  | MlpConfig
  | MaxoutConfig
  /** The user's own module, exporting `init` and `logits`; the hash is of the file alone, not of what it imports. */
  | { readonly kind: 'file'; readonly path: string; readonly sha256: string };

/** Which data, and what of it. A key that does not apply, or would stand for "all", is absent. */
export interface DataConfig {
  readonly set: 'mnist' | 'synthetic' | 'folder';
  /** Where the IDX files lie; of set 'folder' only. */
  readonly folder?: string;
  /** Examples held back for validation, the last of the training files. */
  readonly validation: number;
  /** Only these labels, which become classes 0, 1, … in the order given. */
  readonly classes?: number[];
  /** Only the first so many training examples. */
  readonly limit?: number;
  /** Of set 'synthetic' only. */
  readonly synthetic?: SyntheticConfig;
}

export interface SyntheticConfig {
  /** Training and validation examples. */
  readonly train: number;
  readonly test: number;
  readonly classes: number;
  /** Images are side × side pixels. */
  readonly side: number;
  /** Standard deviation of each pixel's noise. */
  readonly noise: number;
  readonly seed: number;
}
