import { counter, durations, type Group } from '../definition.js';

/** What a worker computes of a task: `advance` counts each step of a span, whose parts are one call of the engine. */
export const taskPhases = [
  'attack',
  'clean_pass',
  'adversarial_pass',
  'whole_pass',
  'both_pass',
  'advance',
  'probe',
] as const;

export const stepMetrics = {
  title: 'Steps',
  places: ['train', 'coordinator'],
  metrics: {
    steps: counter('sparring_coordinator_steps_total', 'Steps taken by this process, of all runs'),
    examples: counter('sparring_coordinator_examples_total', 'Examples trained on, of all runs'),
    phases: durations('sparring_coordinator_phase_duration_seconds', 'How long a part of a step took', {
      phase: ['step', 'wait', 'update', 'average', 'broadcast', 'transfer', ...taskPhases],
    }),
  },
} as const satisfies Group;
