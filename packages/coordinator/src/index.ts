export { Coordinator, type TrainingRequest } from './coordinator.js';
export type { EpochRecord, Mode, TrainingEvent } from './events.js';
export { type CheckpointStore, dataOf, stateOf, tensorsOf } from './training/checkpoints.js';
export { definitionOf } from './training/definition-of.js';
export { Diverged } from './training/diverged.js';
export { type AttackName, evaluationAttacks } from './training/evaluator.js';
export type { TrainingOutcome } from './training/training-run.js';
export type { WorkLedger } from './work/work-ledger.js';
