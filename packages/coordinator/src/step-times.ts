import type { TaskPhase } from '@sparring/runtime/metrics';

/** The parts of a step that are timed: what workers compute, and what the coordinator does or waits for. */
export type StepPhase = TaskPhase | 'step' | 'wait' | 'update' | 'average' | 'broadcast' | 'transfer';

/** Told how long a part took, in milliseconds each of `times` times; default once. Called within the step: it must cost next to nothing. */
export type TellTime = (phase: StepPhase, ms: number, times?: number) => void;

export const tellNobody: TellTime = () => {};
