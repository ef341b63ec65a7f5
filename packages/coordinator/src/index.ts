export { type CheckpointStore, dataOf, stateOf, tensorsOf } from './checkpoints.js';
export { Coordinator, type TrainingRequest } from './coordinator.js';
export { definitionOf } from './definition-of.js';
export { Diverged } from './diverged.js';
export { type AttackName, evaluationAttacks } from './evaluator.js';
export type { EpochRecord, Mode, TrainingEvent } from './events.js';
export type { TrainingOutcome } from './training-run.js';
export type { WorkLedger } from './work-ledger.js';
