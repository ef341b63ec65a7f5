import type { ComputeThread } from '../threads/compute-thread.js';
import type { Steps } from './computer.js';

/** The steps that a trainer's thread computes. */
export function stepsOn(thread: ComputeThread): Steps {
  return {
    begin: (task, inputs) => thread.call('beginSteps', { task, inputs }),
    pass: (shard, adversarial) => thread.call('passOfStep', { shard, adversarial }),
    endStep: () => thread.call('endStep', null),
    end: () => thread.call('endSteps', null),
  };
}
