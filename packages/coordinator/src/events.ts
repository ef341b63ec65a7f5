import type { Role, WorkReceipt } from '@sparring/protocol';
import type { Evaluation } from '@sparring/training';
import type { AttackName } from './training/evaluator.js';

/** How the steps of a run are computed at present: scheduling, which no bit depends on. */
export type Mode = 'advance' | 'assisted' | 'fused' | 'split' | 'shared' | 'rounds';

/** One epoch, as the run's metrics keep it. Errors are fractions, times in seconds. */
export interface EpochRecord {
  readonly epoch: number;
  /** Steps done when the epoch ended. */
  readonly step: number;
  /** Mean training loss over the epoch's steps. */
  readonly loss: number;
  /** Errors on the validation split; null when this epoch was not measured. */
  readonly validation: Partial<Record<AttackName, Evaluation>> | null;
  readonly learningRate: number;
  readonly momentum: number;
  readonly parametersDigest: string;
  readonly optimizerDigest: string;
  /** Seconds of training, evaluation excluded, since the run's first step. */
  readonly trainingSeconds: number;
  readonly examplesPerSecond: number;
}

/** Robustness of a step's parameters, measured while training went on; also its record in the run's metrics. */
export interface ProbeEvent {
  readonly kind: 'probe';
  readonly step: number;
  /** Fractions, by attack: `clean`, `fgsm`, `pgd`. */
  readonly errors: Record<string, number>;
  /** Mean cosine between the input gradients at an example and at a random point of its ball. */
  readonly gradientCosine: number;
  readonly collapsed: boolean;
  /** What the next probe step does about it. */
  readonly action: 'none' | 'warn' | 'stop' | 'rollback';
}

export type TrainingEvent =
  | {
      readonly kind: 'progress';
      readonly step: number;
      readonly lastStep: number;
      readonly epoch: number;
      readonly epochs: number;
      /** Mean loss of the epoch so far. */
      readonly loss: number;
      readonly examplesPerSecond: number;
    }
  | { readonly kind: 'epoch'; readonly record: EpochRecord }
  | ProbeEvent
  | { readonly kind: 'checkpoint'; readonly step: number; readonly which: 'last' | 'best' }
  /** Spares have no part in the steps; they help to measure. */
  | { readonly kind: 'mode'; readonly mode: Mode; readonly spareTrainers: number; readonly spareAttackers: number }
  | { readonly kind: 'joined'; readonly workerId: string; readonly role: Role }
  | { readonly kind: 'left'; readonly workerId: string; readonly role: Role; readonly reason: string }
  /** A worker that may not join, or one that was evicted. */
  | { readonly kind: 'refused'; readonly workerId: string; readonly role: Role; readonly reason: string }
  /** A worker that could not open what the run needs; or 'an attacker', where none can help a trainer. */
  | { readonly kind: 'unable'; readonly workerId: string; readonly reason: string }
  | { readonly kind: 'receipt'; readonly workerId: string; readonly receipt: WorkReceipt };
