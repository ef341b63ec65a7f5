import type { WorkerAtWork } from '@sparring/coordinator';
import type { Task } from '@sparring/protocol';
import { type Activity, activities, keptLooks, type Lane } from '../view/run-view.js';

interface Seen {
  readonly lane: Omit<Lane, 'lately' | 'isPresent'>;
  lately: number[];
  isPresent: boolean;
}

/** More lanes than anybody reads. */
const mostLanes = 128;

/** What each worker was found doing, look by look, while somebody watched. */
export class Looks {
  readonly #seen = new Map<string, Seen>();
  /** Looks so far. */
  taken = 0;

  take(workers: readonly WorkerAtWork[]): void {
    this.taken++;
    for (const seen of this.#seen.values()) seen.isPresent = false;
    for (const worker of workers.slice(0, mostLanes)) {
      const { workerId, role, place, task } = worker;
      const lane = { workerId, role, place, doing: task ? doing(task) : '' };
      // A lane that begins later was idle before: all end at the same look.
      const lately = this.#seen.get(workerId)?.lately ?? [];
      lately.push(activities.indexOf(task ? activityOf(task) : 'idle'));
      this.#seen.set(workerId, { lane, lately, isPresent: true });
    }
    for (const [workerId, seen] of this.#seen) {
      if (!seen.isPresent) {
        seen.lately.push(0);
        if (seen.lately.length > keptLooks || this.#seen.size > mostLanes) this.#seen.delete(workerId);
      } else if (seen.lately.length > keptLooks) {
        seen.lately = seen.lately.slice(-keptLooks);
      }
    }
  }

  /** The lanes with the newest `looks` of what they did, trainers before attackers. */
  lanes(looks = keptLooks): Lane[] {
    return [...this.#seen.values()]
      .sort((a, b) => b.lane.role.localeCompare(a.lane.role) || a.lane.workerId.localeCompare(b.lane.workerId))
      .filter(({ isPresent, lately }) => isPresent || lately.some((activity) => activity > 0))
      .map(({ lane, lately, isPresent }) => ({
        ...lane,
        ...(isPresent ? {} : { doing: '' }),
        lately: looks === 0 ? [] : lately.slice(-looks),
        isPresent,
      }));
  }

  /** Another net has other workers. */
  clear(): void {
    this.#seen.clear();
  }
}

function activityOf(task: Task): Activity {
  if (task.kind === 'pass') return `${task.part} pass`;
  return task.kind === 'assist' ? 'attack' : task.kind;
}

function doing(task: Task): string {
  switch (task.kind) {
    case 'advance':
      return task.numSteps > 1 ? `steps ${task.step + 1} to ${task.step + task.numSteps}` : `step ${task.step + 1}`;
    case 'pass':
      return `${task.part} pass of step ${task.step + 1}, shard ${task.shard + 1}`;
    case 'attack':
      return `attack of step ${task.step + 1}, shard ${task.shard + 1}`;
    case 'assist':
      return `attacks of steps ${task.step + 1} to ${task.step + task.numSteps}`;
    case 'probe':
      return `measures examples ${task.from + 1} to ${task.to} of the ${task.split} split`;
  }
}
