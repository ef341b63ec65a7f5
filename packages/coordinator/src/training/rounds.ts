import { endOfRound, type Timeline, type TrainingDefinition } from '@sparring/training';
import type { WorkDesk } from '../work/work-desk.js';
import type { StateKeeper } from './state-keeper.js';

/**
 * Rounds of local steps: every replica advances alone from the same state, then the state is their average. Whoever computes a
 * replica keeps nothing of it, so a round that is broken off is taken again from its beginning.
 */
export class Rounds {
  readonly #desk: WorkDesk;
  readonly #keeper: StateKeeper;
  readonly #definition: TrainingDefinition;
  readonly #timeline: Timeline;

  constructor(desk: WorkDesk, keeper: StateKeeper, definition: TrainingDefinition, timeline: Timeline) {
    this.#desk = desk;
    this.#keeper = keeper;
    this.#definition = definition;
    this.#timeline = timeline;
  }

  /** The rest of the keeper's round. Returns each step's loss. */
  async take(): Promise<readonly number[]> {
    const { step, lineage } = this.#keeper;
    const numSteps = endOfRound(this.#definition, this.#timeline, step) - step;
    const replicas = Array.from({ length: this.#definition.replicas }, (_, replica) => replica);
    const advanced = await Promise.all(
      replicas.map((replica) => this.#desk.perform({ kind: 'advance', step, numSteps, replica, ...lineage })),
    );
    const states = advanced.map(({ state }) => state);
    await this.#keeper.average(step + numSteps, states);
    return meanLosses(advanced.map(({ losses }) => losses));
  }
}

/** Each step's mean over the replicas, in their order. */
function meanLosses(replicas: readonly (readonly number[])[]): number[] {
  return replicas[0]!.map((_, i) => replicas.reduce((sum, losses) => sum + losses[i]!, 0) / replicas.length);
}
