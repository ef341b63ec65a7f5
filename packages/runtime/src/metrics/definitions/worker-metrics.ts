import { counter, durations, type Group, gauge } from '../definition.js';
import { taskPhases } from './step-metrics.js';
import { roleLabel } from './work-metrics.js';

export const workerMetrics = {
  title: 'Trainers and attackers',
  places: ['train', 'trainer', 'attacker'],
  metrics: {
    phases: durations('sparring_worker_phase_duration_seconds', "How long a part of a worker's round took", {
      ...roleLabel,
      phase: ['wait', 'gather', ...taskPhases, 'return'],
    }),
    threads: gauge('sparring_worker_threads', 'Workers of this process, each with a compute thread', {
      ...roleLabel,
      state: ['serving', 'idle'],
    }),
    staleResults: counter('sparring_worker_stale_results_total', 'Results that came too late', roleLabel),
    lostThreads: counter('sparring_worker_lost_threads_total', 'Compute threads that died or hung', roleLabel),
  },
} as const satisfies Group;

/** Of workers that serve whichever run there is. */
export const servingMetrics = {
  title: 'Trainers and attackers of a cluster',
  places: ['trainer', 'attacker'],
  metrics: {
    term: gauge('sparring_worker_term', 'The term of the coordinator that was heard last; 0: none was'),
    unable: counter('sparring_worker_unable_total', 'Times that a run could not be served', roleLabel),
  },
} as const satisfies Group;
