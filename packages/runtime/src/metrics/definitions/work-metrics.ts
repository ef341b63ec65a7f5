import { counter, type Group, gauge } from '../definition.js';

export const roleLabel = { role: ['trainer', 'attacker'] } as const;
const kindLabel = { kind: ['advance', 'pass', 'attack', 'assist', 'probe'] } as const;

export const workMetrics = {
  title: 'Work and workers',
  places: ['train', 'coordinator'],
  metrics: {
    readyTasks: gauge('sparring_coordinator_ready_tasks', 'Tasks that wait for a worker', kindLabel),
    waitingWorkers: gauge('sparring_coordinator_waiting_workers', 'Workers that wait for a task', roleLabel),
    heldLeases: gauge('sparring_coordinator_held_leases', 'Leases that workers hold', kindLabel),
    leases: counter('sparring_coordinator_leases_total', 'Leases granted, and what became of them', {
      event: ['granted', 'performed', 'expired', 'failed', 'refused', 'returned', 'abandoned'],
    }),
    reLeases: counter('sparring_coordinator_re_leases_total', 'Tasks that were put back for another worker'),
    staleResults: counter('sparring_coordinator_stale_results_total', 'Results of leases no longer held: dropped'),
    workers: gauge(
      'sparring_coordinator_workers',
      'Workers alive; those in no run are idle, those without a step spare',
      {
        ...roleLabel,
        state: ['working', 'spare', 'idle'],
      },
    ),
    joins: counter('sparring_coordinator_joins_total', 'Workers that joined a run', roleLabel),
    leaves: counter('sparring_coordinator_leaves_total', 'Workers that left a run, or were lost', roleLabel),
    workerRefusals: counter(
      'sparring_coordinator_worker_refusals_total',
      'Workers refused or evicted; no more than five a second are counted',
      roleLabel,
    ),
  },
} as const satisfies Group;
