import type { Task } from '@sparring/protocol';
import type { Membership } from '../members/membership.js';
import { hasMissed, type Job } from './job.js';
import { type Placement, preference } from './preference.js';
import type { Waiting } from './questions.js';

/** Which of the tasks at hand suits which of the workers that wait best. */
export class Matchmaker {
  readonly #placement: Placement;
  readonly #membership: Membership;
  /** The shard that each worker computed last: it has the next step's inputs of that shard at hand. */
  readonly #lastShards = new Map<string, number>();
  /** The worker that advanced to a step holds the state of it. */
  #stateHolder: { readonly workerId: string; readonly step: number } | undefined;

  constructor(placement: Placement, membership: Membership) {
    this.#placement = placement;
    this.#membership = membership;
  }

  bestPair(
    ready: readonly Job[],
    waiting: readonly Waiting[],
  ): { readonly job: Job; readonly task: Task; readonly waiting: Waiting } | undefined {
    const hasAttackers = this.#membership.count('attacker') > 0;
    let best: { job: Job; task: Task; waiting: Waiting; rank: number } | undefined;
    for (const job of ready) {
      for (const task of tasksOf(job)) {
        for (const worker of waiting) {
          const suits = preference(worker.role, task, this.#placement, hasAttackers);
          if (suits === undefined || (hasMissed(job, worker.workerId) && this.hasOthers(job))) continue;
          const rank = suits + (this.#isPrepared(worker, task) ? 0 : 0.5);
          if (!best || rank < best.rank) best = { job, task, waiting: worker, rank };
        }
      }
    }
    return best;
  }

  leased(workerId: string, task: Task): void {
    if ('shard' in task) this.#lastShards.set(workerId, task.shard);
  }

  performed(workerId: string, task: Task): void {
    if (task.kind === 'advance') this.#stateHolder = { workerId, step: task.step + task.numSteps };
  }

  forget(workerId: string): void {
    this.#lastShards.delete(workerId);
  }

  /** Somebody could take a task who has not failed at it. */
  hasOthers(job: Job): boolean {
    const hasAttackers = this.#membership.count('attacker') > 0;
    return this.#membership
      .all()
      .some(
        ({ workerId, role }) =>
          !hasMissed(job, workerId) &&
          tasksOf(job).some((task) => preference(role, task, this.#placement, hasAttackers) !== undefined),
      );
  }

  #isPrepared({ workerId }: Waiting, task: Task): boolean {
    if (task.kind === 'advance') {
      return this.#stateHolder?.workerId === workerId && this.#stateHolder.step === task.step;
    }
    return 'shard' in task && this.#lastShards.get(workerId) === task.shard;
  }
}

/** Those of which one is to be performed. */
function tasksOf({ task, instead }: Job): readonly Task[] {
  return instead ? [task, instead] : [task];
}
