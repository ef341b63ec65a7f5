/** Where the best validation error was, and for how many epochs there has been no better one. */
export interface EarlyStopState {
  readonly bestError: number | null;
  readonly bestStep: number;
  readonly epochsWithoutBetter: number;
}

export const noBestYet: EarlyStopState = { bestError: null, bestStep: 0, epochsWithoutBetter: 0 };

/** The state after an epoch whose validation error, measured at `step`, was `error`. Equal is not better. */
export function afterEpoch(state: EarlyStopState, step: number, error: number): EarlyStopState {
  if (state.bestError === null || error < state.bestError) {
    return { bestError: error, bestStep: step, epochsWithoutBetter: 0 };
  }
  return { ...state, epochsWithoutBetter: state.epochsWithoutBetter + 1 };
}

export function shouldStop(state: EarlyStopState, patience: number): boolean {
  return state.epochsWithoutBetter >= patience;
}
